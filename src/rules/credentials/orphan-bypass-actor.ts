import { defineRule } from "../define-rule.ts";

/** Found where the inventory is known: it has no check of its own. */
export const orphanBypassActor = defineRule({
  id: "orphan-bypass-actor",
  severity: "warning",
  summary: "A ruleset lets an App or deploy keys bypass it, and no push goes out as one.",
  why: `An entry in the bypass list of a ruleset lets its actor push past every rule of it, from any job that can get at the credential. One
that no push needs any more is an open door.

Take it off the list, if nothing outside of the workflows pushes as it. Of people, teams and roles nothing is said: they push
from elsewhere, too.`,
  messages: {},
});
