import { judgeStarting } from "../../consequences/starts-itself.ts";
import type { RefUpdate } from "../../credentials/programs/ref-updates.ts";
import { scalarsOf } from "../../ir/walk.ts";
import type { Workflow } from "../../ir/workflow.ts";
import { defineRule } from "../define-rule.ts";
import { placePush } from "./push-place.ts";

export const pushStartsNothing = defineRule({
  id: "push-starts-nothing",
  severity: "warning",
  summary: "A workflow waits for a push that will not start it.",
  why: `What is pushed with \`GITHUB_TOKEN\` starts no workflow on \`push\`, so that workflows do not start each other without end. A
workflow with \`on: push: tags\` that publishes what another one tags is never started, and nobody is told.

Push with a token of a person or an App, or a deploy key; or start the other workflow in so many words:
\`gh workflow run\`, or \`workflow_call\` in place of the tag.

It is found where a workflow of the same repository names the tag (a warning) or a branch of its own (a note) in \`on.push\`.
Of \`main\` and the like nothing is said: others push there as well.

Source: [Triggering a workflow from a workflow](https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/trigger-a-workflow).`,
  messages: {
    waits:
      "GITHUB_TOKEN's push starts no workflow, and {workflow} waits for it: push with a token of a person or an App, or start it with `gh workflow run`",
  },
  *check(file, context) {
    for (const push of context.pushesOf(file)) {
      const { identity, updates = [], isAssumed, isOwnRepository } = push;
      if (
        isAssumed ||
        !isOwnRepository ||
        identity.kind !== "github-token" ||
        updates.every(({ isDeleted }) => isDeleted)
      )
        continue;
      // A branch that everybody pushes to does not live on this push; then nobody's filters need be looked at.
      if (!updates.some(isSomebodys)) continue;
      const others = [...context.workflowsOn(file, "push")].filter(
        ([path, workflow]) => path !== push.workflow && filtersOf(workflow) !== undefined,
      );
      const waiting = others.find(([, workflow]) => judgeStarting(workflow, push).answer === "yes");
      if (waiting === undefined) continue;
      const [path, workflow] = waiting;
      const filters = filtersOf(workflow);
      const isTag = updates.some(({ kind }) => kind === "tag") && filters?.tags !== undefined;
      // A branch that is not named itself, or that people push to as well: the workflow does not live on this push.
      const isNamed = (name: string | null): boolean =>
        name !== null && !EVERYBODYS.has(name) && scalarsOf(filters?.branches).some(({ text }) => text === name);
      if (!isTag && !updates.some(({ name }) => isNamed(name))) continue;
      const place = placePush(push, file);
      const span = workflow.on?.span === undefined ? undefined : workflow.on;
      yield {
        message: "waits",
        data: { workflow: path },
        severity: isTag ? "warning" : "note",
        ...place,
        related: span === undefined ? place.related : [...place.related, { at: span, text: "it waits for the push" }],
      };
    }
  },
});

/** A tag, or a branch that may be named in filters for the sake of this push. */
function isSomebodys({ kind, name }: RefUpdate): boolean {
  return kind === "tag" || (name !== null && !EVERYBODYS.has(name));
}

const EVERYBODYS: ReadonlySet<string> = new Set(["main", "master", "trunk", "develop"]);

/** The filters of `on.push` that name refs: whoever names them waits for them. */
function filtersOf({ on }: Workflow) {
  const trigger = on?.kind === "mapping" ? on.entries.find(({ key }) => key.text === "push")?.value : undefined;
  return trigger?.kind === "filters" && (trigger.tags !== undefined || trigger.branches !== undefined)
    ? trigger
    : undefined;
}
