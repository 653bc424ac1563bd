import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { addActions } from "../actions/add-actions.ts";
import { openCatalog, type Catalog } from "../actions/catalog.ts";
import { isGenerated } from "../emit/header.ts";
import { writeFiles } from "../emit/write-files.ts";
import { UsageError } from "../ir/errors.ts";
import { findSources, SOURCES_FOLDER } from "../load/find-sources.ts";
import { readLock } from "../project/lock-actions.ts";
import { BINDINGS_FILE, LOCK_FILE } from "../project/project.ts";
import { findConfig } from "../project/read-config.ts";
import { readText } from "../project/read-text.ts";
import { addScripts } from "./add-scripts.ts";
import { importWorkflows } from "../pipeline.ts";
import { counted } from "../report/print-text.ts";
import { confirm } from "./confirm.ts";
import { holdSignals } from "./hold-signals.ts";
import { checkSource, CONFIG, exampleSource, gitAttributes, SCRIPTS, TSCONFIG, type InitFacts } from "./init-files.ts";
import type { Io } from "./io.ts";
import { printJson } from "./json.ts";
import type { Settings } from "./settings.ts";

/** A file that `init` makes, or adds to. */
interface Setup {
  readonly path: string;
  readonly text: string;
  /** What stands there; undefined: nothing. */
  readonly before: string | undefined;
}

export interface InitOptions {
  readonly yes?: true;
  /** Imports the workflows and actions that people wrote. */
  readonly import?: true;
}

/** `flowkeep init`: makes what is missing, and overwrites nothing; on request, takes over what is there. */
export async function init(settings: Settings, options: InitOptions): Promise<number> {
  const { yes } = options;
  const { project, io, format, quiet } = settings;
  const { root } = project;
  const { lock, errors } = await readLock(root);
  if (errors[0] !== undefined) throw errors[0];
  const catalog = await openCatalog();
  const facts = await findFacts(root, catalog);
  const workflows = await ownedWorkflows(root);
  const isWanted = workflows.length > 0 && (await wantsImport(io, workflows, options));
  const imports = isWanted ? await importWorkflows(project, [".github"], {}) : undefined;
  const { setups, notes } = await planSetup(root, facts, await findConfig(project), workflows, isWanted);
  // An import locks what all sources use.
  const refs = [facts.checkout, facts.setupNode].filter(
    (ref) => !isWanted && !lock.actions.has(ref) && setups.some(({ text }) => text.includes(JSON.stringify(ref))),
  );
  const added = refs.length > 0 ? await addActions({ refs, lock, catalog }) : undefined;
  const generated =
    added?.kind === "added"
      ? [
          { path: LOCK_FILE, text: added.lockText },
          { path: BINDINGS_FILE, text: added.bindingsText },
        ]
      : [];
  const paths = [...setups, ...generated].map(({ path }) => path);
  if (paths.length > 0 && yes !== true && io.isTerminal.in) {
    io.err(paths.map((path) => `  ${path}\n`).join(""));
    if (!(await confirm(io, "Write these files?", yes))) return 1;
  }
  for (const setup of setups) await makeFile(root, setup);
  await holdSignals(() => writeFiles(root, generated));
  const written = generated.map(({ path }) => path);
  if (format !== "json" && !quiet) io.out(summary(setups, written, notes, isWanted));
  if (imports === undefined) {
    if (format === "json") io.out(printJson({ written: paths, notes }));
    return 0;
  }
  const { finishImport, importJson, printImport } = await import("./import.ts");
  const finished = await finishImport(settings, imports);
  if (format === "json") io.out(printJson({ written: paths, notes, import: importJson(finished) }));
  else printImport(settings, finished);
  return finished.code;
}

async function wantsImport(
  io: Io,
  workflows: readonly string[],
  { yes, import: wanted }: InitOptions,
): Promise<boolean> {
  if (wanted === true) return true;
  if (yes === true || !io.isTerminal.in) return false;
  return confirm(io, `Import ${counted(workflows.length, "workflow")} as TypeScript?`, undefined);
}

async function findFacts(root: string, catalog: Catalog): Promise<InitFacts> {
  const newest = (name: string) => `${name}@${catalog.find(name)?.versions[0]?.tag ?? ""}`;
  const head = /^ref: refs\/heads\/(\S+)/.exec((await readText(root, ".git/HEAD")) ?? "")?.[1] ?? "main";
  return {
    branch: ["main", "master", "trunk", "develop"].includes(head) ? head : "main",
    checkout: newest("actions/checkout"),
    setupNode: newest("actions/setup-node"),
    install: installCommands(root),
  };
}

function installCommands(root: string): readonly string[] {
  if (existsSync(join(root, "pnpm-lock.yaml"))) return ["corepack enable", "pnpm install --frozen-lockfile"];
  if (existsSync(join(root, "yarn.lock"))) return ["corepack enable", "yarn install --frozen-lockfile"];
  return ["npm ci"];
}

async function planSetup(
  root: string,
  facts: InitFacts,
  config: string | undefined,
  workflows: readonly string[],
  imports: boolean,
): Promise<{ readonly setups: readonly Setup[]; readonly notes: readonly string[] }> {
  const setups: Setup[] = [];
  const notes: string[] = [];
  const make = async (path: string, text: string) => {
    if ((await readText(root, path)) === undefined) setups.push({ path, text, before: undefined });
  };
  const { sources } = await findSources(root);
  if (config === undefined) await make("flowkeep.config.ts", CONFIG);
  await make(`${SOURCES_FOLDER}/tsconfig.json`, TSCONFIG);
  // A repository with workflows of its own needs no example, and its names may be taken.
  if (sources.length === 0 && workflows.length === 0) await make(`${SOURCES_FOLDER}/ci.ts`, exampleSource(facts));
  if (
    !(await runsCheck(
      root,
      sources.map(({ file }) => file),
    ))
  ) {
    await make(`${SOURCES_FOLDER}/generated-workflows.ts`, checkSource(facts));
  }
  if (workflows.length > 0 && !imports) {
    notes.push(`${workflows.join(", ")} stay as they are; \`npx flowkeep import .github\` takes them over`);
  }

  const manifest = await readText(root, "package.json");
  const withScripts = manifest === undefined ? undefined : addScripts(manifest, SCRIPTS);
  if (manifest === undefined) notes.push("there is no package.json: run `npm init`, and `flowkeep init` again");
  else if (withScripts === undefined) notes.push("package.json cannot be read, so it got no scripts");
  else if (withScripts !== manifest) setups.push({ path: "package.json", text: withScripts, before: manifest });
  if (manifest !== undefined && !manifest.includes('"flowkeep"'))
    notes.push("install it: npm install --save-dev flowkeep");

  const attributes = await readText(root, ".gitattributes");
  const lines = gitAttributes(workflows.length > 0 && !imports).filter((line) => !namesPattern(attributes ?? "", line));
  if (lines.length > 0)
    setups.push({ path: ".gitattributes", text: withLines(attributes ?? "", lines), before: attributes });
  return { setups, notes };
}

/** Workflows that people wrote. */
async function ownedWorkflows(root: string): Promise<readonly string[]> {
  const folder = ".github/workflows";
  if (!existsSync(join(root, folder))) return [];
  const files = readdirSync(join(root, folder)).filter((name) => /\.ya?ml$/.test(name));
  const texts = await Promise.all(
    files.map(async (name) => [name, await readText(root, `${folder}/${name}`)] as const),
  );
  return texts.filter(([, text]) => text !== undefined && !isGenerated(text)).map(([name]) => `${folder}/${name}`);
}

async function runsCheck(root: string, sources: readonly string[]): Promise<boolean> {
  for (const file of sources) if ((await readText(root, file))?.includes("flowkeep check")) return true;
  return false;
}

function namesPattern(attributes: string, line: string): boolean {
  const pattern = line.split(" ", 1)[0] ?? "";
  return attributes.split(/\r?\n/).some((present) => present.trim().split(/\s+/, 1)[0] === pattern);
}

function withLines(text: string, lines: readonly string[]): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const before = text === "" || text.endsWith("\n") ? text : text + newline;
  return before + lines.map((line) => line + newline).join("");
}

async function makeFile(root: string, { path, text, before }: Setup): Promise<void> {
  const target = join(root, path);
  await mkdir(dirname(target), { recursive: true });
  if (before === undefined) {
    await writeFile(target, text, { flag: "wx" });
    return;
  }
  const beside = `${target}.flowkeep-${process.pid}`;
  try {
    await writeFile(beside, text, { flag: "wx" });
    if ((await readFile(target, "utf8")) !== before)
      throw new UsageError(`${path} has just been changed: run init again`);
    renameSync(beside, target);
  } finally {
    rmSync(beside, { force: true });
  }
}

function summary(
  setups: readonly Setup[],
  generated: readonly string[],
  notes: readonly string[],
  imports: boolean,
): string {
  const done = setups.map(({ path, before }) => `${before === undefined ? "wrote" : "added to"} ${path}`);
  const lines = [...done, ...generated.map((path) => `wrote ${path}`)];
  if (lines.length === 0) lines.push("nothing to do: flowkeep is set up");
  return `${[...lines, ...notes, ...(imports ? [] : ["next: npx flowkeep gen"])].join("\n")}\n`;
}
