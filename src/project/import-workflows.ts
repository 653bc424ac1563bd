import { existsSync } from "node:fs";
import { join } from "node:path";
import { openCatalog } from "../actions/catalog.ts";
import { sourceOf } from "../emit/header.ts";
import { importAll, type ImportOutcome, type ProvedFile } from "../import/import-all.ts";
import type { Layout, Refusal } from "../import/import-context.ts";
import type { Lock } from "../actions/lock.ts";
import { SOURCES_FOLDER } from "../load/find-sources.ts";
import { readFile } from "../read/read-file.ts";
import { readLocalActions } from "./local-actions.ts";
import { readLock } from "./lock-actions.ts";
import type { Project } from "./project.ts";
import { readText } from "./read-text.ts";
import { readYamlFiles } from "./read-yaml.ts";

export interface ImportOptions {
  /** Overwrites sources that are there already. */
  readonly force?: boolean | undefined;
}

/** What YAML files come to as sources; nothing has been written. */
export interface Imports {
  readonly outcomes: readonly ImportOutcome[];
  /** The lock, with the pins of what was imported. */
  readonly lock: Lock;
  /** The texts of the imported files, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Writes workflows and composite actions as TypeScript, and proves that each becomes the same YAML again.
 *
 * @param paths of files and folders, from the root, with `/`
 * @throws ReadError where the lock file cannot be read
 */
export async function importWorkflows(
  project: Project,
  paths: readonly string[],
  { force = false }: ImportOptions,
): Promise<Imports> {
  const { root, flowkeep, scratch } = project;
  const { lock, errors } = await readLock(root);
  if (errors[0] !== undefined) throw errors[0];
  const files = await readYamlFiles(root, paths);
  const texts = new Map(files.flatMap((file) => (file.kind === "text" ? [[file.path, file.text] as const] : [])));
  const own = [...texts].filter(([, text]) => sourceOf(text) === undefined);
  const local = await readLocalActions(root, [...lock.actions.keys()], []);
  const result = await importAll(
    own.map(([path, text]) => readFile(path, text)),
    {
      lock,
      known: { catalog: await openCatalog(), given: local.interfaces },
      layout: await findLayout(root),
      flowkeep,
      scratch,
    },
  );
  const outcomes = new Map(result.outcomes.map((outcome) => [outcome.file, outcome]));
  return {
    lock: result.lock,
    texts,
    outcomes: await Promise.all(
      files.map(async (file): Promise<ImportOutcome> => {
        if (file.kind === "unreadable") return refusal(file.path, "unreadable", file.reason);
        const outcome = outcomes.get(file.path);
        if (outcome === undefined) {
          const source = sourceOf(file.text) ?? "a source";
          return refusal(file.path, "generated", `this is generated from ${source}: there is nothing to import`);
        }
        return outcome.kind === "refused" ? outcome : await placed(root, outcome, force);
      }),
    ),
  };
}

/** Refuses a source whose place is taken. */
async function placed(root: string, imported: ProvedFile, force: boolean): Promise<ImportOutcome> {
  const { file, source, text } = imported;
  if (force || !existsSync(join(root, source)) || (await readText(root, source)) === text) return imported;
  return refusal(file, "source-exists", `${source} is there already: remove it, or say --force to overwrite it`);
}

function refusal(file: string, code: string, reason: string): Refusal {
  return { kind: "refused", file, code, reason, span: undefined };
}

/** Prettier's options for the sources of this repository. */
async function findLayout(root: string): Promise<Layout> {
  const { resolveConfig } = await import("prettier");
  // A plugin has no say in how TypeScript is laid out, and may not be installed.
  const { plugins, ...layout } =
    (await resolveConfig(join(root, SOURCES_FOLDER, "x.ts"), { editorconfig: true })) ?? {};
  void plugins;
  return layout;
}
