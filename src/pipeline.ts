import type { Config } from "./define/define-config.ts";
import type { Adopted, OutputFile } from "./emit/plan-writes.ts";
import { sourceMapText } from "./emit/source-map.ts";
import { writeFiles, type WrittenFiles } from "./emit/write-files.ts";
import { UsageError } from "./ir/errors.ts";
import { adoptedTexts, importedFiles, placeFiles, supersededFiles } from "./project/sources/adopt-imports.ts";
import { findLeft, placeBumps, type PlannedBumps } from "./project/actions/apply-bumps.ts";
import { applySettings, checkFiles } from "./project/lint/check-files.ts";
import { checkLock } from "./project/actions/check-lock.ts";
import { compareFiles, editedOrphans, undoneEdits, type Drift } from "./project/lint/compare-files.ts";
import { compileSources, type CompiledSources } from "./project/sources/compile-sources.ts";
import { emitSources } from "./project/sources/emit-source.ts";
import { lintCompiled, lintProject } from "./project/lint/lint-project.ts";
import { findOrphans } from "./project/lint/find-orphans.ts";
import { errorFinding } from "./project/lint/findings.ts";
import { pushAnalysis } from "./project/pushes/push-analysis.ts";
import { writeLedger } from "./project/pushes/write-ledger.ts";
import type { Imports } from "./project/sources/import-workflows.ts";
import { explainGithubLock } from "./project/actions/plan-github-lock.ts";
import { SOURCE_MAP_FILE, type Project } from "./project/project.ts";
import { ownFiles } from "./project/lint/own-files.ts";
import type { TrialWorld, WorkflowTrial } from "./project/prove-project.ts";
import type { RanSources } from "./project/sources/run-sources.ts";
import { keepBaseline, siftFindings } from "./project/lint/sift-findings.ts";
import type { IsolatedProof } from "./prove/sandbox/run-trial.ts";
import type { PlannedSmoke, SmokeAsked } from "./project/smoke-project.ts";
import { sortFindings, type Finding } from "./report/finding.ts";
import { ruleContext } from "./rules/rule-context.ts";

/** What a project's sources come to. */
export interface Generated {
  /** What is to be written; empty where an error is among the findings. */
  readonly files: readonly OutputFile[];
  /** Files with flowkeep's header that no source generates any more. */
  readonly orphans: readonly string[];
  readonly findings: readonly Finding[];
  /** How many findings the baseline keeps back. */
  readonly known: number;
  readonly config: Config;
  /** The files that were read, from the root: what `--watch` looks at. */
  readonly inputs: readonly string[];
}

export interface GenerateOptions {
  /** Files whose findings are taken into the baseline, because they were imported with them. */
  readonly accept?: (file: string) => boolean;
  /** YAML that will be gone. */
  readonly removed?: readonly string[];
  /** The sources, where they have been started already. */
  readonly ran?: Promise<RanSources> | undefined;
}

/** Compiles `workflows-src/`: sources → definitions → IR → checks → pins → YAML. Writes nothing. */
export async function generate(project: Project, options: GenerateOptions = {}): Promise<Generated> {
  return generateFrom(await compileSources(project, options.ran), project, options);
}

async function generateFrom(
  compiled: CompiledSources,
  project: Project,
  { accept, removed }: GenerateOptions = {},
): Promise<Generated> {
  const { root } = project;
  const { converted, files, locked, load, config } = compiled;
  const analysis = await pushAnalysis(project, compiled);
  const own = ownFiles(root, compiled);
  const context = ruleContext({ actionsOf: () => locked.known, lock: locked.lock, own, ...analysis.forRules });
  const checked = checkFiles(files, { context, config, configFile: compiled.configFile, positions: load });
  const sifted = await siftFindings(
    root,
    [...compiled.remarks, ...lockRemarks(compiled), ...checked],
    new Set(files.map(({ path }) => path)),
    accept,
  );
  const errors = [...compiled.errors, ...analysis.errors, ...sifted.errors].map(errorFinding);
  const findings = sortFindings([...errors, ...applySettings(sifted.findings, config.rules ?? {})]);
  const rest = { config, known: sifted.known, findings, inputs: [...load.imports.keys()] };
  if (findings.some(({ severity }) => severity === "error")) return { files: [], orphans: [], ...rest };

  const { yaml, errors: unprintable } = emitSources(converted, locked, load);
  if (unprintable.length > 0)
    return { files: [], orphans: [], ...rest, findings: sortFindings([...unprintable.map(errorFinding), ...findings]) };
  const sourceMap = { path: SOURCE_MAP_FILE, text: sourceMapText(yaml, load.mapPlace) };
  const ledger = await writeLedger(project, compiled, { analysis, removed });
  return {
    files: [...yaml, sourceMap, ...ledger.files, ...locked.files, ...sifted.files],
    orphans: [...(await findOrphans(root, new Set(yaml.map(({ path }) => path)))), ...ledger.orphans],
    ...rest,
  };
}

/** What keeps GitHub's lock from being written. */
function lockRemarks({ locked, load }: CompiledSources): readonly Finding[] {
  return locked.github === undefined ? [] : explainGithubLock(locked.github, "warning", load);
}

/** What `check` reports. */
export interface Checked extends Generated {
  /** Where the files on disk are not what the sources come to. */
  readonly drift: readonly Drift[];
}

/** Compiles in memory, compares with what is on disk, byte for byte, and lints that and the YAML that people wrote. */
export async function check(project: Project): Promise<Checked> {
  const compiled = await compileSources(project);
  const generated = await generateFrom(compiled, project);
  const linted = await lintCompiled(project, compiled);
  const findings = sortFindings([
    ...linted.findings,
    ...applySettings(await checkLock(project, compiled), compiled.config.rules ?? {}),
  ]);
  const { files, orphans } = generated;
  try {
    return { ...generated, findings, drift: compareFiles(project.root, files, orphans) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // Nothing could be compared.
    return { ...generated, findings: [...findings, errorFinding(error)], files: [], drift: [] };
  }
}

export { verifyActions } from "./project/actions/check-lock.ts";

/** What `gen` did. */
export interface GeneratedFiles extends Generated {
  /** Undefined where an error is among the findings: nothing was written. */
  readonly written: WrittenFiles | undefined;
}

/** Writes what the sources come to: all of it or nothing. Synchronous, so that a signal finds nothing half done. */
export function write(project: Project, generated: Generated, adopted?: Adopted): GeneratedFiles {
  const { files, orphans, findings } = generated;
  if (findings.some(({ severity }) => severity === "error")) return { ...generated, written: undefined };
  try {
    const edited = editedOrphans(project.root, orphans, adopted);
    if (edited.length > 0)
      return { ...generated, findings: sortFindings([...findings, ...edited]), written: undefined };
    const written = writeFiles(project.root, files, orphans, adopted);
    return { ...generated, findings: [...findings, ...undoneEdits(written, files)], written };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { ...generated, findings: [...findings, errorFinding(error)], written: undefined };
  }
}

/** What `actions update` and `actions sync` did. */
export interface AppliedBumps extends GeneratedFiles {
  /** Sources with newer refs in them, and the lock. */
  readonly placed: readonly OutputFile[];
}

/** Takes newer versions of actions over into the sources, the lock and the YAML: all of it or nothing. */
export async function applyBumps(
  project: Project,
  compiled: CompiledSources,
  plan: PlannedBumps,
): Promise<AppliedBumps> {
  const placed = await placeBumps(compiled, plan);
  const putBack = placeFiles(project.root, placed);
  let written: WrittenFiles | undefined;
  try {
    const bumped = await compileSources(project);
    const generated = await generateFrom(bumped, project);
    const findings = sortFindings([...generated.findings, ...findLeft(bumped, plan)]);
    const result = write(project, { ...generated, findings });
    written = result.written;
    return { ...result, placed };
  } finally {
    if (written === undefined) putBack();
  }
}

export { compileSources };
export { findBreaks } from "./project/actions/apply-bumps.ts";
export { changesHere, planSync, type PlannedSync } from "./project/actions/sync-actions.ts";

export { importWorkflows, type Imports } from "./project/sources/import-workflows.ts";

/**
 * Writes what was imported, with all that it comes to: the sources, the lock and the YAML in the place of that which was imported; all of
 * it or nothing. What the checks find in it goes into the baseline.
 */
export async function adopt(project: Project, imports: Imports): Promise<GeneratedFiles> {
  const placed = importedFiles(imports);
  const named = new Set([...placed.map(({ path }) => path), ...imports.outcomes.map(({ file }) => file)]);
  const accept = (file: string): boolean => named.has(file);
  const putBack = placeFiles(project.root, placed);
  let written: WrittenFiles | undefined;
  try {
    const removed = supersededFiles(imports);
    const generated = await generate(project, { accept, removed });
    const orphans = [...generated.orphans, ...removed];
    const result = write(project, { ...generated, orphans }, adoptedTexts(imports));
    written = result.written;
    return written === undefined ? result : { ...result, ...(await acceptFindings(project, accept)) };
  } finally {
    if (written === undefined) putBack();
  }
}

/** Takes what lint finds in files into the baseline, and gives what is left. */
async function acceptFindings(
  project: Project,
  accept: (file: string) => boolean,
): Promise<Pick<Generated, "findings" | "known">> {
  const { findings, unsifted, files, known } = await lintProject(project, { paths: [], mayRun: true });
  const isAccepted = ({ span, severity }: Finding): boolean =>
    severity !== "note" && span !== undefined && accept(span.file);
  const left = findings.filter((finding) => !isAccepted(finding));
  if (left.length === findings.length) return { findings, known };
  await keepBaseline(project, { unsifted: unsifted.filter(isAccepted), files: files.filter(accept) });
  return { findings: left, known: known + findings.length - left.length };
}

/** Runs the git side of a workflow against a server of flowkeep's, and compares who it saw with who was predicted. */
export async function prove(project: Project, asked: WorkflowTrial, world: TrialWorld): Promise<IsolatedProof> {
  // It brings a server along, which no other command needs.
  const { proveProject } = await import("./project/prove-project.ts");
  return proveProject(project, asked, world);
}

/** Plans the throw-away workflow that tries a push on GitHub itself: `adopt` writes it. */
export async function smoke(project: Project, asked: SmokeAsked): Promise<PlannedSmoke> {
  const { planSmoke } = await import("./project/smoke-project.ts");
  return planSmoke(project, asked);
}

export { removeSmoke } from "./project/remove-smoke.ts";
export { graphProject as graph } from "./project/graph-project.ts";
export { keepBaseline, lintProject as lint };
export { auditProject as audit } from "./project/audit-project.ts";
export { listPushes as pushes } from "./project/pushes/list-pushes.ts";
export { fixProject, writeFixes, type FixedProject } from "./project/lint/fix-project.ts";
export type { Linted } from "./project/lint/lint-project.ts";
