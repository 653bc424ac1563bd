import type { AnyJob, Step, Workflow } from "../../ir/workflow.ts";
import type { Location } from "../../ir/span.ts";
import type { PushVerdict } from "../../credentials/verdicts.ts";
import type { CheckedFile } from "../checked-file.ts";
import type { RelatedPlace, StepOfPush } from "../define-rule.ts";
import type { Place } from "../place.ts";

/** Where a finding about a push stands, and the way from the checkout to the push beside it. */
export function placePush(push: PushVerdict, file: CheckedFile): PlaceOfPush {
  const evidence = push.evidence.flatMap(({ span, text }) => (span === undefined ? [] : [{ at: span, text }]));
  const { at, related } = placeInFile(push.span, push, file, "the push");
  const { workflow, job, step } = push;
  return { at, related: [...evidence, ...related], push: { workflow, job, step } };
}

interface PlaceInFile {
  readonly at: Place;
  readonly related: readonly RelatedPlace[];
}

interface PlaceOfPush extends PlaceInFile {
  readonly push: StepOfPush;
}

/** What is in a script stands at the step that runs it: only there it can be ignored. */
export function placeInFile(
  span: Location | undefined,
  place: StepIndex,
  file: CheckedFile,
  what: string,
): PlaceInFile {
  const step = stepOf(file, place);
  if (span !== undefined && (isWorkflowText(span, file) || step === undefined)) return { at: span, related: [] };
  const nowhere = { file: file.path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  const related = span === undefined || step === undefined ? [] : [{ at: span, text: what }];
  return { at: step ?? file.node ?? nowhere, related };
}

/** The text of the file itself, of a source's module, of an action or a workflow that it uses: all of them are looked at. */
function isWorkflowText({ file }: Location, { texts, kind }: CheckedFile): boolean {
  return (
    texts.some(({ path }) => path === file) ||
    /\.ya?ml$/.test(file) ||
    (kind === "defined" && /\.[cm]?[jt]s$/.test(file))
  );
}

interface StepIndex {
  readonly job: string;
  readonly step: number;
}

/** The step of the file that a push belongs to; the job that calls, where it is in a called workflow. */
function stepOf({ node }: CheckedFile, { job, step }: StepIndex): Step | AnyJob | undefined {
  if (node?.kind === "action-file")
    return node.runs?.kind === "composite-runs" ? node.runs.steps?.items[step] : undefined;
  const [own = job] = job.split(" / ", 1);
  const found = node === undefined ? undefined : findJob(node, own);
  return found?.kind === "job" ? found.steps?.items[step] : found;
}

/** A job of a workflow, by its id. */
export function findJob({ jobs }: Workflow, id: string): AnyJob | undefined {
  return jobs?.entries.find(({ key }) => key.text === id)?.value;
}
