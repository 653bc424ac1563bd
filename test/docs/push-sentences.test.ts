import { expect, test } from "vitest";
import type { PushPlan } from "../../src/define/push/push-plan.ts";
import { pushScript } from "../../src/define/push/push-script.ts";
import { inlineCode, readPage } from "./markdown.ts";

const who = { credential: { kind: "pat", secret: "ROBOT_PAT" }, tokenExpression: "${{ secrets.ROBOT_PAT }}" } as const;
const commit = { paths: ["a"], message: "m", author: { name: "n", email: "e" } };
const PLANS: readonly PushPlan[] = [
  { ...who, branch: "main", commit, repository: "octo/tap" },
  { ...who, branch: "main", force: "with-lease" },
  { ...who, tag: "v1" },
  { ...who, refs: ["HEAD:refs/heads/a"], force: "with-lease" },
  { ...who, credential: { kind: "deploy-key", secret: "KEY" }, branch: "main" },
];

test("docs/push.md has every sentence with which the script fails", () => {
  const codes = inlineCode(readPage("docs/push.md").replace(/```[\s\S]*?```/g, ""));
  const sentences = PLANS.flatMap((plan) => [...pushScript(plan).script.matchAll(/\bfail "([^"]+)"/g)]);
  expect(sentences.length).toBeGreaterThan(20);
  const missing = new Set(
    sentences
      .map(([, sentence = ""]) => sentence)
      .filter((sentence) => !codes.some((code) => patternOf(sentence).test(code))),
  );
  missing.delete("$1"); // the function itself
  expect([...missing]).toEqual([]);
});

/** A variable stands for any text. */
function patternOf(sentence: string): RegExp {
  const parts = sentence.split(/\$\w+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("\\S.*")}$`);
}
