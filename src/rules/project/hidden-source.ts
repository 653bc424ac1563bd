import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const hiddenSource = defineRule({
  id: "hidden-source",
  severity: "note",
  summary: "A file in workflows-src/ has a name that begins with a dot.",
  why: "Editors and tools hide such files and leave their own behind, so flowkeep takes none for a source. To make it one, take the dot off its name.",
  messages: {},
});
