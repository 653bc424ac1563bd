import { existsSync } from "node:fs";
import { join } from "node:path";
import { openCatalog } from "../../actions/catalog.ts";
import { sourceOf } from "../../emit/header.ts";
import { importAll, type ImportRequest } from "../../import/import-all.ts";
import type { ImportOutcome } from "../../import/prove-imports.ts";
import type { Refusal } from "../../import/imported-file.ts";
import type { Lock } from "../../actions/lock.ts";
import { readFile } from "../../read/read-file.ts";
import type { UpgradePlan } from "../../upgrade/plan-upgrades.ts";
import { readLocalActions } from "../actions/local-actions.ts";
import { readLock } from "../actions/lock-actions.ts";
import type { Project } from "../project.ts";
import { readYamlFiles } from "../read-yaml.ts";
import { repositoryFiles } from "../repository-files.ts";
import { findLayout } from "./source-layout.ts";
import { upgradeImports } from "./upgrade-imports.ts";
import { withUsedFiles } from "../lint/used-files.ts";

export interface ImportOptions {
  /** Overwrites sources that are there already. */
  readonly force?: boolean | undefined;
  /** Leaves out the workflows and composite actions that the files use. */
  readonly alone?: boolean | undefined;
  /** Makes `push({ … })` of scripts that only commit and push, where that can be proved. */
  readonly upgrade?: boolean | undefined;
}

/** What YAML files come to as sources; nothing has been written. */
export interface Imports {
  readonly outcomes: readonly ImportOutcome[];
  /** The lock, with the pins of what was imported. */
  readonly lock: Lock;
  /** The texts of the imported files, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Undefined where nobody has asked for upgrades. */
  readonly upgrade: UpgradePlan | undefined;
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
  { force = false, alone = false, upgrade = false }: ImportOptions,
): Promise<Imports> {
  const { root, flowkeep, scratch } = project;
  const { lock, errors } = await readLock(root);
  if (errors[0] !== undefined) throw errors[0];
  const named = readYamlFiles(root, paths);
  const files = alone ? named : withUsedFiles(root, named);
  const texts = new Map(files.flatMap((file) => (file.kind === "text" ? [[file.path, file.text] as const] : [])));
  const own = [...texts].filter(([, text]) => sourceOf(text) === undefined);
  const local = await readLocalActions(root, [...lock.actions.keys()], []);
  const catalog = await openCatalog();
  const read = own.map(([path, text]) => readFile(path, text));
  const request: ImportRequest = {
    lock,
    known: { catalog, given: local.interfaces },
    layout: await findLayout(root),
    isTaken: (source) => !force && existsSync(join(root, source)),
    flowkeep,
    scratch,
  };
  const readRepositoryFile = repositoryFiles(root, () => undefined);
  const { result, plan } = upgrade
    ? await upgradeImports(read, { catalog, readRepositoryFile }, (pushes) => importAll(read, { ...request, pushes }))
    : { result: await importAll(read, request), plan: undefined };
  const outcomes = new Map(result.outcomes.map((outcome) => [outcome.file, outcome]));
  return {
    lock: result.lock,
    texts,
    upgrade: plan,
    outcomes: files.map((file): ImportOutcome => {
      if (file.kind === "unreadable") return refusal(file.path, "unreadable", file.reason);
      const source = sourceOf(file.text) ?? "a source";
      const generated = `this is generated from ${source}: there is nothing to import`;
      return outcomes.get(file.path) ?? refusal(file.path, "generated", generated);
    }),
  };
}

function refusal(file: string, code: string, reason: string): Refusal {
  return { kind: "refused", file, code, reason, span: undefined };
}
