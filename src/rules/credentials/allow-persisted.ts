import { defineRule } from "../define-rule.ts";
import { intendedSteps } from "../intended-steps.ts";

export const allowPersisted = defineRule({
  id: "allow-persisted",
  severity: "note",
  summary: "A push says `allowPersisted`: another credential may lie where it pushes from.",
  why: `The list of all exceptions, with their reasons, so that each can be looked at again. The push itself sends one credential, its
own; but the other one can be read by every later step, and a \`git push\` written by hand beside it would send it.`,
  messages: { listed: "another credential may lie in the repository of this push, because: {because}" },
  *check(file) {
    for (const { step, intent } of intendedSteps(file, "push")) {
      const because = intent.allowPersisted;
      if (because !== undefined) yield { message: "listed", data: { because }, at: step };
    }
  },
});
