import { syntaxRule } from "./syntax-rule.ts";

export const badCron = syntaxRule(
  {
    id: "bad-cron",
    severity: "error",
    summary: "A schedule that GitHub does not take, or not as it stands.",
    why: `GitHub takes five fields as POSIX cron knows them, and starts a schedule at most every five minutes.

Source: [schedule](https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule).`,
  },
  ["bad-cron"],
);
