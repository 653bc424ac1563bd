import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const unreadConfig = defineRule({
  id: "unread-config",
  severity: "note",
  summary: "A second config file is there, which is not read.",
  why: "flowkeep reads one config: the first of flowkeep.config.ts, .mts, .js, .mjs and .json. What the other says has no effect: remove it, or name it with `--config`.",
  messages: {},
});
