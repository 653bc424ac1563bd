import type { AnyJob, Step, Workflow } from "../ir/workflow.ts";
import type { Location } from "../ir/span.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import type { CheckedFile } from "./checked-file.ts";
import type { Place, RelatedPlace } from "./define-rule.ts";

/** Where a finding about a push stands, and the way from the checkout to the push beside it. */
export function placePush(
  push: PushVerdict,
  file: CheckedFile,
): { readonly at: Place; readonly related: readonly RelatedPlace[] } {
  const { span } = push;
  const step = stepOf(file, push);
  // What is in a script can be ignored only at the step that runs it.
  const isInScript = span !== undefined && !isWorkflowText(span, file);
  const at: Place | undefined = isInScript ? (step ?? span) : (span ?? step);
  const related = push.evidence.flatMap(({ span, text }) => (span === undefined ? [] : [{ at: span, text }]));
  return {
    at: at ?? file.node ?? { file: file.path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
    related: isInScript && step !== undefined ? [...related, { at: span, text: "the push" }] : related,
  };
}

/** The text of the file itself, of a source's module, of an action or a workflow that it uses: all of them are looked at. */
function isWorkflowText({ file }: Location, { texts, kind }: CheckedFile): boolean {
  return (
    texts.some(({ path }) => path === file) ||
    /\.ya?ml$/.test(file) ||
    (kind === "defined" && /\.[cm]?[jt]s$/.test(file))
  );
}

/** The step of the file that a push belongs to; the job that calls, where it is in a called workflow. */
function stepOf({ node }: CheckedFile, { job, step }: PushVerdict): Step | AnyJob | undefined {
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
