import { sameIdentity } from "../credentials/identity.ts";
import type { CredentialLife } from "../credentials/lives/credential-lives.ts";
import type { HoldingPlace } from "../credentials/lives/find-holdings.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import { keyOf, nameIdentity, placeOf } from "./describe-push.ts";
import { given } from "./given.ts";
import type { GraphCredential } from "./graph-model.ts";

/** The lives of a job's credentials; what has only one place in one step stands behind what stays. */
export function describeCredentials(
  lives: readonly CredentialLife[],
  pushes: readonly PushVerdict[],
): readonly GraphCredential[] {
  return lives.map((life) => describeLife(life, pushes));
}

function describeLife(life: CredentialLife, pushes: readonly PushVerdict[]): GraphCredential {
  const { identity, place, from, to, endedBy, isPerhaps, origin } = life;
  const { where, as } = describePlace(place);
  return {
    identity: keyOf(identity),
    name: nameIdentity(identity),
    where,
    as,
    ...given("from", from),
    to,
    end: describeEnd(place, endedBy),
    isPerhaps,
    isReadable: READABLE[place.kind],
    sentBy: sentBy(life, pushes),
    ...given("origin", origin && { text: origin.text, ...given("at", placeOf(origin.span)) }),
  };
}

function describePlace(place: HoldingPlace): { readonly where: string; readonly as: string } {
  switch (place.kind) {
    case "git-config":
      return { where: place.file, as: place.key };
    case "file":
      return { where: place.file, as: "text" };
    case "variable":
      return { where: "environment of all steps", as: place.name };
    case "step-variable":
      return { where: "environment of the step", as: place.name };
    case "input":
      return { where: "with of the step", as: place.name };
    case "output":
      return { where: "step output", as: place.name };
  }
}

/** What lies in files and variables, any program of the steps between can read; an output only who asks for it. */
const READABLE = {
  "git-config": true,
  file: true,
  variable: true,
  "step-variable": true,
  input: true,
  output: false,
} as const satisfies Record<HoldingPlace["kind"], boolean>;

function describeEnd(place: HoldingPlace, endedBy: number | undefined): string {
  if (place.kind === "step-variable" || place.kind === "input") return "ends with the step";
  return endedBy === undefined ? "stays to the end of the job" : `taken away by step ${endedBy + 1}`;
}

/** The pushes that GitHub sees under this credential while it is here. */
function sentBy({ identity, from = 0, to }: CredentialLife, pushes: readonly PushVerdict[]): readonly number[] {
  const steps = pushes.filter((push) => sameIdentity(push.identity, identity) && push.step >= from && push.step <= to);
  return [...new Set(steps.map(({ step }) => step))];
}
