import { describeIdentity, nameOf, type Identity } from "../credentials/identity.ts";
import type { PushVerdict, Verdict } from "../credentials/verdicts.ts";
import type { Location } from "../ir/span.ts";
import { given } from "./given.ts";
import type { GraphIdentity, GraphPush, Place } from "./graph-model.ts";

export function describePush(push: PushVerdict): GraphPush {
  const { repository, ref } = push.target;
  return {
    command: push.command,
    target: [repository, ref === null ? undefined : `branch ${ref}`].filter(Boolean).join(", ") || "not known",
    seen: identify(push.identity),
    ...given("meant", push.intended === null ? undefined : identify(push.intended)),
    verdict: push.verdict,
    isWrong: WRONG[push.verdict],
    alternatives: push.alternatives.map(({ when, identity }) => `${describeIdentity(identity)} when ${when}`),
    evidence: push.evidence.map(({ text, span }) => ({ text, ...given("at", placeOf(span)) })),
  };
}

const WRONG: Readonly<Record<Verdict, boolean>> = {
  "as-intended": false,
  undeclared: false,
  depends: false,
  unknown: false,
  hijacked: true,
  "other-identity": true,
  "no-credential": true,
  "duplicate-header": true,
};

function identify(identity: Identity): GraphIdentity {
  return { key: keyOf(identity), text: describeIdentity(identity) };
}

/** Equal for one credential: `pat RELEASE_PAT`. */
export function keyOf(identity: Identity): string {
  return [identity.kind, nameOf(identity)].filter((part) => part !== undefined).join(" ");
}

/** `GITHUB_TOKEN`, `RELEASE_PAT`: short, for a bar. */
export function nameIdentity(identity: Identity): string {
  if ("name" in identity) return identity.kind === "app" ? `App token of ${identity.name}` : identity.name;
  return describeIdentity(identity);
}

export function placeOf(span: Location | undefined): Place | undefined {
  return span && { file: span.file, line: span.startLine };
}
