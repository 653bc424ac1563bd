import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const configNotRun = defineRule({
  id: "config-not-run",
  severity: "note",
  summary: "The config is a script, and was not run.",
  why: `Where only YAML is named, flowkeep runs nothing: the YAML may be a stranger's, and so may the config beside it. Name the
config (\`--config flowkeep.config.ts\`) if it is yours, or write it as \`flowkeep.config.json\`.`,
  messages: {},
});
