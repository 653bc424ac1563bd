import type { StepIntent } from "../define/model.ts";
import { visitParts } from "../ir/parts.ts";
import type { Step } from "../ir/workflow.ts";
import type { CheckedFile } from "./checked-file.ts";

type IntentOf<K extends StepIntent["kind"]> = Extract<StepIntent, { readonly kind: K }>;

/** The steps of which only the definition knows something, in the author's order. */
export function intendedSteps<K extends StepIntent["kind"]>(
  { node, intents }: CheckedFile,
  kind: K,
): readonly { readonly step: Step; readonly intent: IntentOf<K> }[] {
  const found: { step: Step; intent: IntentOf<K> }[] = [];
  if (node === undefined || intents.size === 0) return found;
  visitParts(node, (part) => {
    const intent = part.origin && intents.get(part.origin);
    if (part.kind === "job" || part.kind === "call-job" || intent?.kind !== kind) return;
    found.push({ step: part, intent: intent as IntentOf<K> });
  });
  return found;
}
