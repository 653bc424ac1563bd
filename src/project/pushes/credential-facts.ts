import type { CredentialFacts } from "../../define/credential-facts.ts";
import type { Config } from "../../define/define-config.ts";
import type { CompiledSources } from "../sources/compile-sources.ts";

/** By secret: what the config declares, then what sources say where they push. */
export function credentialFacts(config: Config, compiled: CompiledSources | undefined): Map<string, CredentialFacts> {
  const facts = new Map(Object.entries(config.credentials ?? {}));
  for (const { intents } of compiled?.converted ?? []) {
    for (const intent of intents.values()) {
      if (intent.kind !== "push" || !("secret" in intent.as) || facts.has(intent.as.secret)) continue;
      const { as } = intent;
      facts.set(as.secret, as.kind === "pat" ? as.options : { kind: "deploy-key" });
    }
  }
  return facts;
}
