import type { Fact } from "./fact.ts";
import { CLASSIC_PROTECTION_FACTS } from "./classic-protection.ts";
import { PERMISSIONS_FACTS } from "./permissions.ts";
import { RULESETS_FACTS } from "./rulesets.ts";
import { TRIGGERS_FACTS } from "./triggers.ts";
import { WORKFLOW_FILES_FACTS } from "./workflow-files.ts";

/** All that judging a push rests on, by id. */
export const FACTS = {
  ...RULESETS_FACTS,
  ...CLASSIC_PROTECTION_FACTS,
  ...TRIGGERS_FACTS,
  ...WORKFLOW_FILES_FACTS,
  ...PERMISSIONS_FACTS,
} as const satisfies Readonly<Record<string, Fact>>;

export type FactId = keyof typeof FACTS;

export function findFact(id: FactId): Fact {
  return FACTS[id];
}
