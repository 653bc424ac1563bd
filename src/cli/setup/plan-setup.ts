import { existsSync, readdirSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { Catalog } from "../../actions/catalog.ts";
import { isGenerated } from "../../emit/header.ts";
import { findSources, SOURCES_FOLDER } from "../../load/find-sources.ts";
import { notRead, repositoryAbove } from "../../project/sources/layout-remarks.ts";
import type { Project } from "../../project/project.ts";
import { findConfig } from "../../project/config/find-config.ts";
import { readText } from "../../project/read-text.ts";
import { addScripts } from "./add-scripts.ts";
import { BOT_CONFIG, BOT_CONFIG_PLACES, BOTS_NEED, botsSource, type Bot } from "./bot-files.ts";
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
    appToken: newest("actions/create-github-app-token"),
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

export interface SetupWishes {
  readonly owned: readonly string[];
  readonly imports: boolean;
  /** The bots whose configuration is wanted, beside the workflow for all of them; undefined: nothing for bots. */
  readonly bots?: readonly Bot[] | undefined;
}

/** What is missing in a repository; `owned` are the workflows that people wrote, which may be about to be imported. */
export async function planSetup(
  project: Project,
  facts: InitFacts,
  { owned, imports, bots }: SetupWishes,
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

  const forBots = bots === undefined ? NOTHING : await planBots(root, facts, bots, [...sources, ...owned]);
  files.push(...forBots.files);

  const left = owned.length > 0 && !imports;
  const manifest = await planManifest(root, facts);
  const attributes = await readText(root, ATTRIBUTES_FILE);
  const lines = gitAttributes(left).filter((line) => !namesPattern(attributes ?? "", line));
  if (lines.length > 0)
    files.push({ path: ATTRIBUTES_FILE, text: withLines(attributes ?? "", lines), before: attributes });
  const repository = repositoryAbove(root);
  const notes = [
    ...(left
      ? [
          `${owned.join(", ")} ${owned.length === 1 ? "stays as it is" : "stay as they are"}; \`npx flowkeep import .github\` takes ${owned.length === 1 ? "it" : "them"} over`,
        ]
      : []),
    ...manifest.notes,
    ...forBots.notes,
    ...(repository === undefined ? [] : [`${notRead(repository)}: run \`init\` there`]),
  ];
  return { files: [...files, ...manifest.files], notes };
}

/** Whether a workflow checks already what is generated. */
async function runCheck(root: string, files: readonly string[]): Promise<boolean> {
  for (const file of files) if (/flowkeep check|workflows:check/.test((await readText(root, file)) ?? "")) return true;
  return false;
}

const NOTHING: Setup = { files: [], notes: [] };

/** What takes over what bots raise, and the configuration of bots that have none. */
async function planBots(
  root: string,
  facts: InitFacts,
  bots: readonly Bot[],
  files: readonly string[],
): Promise<Setup> {
  const texts = await Promise.all(files.map((file) => readText(root, file)));
  const isThere = texts.some((text) => text?.includes("flowkeep actions sync") === true);
  const path = `${SOURCES_FOLDER}/${freeName(files, ["sync-bots", "flowkeep-sync-bots"])}.ts`;
  const configs = await Promise.all(
    bots.map(async (bot) => {
      const { path, text } = BOT_CONFIG[bot];
      const present = BOT_CONFIG_PLACES[bot].find((place) => existsSync(join(root, place)));
      return { bot, path, text, present, isOurs: present === path && (await readText(root, path)) === text };
    }),
  );
  return {
    files: [
      ...(isThere ? [] : [{ path, text: botsSource(facts), before: undefined }]),
      ...configs.flatMap(({ path, text, present }) =>
        present === undefined ? [{ path, text, before: undefined }] : [],
      ),
    ],
    notes: [
      ...(isThere ? [] : [BOTS_NEED]),
      ...configs.flatMap(({ bot, present, isOurs }) =>
        present === undefined || isOurs ? [] : [`${present} stays as it is; it needs ${BOT_CONFIG[bot].needs}`],
      ),
    ],
  };
}

const CHECK_NAMES = ["generated-workflows", "check-generated-workflows", "flowkeep-check"];

/** A name for a source that is neither another source's nor a workflow's: it becomes a workflow of that name. */
function freeName(files: readonly string[], names: readonly string[] = CHECK_NAMES): string {
  const taken = new Set(files.map((file) => basename(file, extname(file)).toLowerCase()));
  for (let at = 0; ; at++) {
    const name = names[at] ?? `${names.at(-1) ?? ""}-${at}`;
    if (!taken.has(name)) return name;
  }
}

async function planManifest(root: string, { addPackages }: InitFacts): Promise<Setup> {
  const path = "package.json";
  const text = await readText(root, path);
  if (text === undefined)
    return { files: [], notes: ["there is no package.json: run `npm init`, and `npx flowkeep init` again"] };
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
