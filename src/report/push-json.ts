import { findFact } from "../consequences/facts/facts.ts";
import type { Consequences } from "../consequences/consequences.ts";
import type { ListedPush } from "./listed-push.ts";

/** A push in JSON reports: `pushes --format json` in docs/cli.md; its schema is `schemas/pushes.schema.json`. */
export function pushJson({ push, consequences }: ListedPush): object {
  const { workflow, job, step, stepName, span, command, target, identity, alternatives, intended, verdict, evidence } =
    push;
  return {
    workflow,
    job,
    step,
    stepName: stepName ?? null,
    span: span ?? null,
    command,
    target,
    identity,
    alternatives: alternatives.map(({ when, identity }) => ({ when, identity })),
    intended,
    verdict,
    evidence: evidence.map(({ span, text }) => ({ span: span ?? null, text })),
    consequences: consequencesJson(consequences),
  };
}

function consequencesJson({ reasons, ...answers }: Consequences): object {
  return {
    ...answers,
    reasons: reasons.map(({ about, text, rule, facts }) => ({
      about,
      text,
      rule: rule ?? null,
      facts: facts.map((id) => ({ id, ...findFact(id) })),
    })),
  };
}
