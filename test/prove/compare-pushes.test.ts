import { describe, expect, test } from "vitest";
import type { Identity } from "../../src/credentials/identity.ts";
import type { PushVerdict } from "../../src/credentials/verdicts.ts";
import { comparePushes } from "../../src/prove/compare-pushes.ts";
import type { ObservedPush, Outcome } from "../../src/prove/observed-push.ts";

const JOB_TOKEN: Identity = { kind: "github-token" };

describe("a push that runs several times", () => {
  test("is one where it is tried again", () => {
    const compared = comparePushes(
      [predicted("git push", JOB_TOKEN)],
      [observed("git push", "rejected"), observed("git push", "landed")],
    );
    expect(outcomes(compared)).toEqual(["landed"]);
  });

  test("tells of each branch where they fare differently", () => {
    const compared = comparePushes(
      [predicted('git push origin "$branch"', JOB_TOKEN)],
      [observed("git push origin main", "rejected"), observed("git push origin dev", "landed")],
    );
    expect(outcomes(compared)).toEqual(["rejected", "landed"]);
    expect(compared.map(({ agree }) => agree)).toEqual([true, true]);
  });
});

test("what the analysis called unknown stands for a push that nothing else foresaw", () => {
  const unknown: Identity = { kind: "unknown", reason: "python" };
  const compared = comparePushes(
    [predicted("subprocess.run(['git', 'push'])", unknown)],
    [observed("git push", "landed")],
  );
  expect(compared).toHaveLength(1);
  expect(compared[0]).toMatchObject({ agree: undefined, observed: { outcome: "landed" } });
});

test("a push beside one that is known was not foreseen", () => {
  const compared = comparePushes(
    [predicted("git push origin a", JOB_TOKEN)],
    [observed("git push origin b", "landed")],
  );
  expect(compared.map(({ agree }) => agree)).toEqual([undefined, false]);
});

test("what a program pushes, which does not name git, is what no other push was", () => {
  const compared = comparePushes(
    [predicted("git push", JOB_TOKEN), predicted("npx lerna version", JOB_TOKEN), predicted("np", { kind: "none" })],
    [
      observed("git push --follow-tags origin main", "landed"),
      observed("git push", "landed"),
      observed("git push origin main", "rejected"),
      observed("git push --tags", "landed"),
    ],
  );
  expect(compared.map(({ predicted }) => predicted?.command)).toEqual(["git push", "npx lerna version", "np", "np"]);
  expect(compared.map(({ agree }) => agree)).toEqual([true, true, false, false]);
});

function outcomes(compared: ReturnType<typeof comparePushes>): readonly (Outcome | undefined)[] {
  return compared.map(({ observed }) => observed?.outcome);
}

function predicted(command: string, identity: Identity): PushVerdict {
  return { command, identity, alternatives: [] } as unknown as PushVerdict;
}

function observed(command: string, outcome: Outcome): ObservedPush {
  const argv = command.split(" ");
  return { argv, alias: undefined, identity: JOB_TOKEN, outcome, message: "", decision: undefined, started: 0 };
}
