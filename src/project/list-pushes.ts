import type { Consequences } from "../consequences/consequences.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import type { Config } from "../define/define-config.ts";
import type { Workflow } from "../ir/workflow.ts";
import type { Finding } from "../report/finding.ts";
import type { ListedPush } from "../report/listed-push.ts";
import type { CheckedFile } from "../rules/checked-file.ts";
import { filesToCheck, notRun, type FilesToCheck, type WhichFiles } from "./files-to-check.ts";
import { errorFinding } from "./findings.ts";
import type { Project } from "./project.ts";
import { pushAnalysis } from "./push-analysis.ts";

/** Every push of a project, or of the files that were asked for. */
export interface PushList {
  readonly pushes: readonly ListedPush[];
  /** The files that were looked at. */
  readonly files: readonly string[];
  /** What could not be read, compiled or understood. */
  readonly findings: readonly Finding[];
  readonly config: Config;
}

/** Lists the pushes of sources, through the compiler, and of YAML; in the order of the files. */
export async function listPushes(project: Project, which: WhichFiles): Promise<PushList> {
  return pushesOf(project, await filesToCheck(project, which));
}

/** The same, of files that were found already. */
export async function pushesOf(project: Project, found: FilesToCheck): Promise<PushList> {
  const { compiled, configured, isWanted } = found;
  const analysis = await pushAnalysis(project, compiled, configured);
  const files = found.files.filter(({ path }) => isWanted(path));
  const listed = files.flatMap((file) =>
    analysis.of(file).pushes.map((push) => ({ push, file, consequences: analysis.judge(push, file) })),
  );
  analysis.save();
  const errors = [...configured.errors, ...analysis.errors].map(errorFinding);
  return {
    pushes: markAnswered(listed),
    files: [...files.map(({ path }) => path), ...found.unreadable.flatMap(({ span }) => span?.file ?? [])],
    findings: [...errors, ...notRun(configured), ...found.unreadable],
    config: configured.config,
  };
}

interface Found {
  readonly push: PushVerdict;
  readonly file: CheckedFile;
  readonly consequences: Consequences;
}

/** A push in an action or a called workflow is answered by those who use it, where they are in sight. */
function markAnswered(found: readonly Found[]): readonly ListedPush[] {
  const callers = new Set(found.filter(isCaller).map(({ push }) => placeOf(push)));
  return found.map(({ file, ...listed }) => ({
    ...listed,
    isAnswered: isCallee(file) && callers.has(placeOf(listed.push)),
  }));
}

function placeOf({ span, command }: PushVerdict): string {
  return span === undefined ? command : `${span.file}:${span.startLine}:${span.startColumn}`;
}

/** The push stands in another file than the workflow that it belongs to. */
function isCaller({ push, file }: Found): boolean {
  return !isCallee(file) || push.job.includes(" / ");
}

function isCallee({ node }: CheckedFile): boolean {
  if (node?.kind === "action-file") return true;
  return node?.kind === "workflow" && isOnlyCalled(node);
}

function isOnlyCalled({ on }: Workflow): boolean {
  if (on?.kind === "mapping") return on.entries.length === 1 && on.entries[0]?.key.text === "workflow_call";
  return on?.kind === "scalar" && on.text === "workflow_call";
}
