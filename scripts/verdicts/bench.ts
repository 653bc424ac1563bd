import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Catalog } from "../../src/actions/catalog.ts";
import { analyzeFile } from "../../src/credentials/analyze-file.ts";
import type { Identity } from "../../src/credentials/identity.ts";
import type { PushVerdict } from "../../src/credentials/verdicts.ts";
import { readFile } from "../../src/read/read-file.ts";

interface LabelledFile {
  readonly file: string;
  readonly repo: string;
  readonly path: string;
  readonly pushes: readonly Label[];
}

interface Label {
  readonly job: string;
  readonly step: { readonly index: number };
  readonly command: string;
  readonly expected: string;
  readonly hijacked: boolean;
}

interface Row {
  readonly label: Label;
  readonly file: string;
  readonly found: PushVerdict | undefined;
}

/** The labelled pushes of real files. */
export function scoreBench(folder: string, catalog: Catalog, { wrong }: { readonly wrong: boolean }) {
  const files = JSON.parse(readFileSync(join(folder, "labels.json"), "utf8")) as readonly LabelledFile[];
  const rows = files.flatMap((file) => rowsOf(folder, file, files, catalog));
  const isRight = ({ label, found }: Row): boolean =>
    found !== undefined && printIdentity(found.identity) === label.expected;
  const isHijacked = ({ found }: Row): boolean => found?.verdict === "hijacked";
  const wrongIdentity = rows.filter((row) => !isRight(row));
  const falseHijack = rows.filter((row) => isHijacked(row) && !row.label.hijacked);
  const missedHijack = rows.filter((row) => !isHijacked(row) && row.label.hijacked);
  const right = rows.length - wrongIdentity.length;
  return {
    isMissed: right / rows.length < 0.98 || falseHijack.length + missedHijack.length > 0,
    lines: [
      `labelled pushes: ${right} of ${rows.length} identities right (${((100 * right) / rows.length).toFixed(1)} %)`,
      `  hijacked: ${rows.filter(({ label }) => label.hijacked).length} labelled, ${missedHijack.length} missed, ${falseHijack.length} false`,
      ...(wrong ? [...new Set([...wrongIdentity, ...falseHijack, ...missedHijack])].map(describe) : []),
    ],
  };
}

function describe({ file, label, found }: Row): string {
  const got = found === undefined ? "missing" : `${printIdentity(found.identity)}, ${found.verdict}`;
  return `  ${file} ${label.job}[${label.step.index}]: ${got}; labelled ${label.expected}${label.hijacked ? ", hijacked" : ""}`;
}

function rowsOf(folder: string, file: LabelledFile, files: readonly LabelledFile[], catalog: Catalog): readonly Row[] {
  const { node } = readFile(file.path, readFileSync(join(folder, "files", file.file), "utf8"));
  const beside = new Map(files.filter(({ repo }) => repo === file.repo).map((other) => [other.path, other.file]));
  const readRepositoryFile = (path: string): string | undefined => {
    const name = beside.get(path);
    const full = name === undefined ? undefined : join(folder, "files", name);
    return full !== undefined && existsSync(full) ? readFileSync(full, "utf8") : undefined;
  };
  const pushes =
    node === undefined
      ? []
      : analyzeFile(file.path, node, { catalog, repository: file.repo, readRepositoryFile }).pushes;
  return file.pushes.map((label) => ({ label, file: file.file, found: findPush(pushes, label) }));
}

function findPush(pushes: readonly PushVerdict[], label: Label): PushVerdict | undefined {
  const there = pushes.filter(({ job, step }) => job === label.job && step === label.step.index);
  const wanted = flat(label.command);
  return there.find(({ command }) => wanted.includes(flat(command).slice(0, 60))) ?? there[0];
}

function flat(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** As the labels write it. */
function printIdentity(identity: Identity): string {
  switch (identity.kind) {
    case "github-token":
      return "GITHUB_TOKEN";
    case "pat":
    case "app":
    case "ssh":
      return `${identity.kind.toUpperCase()}:${identity.name}`;
    default:
      return identity.kind.toUpperCase();
  }
}
