import type { Surroundings } from "../../consequences/consequences.ts";
import type { PushAction } from "../../define/push/push-action.ts";
import type { CredentialFacts } from "../../define/credential-facts.ts";
import type { PushVerdict } from "../../credentials/verdicts.ts";
import type { Proof, ProveRequest, ProveWorld } from "../proof.ts";

/** What the process that runs a trial is told: one line of JSON. */
export interface TrialOrder {
  readonly path: string;
  /** The workflow as YAML. */
  readonly yaml: string;
  /** What the config says of actions, before what is known of them anyway. */
  readonly actions: readonly PushAction[];
  readonly predicted: readonly PushVerdict[];
  readonly settings: Pick<ProveRequest, "job" | "repository" | "folder" | "event">;
  readonly around: Omit<Surroundings, "credentials"> & { readonly credentials: Pairs<CredentialFacts> };
  readonly stubs: Pairs;
  readonly inputs: Pairs;
  readonly vars: Pairs;
  readonly emptySecrets: readonly string[];
  readonly world: Pick<ProveWorld, "folder" | "programs" | "timeLimit" | "port">;
}

type Pairs<T = string> = readonly (readonly [string, T])[];

/** What it answers: one line of JSON. */
export type TrialAnswer =
  | { readonly kind: "proof"; readonly proof: WrittenProof }
  /** What the user can mend. */
  | { readonly kind: "wrong"; readonly message: string }
  | { readonly kind: "failed"; readonly stack: string };

/** A proof without what JSON has not. */
type WrittenProof = Omit<Proof, "trigger"> & { readonly trigger: { readonly event: string; readonly ref: string } };

export function writeOrder(
  {
    path,
    workflow: _,
    predicted,
    job,
    repository,
    folder,
    event,
    stubs,
    inputs,
    vars,
    emptySecrets,
    around,
  }: ProveRequest,
  { yaml, actions }: Pick<TrialOrder, "yaml" | "actions">,
  { folder: own, programs, timeLimit, port }: TrialOrder["world"],
): TrialOrder {
  return {
    path,
    yaml,
    actions,
    predicted,
    settings: { job, repository, folder, event },
    around: { ...around, credentials: [...around.credentials] },
    stubs: [...(stubs ?? [])],
    inputs: [...(inputs ?? [])],
    vars: [...(vars ?? [])],
    emptySecrets: [...(emptySecrets ?? [])],
    world: { folder: own, programs, timeLimit, port },
  };
}

export function readOrder({
  path,
  predicted,
  settings,
  stubs,
  inputs,
  vars,
  emptySecrets,
  around,
}: TrialOrder): Omit<ProveRequest, "workflow"> {
  return {
    path,
    predicted,
    ...settings,
    around: { ...around, credentials: new Map(around.credentials) },
    stubs: new Map(stubs),
    inputs: new Map(inputs),
    vars: new Map(vars),
    emptySecrets: new Set(emptySecrets),
  };
}

export function writeProof({ trigger: { event, ref }, ...proof }: Proof): WrittenProof {
  return { ...proof, trigger: { event, ref } };
}

export function readProof({ trigger, ...proof }: WrittenProof): Proof {
  return { ...proof, trigger: { ...trigger, inputs: new Map() } };
}
