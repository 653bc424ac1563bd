import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Catalog } from "../../src/actions/catalog.ts";
import { analyzeFile, mayPush } from "../../src/credentials/analyze-file.ts";
import type { PushVerdict } from "../../src/credentials/verdicts.ts";
import { readFile } from "../../src/read/read-file.ts";

/** Real workflows without labels: how much stays unknown and why, and how long it takes. */
export function scoreCorpus(
  folder: string,
  catalog: Catalog,
  { wrong, reasons }: { readonly wrong: boolean; readonly reasons: boolean },
) {
  const rows = readFileSync(join(folder, "manifest.tsv"), "utf8").trim().split("\n").slice(1);
  const files = rows.map((row) => {
    const [repository = "", , , path = "", , kind = ""] = row.split("\t");
    return { repository, path, kind, root: join(folder, repository.replace("/", "+")) };
  });
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  let [reading, looking, slowest] = [0, 0, { path: "", time: 0 }];
  const pushes: (PushVerdict & { readonly repository: string })[] = [];
  let [parsed, failed] = [0, 0];
  for (const { repository, path, root } of files) {
    const before = performance.now();
    const text = readFileSync(join(root, path), "utf8");
    const readRepositoryFile = readerOf(root);
    const options = { catalog, repository, readRepositoryFile, only: "pushes" } as const;
    const isCandidate = mayPush(text, options);
    const looked = performance.now();
    looking += looked - before;
    if (!isCandidate) continue;
    const { node } = readFile(path, text);
    const read = performance.now();
    reading += read - looked;
    parsed++;
    if (node === undefined) failed++;
    else pushes.push(...analyzeFile(path, node, options).pushes.map((push) => ({ ...push, repository })));
    const time = performance.now() - before;
    if (time > slowest.time) slowest = { path: `${repository}/${path}`, time };
  }
  const seconds = (performance.now() - start) / 1000;
  const cpu = process.cpuUsage(cpuStart);
  const unlisted = files.flatMap(({ repository, path, root, kind }) => {
    if (kind !== "workflow" && kind !== "action") return [];
    const own = pushes.filter((push) => push.repository === repository);
    return unlistedLines(`${repository}/${path}`, readFileSync(join(root, path), "utf8"), path, own);
  });
  const unexplained = unlisted.filter(({ why }) => why === undefined);
  const unknown = pushes.filter(({ identity }) => identity.kind === "unknown");
  const share = unknown.length / pushes.length;
  return {
    isMissed: share > 0.15 || unexplained.length > 0,
    lines: [
      `corpus: ${files.length} files, ${pushes.length} pushes in ${seconds.toFixed(2)} s (CPU ${((cpu.user + cpu.system) / 1e6).toFixed(2)} s)`,
      `  ${parsed} files may push (found in ${(looking / 1000).toFixed(2)} s) and are parsed (${(reading / 1000).toFixed(2)} s; ${failed} cannot be)`,
      `  slowest: ${slowest.path} ${slowest.time.toFixed(0)} ms; ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
      `  unknown: ${unknown.length} (${(100 * share).toFixed(1)} %)`,
      `  verdicts: ${count(pushes.map(({ verdict }) => verdict))}`,
      `  written and no push: ${count(unlisted.map(({ why = "NOBODY KNOWS WHY" }) => why))}`,
      ...(wrong ? unlisted : unexplained).map(({ place, why = "" }) => `    ${place}: ${why}`),
      ...(wrong
        ? pushes
            .filter(({ verdict }) => verdict === "hijacked" || verdict === "duplicate-header" || verdict === "depends")
            .map(describe)
        : []),
      ...(reasons ? unknown.map(describe) : []),
    ],
  };
}

const readers = new Map<string, (name: string) => string | undefined>();

/** Reads each file of a repository once, as `flowkeep pushes` does. */
function readerOf(root: string): (name: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  const reader =
    readers.get(root) ??
    ((name) => {
      if (!known.has(name)) known.set(name, readText(join(root, name)));
      return known.get(name);
    });
  readers.set(root, reader);
  return reader;
}

/** The text of a file; undefined for a directory, and where there is none. */
function readText(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : undefined;
}

function describe(push: PushVerdict & { readonly repository: string }): string {
  const { identity, alternatives } = push;
  const reason =
    identity.kind === "unknown"
      ? identity.reason
      : `${push.verdict} ${JSON.stringify(identity)} ${JSON.stringify(alternatives)} ${JSON.stringify(push.intended)}`;
  return `    ${push.repository} ${push.workflow}:${push.span?.startLine ?? ""} ${push.command.split("\n", 1)[0]?.slice(0, 80) ?? ""}: ${reason}`;
}

function count(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([value, times]) => `${value} ${times}`)
    .join(", ");
}

/** A line with `git push` that no verdict stands on. */
interface Unlisted {
  readonly place: string;
  /** Why it is no push; undefined where nothing says so. */
  readonly why: string | undefined;
}

function unlistedLines(file: string, text: string, path: string, found: readonly PushVerdict[]): readonly Unlisted[] {
  return text.split("\n").flatMap((line, at) => {
    const match = /\bgit\b[^#\n]*\spush\b/.exec(line);
    if (match === null) return [];
    const isListed = found.some(
      ({ span }) => span?.file === path && span.startLine <= at + 1 && at + 1 <= span.endLine,
    );
    const place = `${file}:${at + 1} ${line.trim().slice(0, 100)}`;
    return isListed ? [] : [{ place, why: whyNoPush(line.slice(0, match.index)) }];
  });
}

/** By what stands in front of it in its line. */
function whyNoPush(before: string): string | undefined {
  if (/(?:^|\s)(?:#|\/\/)/.test(before)) return "in a comment";
  if (/^\s*(?:-\s+)?(?:name|description|label|title):/.test(before)) return "in a name or a description";
  return /\b(?:echo|printf|log|info|warning|error)\b/.test(before) ? "only printed" : undefined;
}
