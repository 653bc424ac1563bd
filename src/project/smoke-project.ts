import { join } from "node:path";
import { openCatalog } from "../actions/catalog.ts";
import { actionTable } from "../credentials/actions/action-table.ts";
import { KNOWN_ACTIONS } from "../credentials/actions/known-actions.ts";
import { analyzeFile } from "../credentials/analyze-file.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import type { PushIntent } from "../define/model.ts";
import { sourceOf } from "../emit/header.ts";
import { importAll } from "../import/import-all.ts";
import type { ImportOutcome } from "../import/prove-imports.ts";
import { entryOf } from "../import/needed-jobs.ts";
import { printPush, type PlannedCredential, type PlannedPush } from "../import/planned-push.ts";
import { UsageError } from "../ir/errors.ts";
import type { Value } from "../ir/node.ts";
import { findSources, SOURCES_FOLDER } from "../load/find-sources.ts";
import { readFile } from "../read/read-file.ts";
import { chooseBranch, type SmokeBranch } from "../smoke/choose-branch.ts";
import { checkIdentity, choosePush, type PushChoice } from "../smoke/choose-push.ts";
import { differenceOf } from "../smoke/compare-smoke.ts";
import { baseName, TEMPORARY, writeSmoke, type SmokeDraft } from "../smoke/write-smoke.ts";
import type { Imports } from "./sources/import-workflows.ts";
import { findLayout } from "./sources/source-layout.ts";
import { readLocalActions } from "./actions/local-actions.ts";
import { readLock } from "./actions/lock-actions.ts";
import type { Project } from "./project.ts";
import { readText } from "./read-text.ts";
import { repositoryFiles } from "./repository-files.ts";
import { workflowToProve } from "./workflow-to-prove.ts";

/** What somebody asks to be tried on GitHub. */
export interface SmokeAsked extends PushChoice {
  /** The workflow: its YAML, or its source; from the root, with `/`. */
  readonly path: string;
  readonly branch?: string | undefined;
  readonly repository?: string | undefined;
}

/** A throw-away workflow; nothing has been written. */
export interface PlannedSmoke {
  readonly verdict: PushVerdict;
  /** The push as its author wrote it. */
  readonly shown: string;
  readonly branch: SmokeBranch;
  /** The YAML file of the throw-away workflow. */
  readonly file: string;
  readonly source: string;
  /** The same, as `adopt` writes it. */
  readonly imports: Imports;
}

/**
 * Plans the throw-away workflow that tries a push on GitHub itself, as a source and as YAML, and holds that its pushes are seen as the one
 * that it tries.
 *
 * @throws UsageError where the push cannot be tried so
 */
export async function planSmoke(project: Project, asked: SmokeAsked): Promise<PlannedSmoke> {
  const { root, flowkeep, scratch } = project;
  const path = await sourceFor(root, asked.path);
  const { workflow, yaml, predicted, folder, around, intentOf } = await workflowToProve(project, { ...asked, path });
  if (folder !== root && folder !== join(root, "."))
    throw new UsageError(`${path} belongs to the repository in ${folder}: run this there, or with --cwd ${folder}`);
  const verdict = choosePush(path, predicted, asked);
  checkIdentity(verdict);
  const branch = chooseBranch(verdict, asked.branch);
  const job = workflow.jobs?.entries.find(({ key }) => key.text === verdict.job)?.value;
  if (job?.kind !== "job")
    throw new UsageError(
      `\`${verdict.command}\` is made by a workflow that job '${verdict.job}' calls: name that workflow, and its push is tried as it is there`,
    );
  const name = baseName(path).replace(/\.\w+$/, "");
  const file = `.github/workflows/smoke-${name}.yml`;
  const source = `${SOURCES_FOLDER}/smoke-${name}.ts`;
  for (const taken of [file, source]) await refuseTaken(root, taken);
  const value = readFile(file, yaml).value;
  if (value === undefined) throw new UsageError(`${path} is empty: name the workflow whose push is to be tried`);
  const readRepositoryFile = repositoryFiles(root, () => undefined);
  const catalog = await openCatalog();
  const drafts = writeSmoke({
    path,
    workflow: value,
    job,
    verdict,
    branch,
    as: credentialOf(intentOf(verdict), verdict),
    actions: actionTable(KNOWN_ACTIONS),
    catalog,
    readRepositoryFile,
  });
  const { lock, errors } = await readLock(root);
  if (errors[0] !== undefined) throw errors[0];
  const local = await readLocalActions(root, [...lock.actions.keys()], []);
  const request = {
    lock,
    known: { catalog, given: local.interfaces },
    layout: await findLayout(root),
    flowkeep,
    scratch,
  };
  let difference: string | undefined;
  for (const draft of drafts) {
    const read = readFile(file, draft.text);
    const result = await importAll([read], { ...request, pushes: pushesOf(read.value, draft) });
    const made = provedOutcome(result.outcomes[0], verdict);
    const { node } = readFile(file, made.yaml);
    const again = node && analyzeFile(file, node, { catalog, readRepositoryFile, repository: around.repository });
    difference = differenceOf(verdict, again?.pushes.filter((push) => push.job === "push") ?? [], branch);
    if (difference !== undefined) continue;
    const [planned] = draft.pushes.values();
    const shown = planned === undefined ? verdict.command : printPush(planned);
    const imports = {
      outcomes: result.outcomes,
      lock: result.lock,
      texts: new Map<string, string>(),
      upgrade: undefined,
    };
    return { verdict, shown, branch, file, source, imports };
  }
  throw new UsageError(
    `\`${verdict.command}\` cannot be repeated apart from its job: ${difference ?? "nothing is left of it"}`,
  );
}

/** The source of a generated file: what is tried is what it says now. */
async function sourceFor(root: string, path: string): Promise<string> {
  const text = path.endsWith(".yml") || path.endsWith(".yaml") ? await readText(root, path) : undefined;
  const source = text === undefined ? undefined : sourceOf(text);
  return source !== undefined && (await readText(root, source)) !== undefined ? source : path;
}

async function refuseTaken(root: string, path: string): Promise<void> {
  const text = await readText(root, path);
  if (text === undefined || text.includes(TEMPORARY)) return;
  throw new UsageError(`${path} is there already, and no smoke test of flowkeep's: move it out of the way`);
}

function credentialOf(
  intent: PushIntent | undefined,
  { identity, command }: PushVerdict,
): PlannedCredential | undefined {
  if (intent === undefined) return undefined;
  switch (intent.as.kind) {
    case "github-token":
      return { kind: "github-token" };
    case "pat":
    case "deploy-key":
      return { kind: intent.as.kind, secret: intent.as.secret };
    case "app":
      if (identity.kind === "app") return { kind: "app", step: identity.name };
      throw new UsageError(
        `which step mints the App's token for \`${command}\` is not to be seen: mint it in the same job, by a step with an \`id\``,
      );
  }
}

/** The steps of the job that pushes in whose place `push({ … })` is written. */
function pushesOf(file: Value | undefined, { pushes }: SmokeDraft): ReadonlyMap<Value, PlannedPush> {
  const steps = ["jobs", "push", "steps"].reduce((value, key) => value && entryOf(value, key), file);
  const found = new Map<Value, PlannedPush>();
  for (const item of steps?.kind === "sequence" ? steps.items : []) {
    const id = entryOf(item, "id");
    const push = id?.kind === "scalar" ? pushes.get(id.text) : undefined;
    if (push !== undefined) found.set(item, push);
  }
  return found;
}

function provedOutcome(outcome: ImportOutcome | undefined, { command }: PushVerdict) {
  if (outcome?.kind === "imported") return outcome;
  throw new UsageError(`no source can be written for \`${command}\`: ${outcome?.reason ?? "it comes to nothing"}`);
}

/** The smoke tests that lie in a project: sources, and generated files. */
export async function findSmoke(
  root: string,
): Promise<{ readonly sources: readonly string[]; readonly files: readonly string[]; readonly isAll: boolean }> {
  const { sources } = await findSources(root);
  const found = [];
  for (const source of sources)
    if ((await readText(root, source.file))?.includes(TEMPORARY) === true) found.push(source);
  return {
    sources: found.map(({ file }) => file),
    files: found.map(({ output }) => output),
    isAll: found.length === sources.length,
  };
}
