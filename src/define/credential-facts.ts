import type { PatOptions } from "./credentials.ts";

/** What is known of a token that somebody made for themselves. */
export type PatFacts = PatOptions;

/** What is known of a credential, beside the secret that holds it. */
export type CredentialFacts =
  | PatFacts
  /** The secret holds the private key of a GitHub App. */
  | {
      readonly kind: "app";
      /** As the bypass lists of rulesets name the App. */
      readonly appId?: number;
      /** Those of its installation: `{ contents: "write" }`. */
      readonly permissions?: Readonly<Record<string, string>>;
    }
  | { readonly kind: "deploy-key" }
  /** A person's SSH key. */
  | { readonly kind: "ssh-key"; readonly actsAs?: PatOptions["actsAs"] };
