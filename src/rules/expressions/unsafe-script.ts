import { defineRule } from "../define-rule.ts";
import { intendedSteps } from "../intended-steps.ts";

export const unsafeScript = defineRule({
  id: "unsafe-script",
  severity: "note",
  summary: "A script is written with `unsafeScript`: an outsider's text may stand in it.",
  why: `The list of all exceptions, with their reasons, so that each can be looked at again. Where a reason does not hold any more,
write the script with sh\`…\`, which passes values as environment variables.`,
  messages: { listed: "an outsider's text may become part of this script, because: {because}" },
  *check(file) {
    for (const { step, intent } of intendedSteps(file, "unsafe-script"))
      yield { message: "listed", data: { because: intent.because }, at: step };
  },
});
