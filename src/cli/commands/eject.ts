import { rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { withoutHeader } from "../../emit/header.ts";
import type { OutputFile } from "../../emit/plan-writes.ts";
import { writeFiles } from "../../emit/write-files.ts";
import { UsageError } from "../../ir/errors.ts";
import { SOURCES_FOLDER } from "../../load/find-sources.ts";
import { findOrphans } from "../../project/lint/find-orphans.ts";
import { BINDINGS_FILE, LOCK_FILE, PUSHES_FILE, SOURCE_MAP_FILE } from "../../project/project.ts";
import { findConfig } from "../../project/config/find-config.ts";
import { readText } from "../../project/read-text.ts";
import { counted } from "../../report/print-text.ts";
import { confirm } from "../terminal/confirm.ts";
import { holdSignals } from "../process/hold-signals.ts";
import { ATTRIBUTES_FILE, gitAttributes } from "../setup/init-files.ts";
import { printJson } from "../json.ts";
import { replaceFile } from "../setup/replace-file.ts";
import type { Settings } from "../settings.ts";

export interface EjectOptions {
  readonly yes?: true;
  readonly removeSources?: true;
}

/** `flowkeep eject`: the YAML stays as it is, without the header, and belongs to people from now on. */
export async function eject(settings: Settings, { yes, removeSources }: EjectOptions): Promise<number> {
  const { project, io, format, quiet } = settings;
  const { root } = project;
  // With nothing to generate, every file with the header is found.
  const generated = await findOrphans(root, new Set());
  if (generated.length === 0) throw new UsageError("no file here carries flowkeep's header: there is nothing to eject");
  const files = await Promise.all(generated.map((path) => ejected(root, path)));
  const list = generated.map((path) => `  ${path}\n`).join("");
  if (yes !== true) io.err(list);
  const isSure = await confirm(
    io,
    `Leave ${counted(files.length, "file")} as ordinary YAML, without flowkeep's header?`,
    yes,
  );
  if (!isSure) return 1;
  const leftovers = await present(root, [LOCK_FILE, BINDINGS_FILE, SOURCE_MAP_FILE, PUSHES_FILE]);
  const sources = await present(root, [SOURCES_FOLDER, await findConfig(project)]);
  const gone = removeSources === true ? sources : [];
  const { written, removed, changed } = await holdSignals(async () => {
    const done = writeFiles(root, files, leftovers);
    // Empty by now, unless somebody keeps files of their own there.
    await rmdir(join(root, dirname(LOCK_FILE))).catch(() => {});
    for (const path of gone) await rm(join(root, path), { recursive: true });
    return { written: done.written, removed: [...done.removed, ...gone], changed: await cleanAttributes(root) };
  });
  if (format === "json") io.out(printJson({ ejected: written, removed, changed }));
  else if (!quiet) io.out(summary({ written, removed, changed }, removeSources === true ? [] : sources));
  return 0;
}

/** Takes the lines of `init` out of `.gitattributes`: what they say is no longer so. Gives what was changed. */
async function cleanAttributes(root: string): Promise<readonly string[]> {
  const text = await readText(root, ATTRIBUTES_FILE);
  if (text === undefined) return [];
  const ours = new Set([...gitAttributes(true), ...gitAttributes(false)]);
  const lines = text.split(/(?<=\n)/);
  const kept = lines.filter((line) => !ours.has(line.trim()));
  if (kept.length === lines.length) return [];
  if (kept.join("").trim() === "") await rm(join(root, ATTRIBUTES_FILE));
  else await replaceFile(root, ATTRIBUTES_FILE, text, kept.join(""));
  return [ATTRIBUTES_FILE];
}

async function ejected(root: string, path: string): Promise<OutputFile> {
  return { path, text: withoutHeader((await readText(root, path)) ?? "") };
}

async function present(root: string, paths: readonly (string | undefined)[]): Promise<readonly string[]> {
  const { existsSync } = await import("node:fs");
  return paths.filter((path) => path !== undefined).filter((path) => existsSync(join(root, path)));
}

interface Ejected {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

function summary({ written, removed, changed }: Ejected, sources: readonly string[]): string {
  const lines = [
    ...written.map((path) => `yours now ${path}`),
    ...removed.map((path) => `removed ${path}`),
    ...changed.map((path) => `took flowkeep's lines out of ${path}`),
  ];
  if (sources.length > 0)
    lines.push(`${sources.join(", ")} and the npm scripts are still there: remove them when you need them no more`);
  lines.push("a workflow that runs `flowkeep check` has nothing to check any more: remove it");
  return `${lines.join("\n")}\n`;
}
