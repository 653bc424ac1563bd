import type { CredentialFacts, PatFacts } from "../define/credential-facts.ts";
import { nearestName } from "../ir/suggest.ts";
import type { Identity } from "../credentials/identity.ts";
import type { MintingInputs } from "./minting-step.ts";

/** Whom GitHub sees pushing, with what is known of them. */
export type Pusher =
  | { readonly kind: "github-token" }
  /** The owner of a token, or of an SSH key of their own; `near` is declared, and not used by this name: it may be misspelt. */
  | {
      readonly kind: "user";
      readonly secret: string;
      readonly facts: PatFacts | undefined;
      readonly isSsh: boolean;
      readonly near?: string | undefined;
    }
  | {
      readonly kind: "app";
      readonly step: string;
      readonly appId: number | undefined;
      /** `contents` → `write`; undefined where nobody said. */
      readonly permissions: Readonly<Record<string, string>> | undefined;
      /** A service exchanged the run's OIDC token for it, as a policy of its own allows. */
      readonly isFederated: boolean;
    }
  | { readonly kind: "deploy-key"; readonly secret: string }
  /** A key of which nobody said whether it is a deploy key or a person's. */
  | { readonly kind: "ssh"; readonly secret: string }
  /** GitHub refuses the request before anything is looked at. */
  | { readonly kind: "nobody"; readonly why: string }
  | { readonly kind: "unknown"; readonly why: string };

/**
 * Puts together what is known of an identity.
 *
 * @param declared by secret
 * @param minting the inputs of the step that mints an App's token
 */
export function pusherOf(
  identity: Identity,
  declared: ReadonlyMap<string, CredentialFacts>,
  minting: MintingInputs | undefined,
): Pusher {
  switch (identity.kind) {
    case "github-token":
      return { kind: "github-token" };
    case "pat": {
      const facts = declared.get(identity.name);
      if (facts?.kind === "app") return appOf(identity.name, facts, undefined);
      const isToken = facts?.kind === "classic" || facts?.kind === "fine-grained" || facts?.kind === undefined;
      const near = facts === undefined ? nearestName(identity.name, declared.keys()) : undefined;
      return { kind: "user", secret: identity.name, facts: isToken ? facts : undefined, isSsh: false, near };
    }
    case "app": {
      const facts = minting?.keySecret === undefined ? undefined : declared.get(minting.keySecret);
      return appOf(identity.name, facts?.kind === "app" ? facts : undefined, minting);
    }
    case "ssh": {
      const facts = declared.get(identity.name);
      if (facts?.kind === "deploy-key") return { kind: "deploy-key", secret: identity.name };
      if (facts?.kind !== "ssh-key") return { kind: "ssh", secret: identity.name };
      return { kind: "user", secret: identity.name, facts: { actsAs: facts.actsAs }, isSsh: true };
    }
    case "none":
      return { kind: "nobody", why: "git sends no credential that GitHub takes" };
    case "duplicate":
      return { kind: "nobody", why: "git sends two credentials at once, and GitHub answers 400" };
    case "unknown":
      return { kind: "unknown", why: identity.reason };
  }
}

type AppFacts = Extract<CredentialFacts, { readonly kind: "app" }>;

function appOf(step: string, facts: AppFacts | undefined, minting: MintingInputs | undefined): Pusher {
  return {
    kind: "app",
    step,
    appId: facts?.appId ?? minting?.appId,
    permissions: minting?.permissions ?? facts?.permissions,
    isFederated: minting?.isFederated === true,
  };
}
