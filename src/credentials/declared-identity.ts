import type { StepIntent } from "../define/model.ts";
import type { Origin } from "../ir/origin.ts";
import type { Step } from "../ir/workflow.ts";
import { GITHUB_TOKEN, type Identity } from "./identity.ts";

/** Who a typed `push({ as })` is meant to be, in so many words. */
export function declaredIdentity(
  step: Step,
  intents: ReadonlyMap<Origin, StepIntent> | undefined,
): Identity | undefined {
  const intent = step.origin === undefined ? undefined : intents?.get(step.origin);
  if (intent?.kind !== "push") return undefined;
  switch (intent.as.kind) {
    case "github-token":
      return GITHUB_TOKEN;
    case "pat":
      return { kind: "pat", name: intent.as.secret };
    case "deploy-key":
      return { kind: "ssh", name: intent.as.secret };
    case "app": {
      // The credential says that an App's token is meant; which step mints it, its expression does.
      const id = /^steps\.([\w-]+)\.outputs\./.exec(intent.token)?.[1];
      return id === undefined ? undefined : { kind: "app", name: id };
    }
  }
}
