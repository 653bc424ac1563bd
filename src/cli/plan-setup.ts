import { existsSync, readdirSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { Catalog } from "../actions/catalog.ts";
import { isGenerated } from "../emit/header.ts";
import { findSources, SOURCES_FOLDER } from "../load/find-sources.ts";
import { notRead, repositoryAbove } from "../project/layout-remarks.ts";
import type { Project } from "../project/project.ts";
import { findConfig } from "../project/read-config.ts";
import { readText } from "../project/read-text.ts";
import { addScripts } from "./add-scripts.ts";
import {
  ATTRIBUTES_FILE,
  checkSource,
  CONFIG,
  exampleSource,
  gitAttributes,
  SCRIPTS,
  TSCONFIG,
  type InitFacts,
} from "./init-files.ts";
import type { FileToMake } from "./make-files.ts";

const WORKFLOWS = ".github/workflows";

export interface Setup {
  readonly files: readonly FileToMake[];
  /** What a person should know. */
  readonly notes: readonly string[];
}

/** Finds out what `init` can know without asking. */
export async function findFacts(root: string, catalog: Catalog): Promise<InitFacts> {
  const newest = (name: string) => `${name}@${catalog.find(name)?.versions[0]?.tag ?? ""}`;
  const head = /^ref: refs\/heads\/(\S+)/.exec((await readText(root, ".git/HEAD")) ?? "")?.[1] ?? "main";
  return {
    branch: ["main", "master", "trunk", "develop"].includes(head) ? head : "main",
    checkout: newest("actions/checkout"),
    setupNode: newest("actions/setup-node"),
    ...packageManager(root),
  };
}

function packageManager(root: string): Pick<InitFacts, "install" | "addPackages"> {
  if (existsSync(join(root, "pnpm-lock.yaml")))
    return { install: ["corepack enable", "pnpm install --frozen-lockfile"], addPackages: "pnpm add --save-dev" };
  if (existsSync(join(root, "yarn.lock")))
    return { install: ["corepack enable", "yarn install --frozen-lockfile"], addPackages: "yarn add --dev" };
  return { install: ["npm ci"], addPackages: "npm install --save-dev" };
}

/** Workflows that people wrote. */
export async function ownedWorkflows(root: string): Promise<readonly string[]> {
  const names = existsSync(join(root, WORKFLOWS)) ? readdirSync(join(root, WORKFLOWS)) : [];
  const files = names.filter((name) => /\.ya?ml$/.test(name)).map((name) => `${WORKFLOWS}/${name}`);
  const texts = await Promise.all(files.map(async (file) => [file, await readText(root, file)] as const));
  return texts.filter(([, text]) => text !== undefined && !isGenerated(text)).map(([file]) => file);
}

/** What is missing in a repository; `owned` are the workflows that people wrote, which may be about to be imported. */
export async function planSetup(
  project: Project,
  facts: InitFacts,
  { owned, imports }: { readonly owned: readonly string[]; readonly imports: boolean },
): Promise<Setup> {
  const { root } = project;
  const files: FileToMake[] = [];
  const make = async (path: string, text: string) => {
    if ((await readText(root, path)) === undefined) files.push({ path, text, before: undefined });
  };
  const sources = (await findSources(root)).sources.map(({ file }) => file);
  if ((await findConfig(project)) === undefined) await make("flowkeep.config.ts", CONFIG);
  await make(`${SOURCES_FOLDER}/tsconfig.json`, TSCONFIG);
  // A repository with workflows of its own needs no example, and its names may be taken.
  if (sources.length === 0 && owned.length === 0) await make(`${SOURCES_FOLDER}/ci.ts`, exampleSource(facts));
  if (!(await runCheck(root, [...sources, ...owned])))
    await make(`${SOURCES_FOLDER}/${freeName([...sources, ...owned])}.ts`, checkSource(facts));

  const left = owned.length > 0 && !imports;
  const manifest = await planManifest(root, facts);
  const attributes = await readText(root, ATTRIBUTES_FILE);
  const lines = gitAttributes(left).filter((line) => !namesPattern(attributes ?? "", line));
  if (lines.length > 0)
    files.push({ path: ATTRIBUTES_FILE, text: withLines(attributes ?? "", lines), before: attributes });
  const repository = repositoryAbove(root);
  const notes = [
    ...(left ? [`${owned.join(", ")} stay as they are; \`npx flowkeep import .github\` takes them over`] : []),
    ...manifest.notes,
    ...(repository === undefined ? [] : [`${notRead(repository)}: run \`init\` there`]),
  ];
  return { files: [...files, ...manifest.files], notes };
}

/** Whether a workflow checks already what is generated. */
async function runCheck(root: string, files: readonly string[]): Promise<boolean> {
  for (const file of files) if (/flowkeep check|workflows:check/.test((await readText(root, file)) ?? "")) return true;
  return false;
}

/** A name for the check's source that is neither another source's nor a workflow's: it becomes a workflow of that name. */
function freeName(files: readonly string[]): string {
  const taken = new Set(files.map((file) => basename(file, extname(file)).toLowerCase()));
  const names = ["generated-workflows", "check-generated-workflows", "flowkeep-check"];
  for (let at = 0; ; at++) {
    const name = names[at] ?? `flowkeep-check-${at}`;
    if (!taken.has(name)) return name;
  }
}

async function planManifest(root: string, { addPackages }: InitFacts): Promise<Setup> {
  const path = "package.json";
  const text = await readText(root, path);
  if (text === undefined)
    return { files: [], notes: ["there is no package.json: run `npm init`, and `flowkeep init` again"] };
  const after = addScripts(text, SCRIPTS);
  const missing = ["flowkeep", "typescript"].filter((name) => !text.includes(`"${name}"`));
  return {
    files: after === undefined || after === text ? [] : [{ path, text: after, before: text }],
    notes: [
      ...(after === undefined ? ["package.json cannot be read, so it got no scripts"] : []),
      ...(missing.length > 0 ? [`install what is missing: ${addPackages} ${missing.join(" ")}`] : []),
    ],
  };
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
