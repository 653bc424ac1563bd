import { describe, expect, it } from "vitest";
import { APP, CLEAN_UP, MAP, tryStage } from "./coverage-chain.ts";

const REFUSED = "refs/heads/master: push declined due to repository rule violations";

describe.concurrent("the five stages of the coverage job, master protected", () => {
  it.each(["1-github-token", "2-pat-hijacked", "3-app-hijacked"] as const)(
    "%s: refused as github-actions[bot]",
    async (stage) => {
      const { lines, pushes, updates, log } = await tryStage(stage);
      expect(lines).toEqual(["github-token = github-token rejected"]);
      expect(pushes[0]?.observed?.message).toBe(REFUSED);
      expect(pushes[0]?.consequences?.ruleset).toBe("rejected");
      expect(updates.map(({ refused }) => refused !== undefined)).toEqual([true]);
      expect(log).toContain("remote: error: GH013: Repository rule violations found for refs/heads/master.");
    },
  );

  it("4-app: arrives as the App, and the bypass list decides; what is disputed about that is told", async () => {
    const [unlisted, listed] = await Promise.all([
      tryStage("4-app"),
      tryStage("4-app", { bypass: [{ actor_type: "Integration", actor_id: APP, bypass_mode: "always" }] }),
    ]);
    expect(unlisted.lines).toEqual(["app:mint = app:mint rejected"]);
    expect(unlisted.pushes[0]?.consequences?.ruleset).toBe("rejected");
    expect(listed.lines).toEqual(["app:mint = app:mint landed"]);
    expect(listed.pushes[0]?.consequences?.ruleset).toBe("unknown");
    const reasons = listed.pushes[0]?.consequences?.reasons
      .filter(({ about }) => about === "ruleset")
      .map(({ text }) => text);
    expect(reasons).toContain(
      "sources contradict each other: an App on the bypass list was seen to pass on a direct push",
    );
  });

  it("5-pat: lands as the owner, with the map, one commit, past the hook; and is taken back", async () => {
    const { lines, updates, answers, log } = await tryStage("5-pat", { more: CLEAN_UP });
    const as = "pat:CACHE_PUSH_TOKEN = pat:CACHE_PUSH_TOKEN landed";
    expect(lines).toEqual([as, as]);
    expect(answers).toEqual({ branch: updates[0]?.old, commits: "1", files: MAP, author: "map-bot" });
    expect(updates.map(({ refused }) => refused)).toEqual([undefined, undefined]);
    expect(updates[1]).toMatchObject({ old: updates[0]?.new, new: updates[0]?.old });
    expect(log).toContain("remote: Bypassed rule violations for refs/heads/master:");
    expect(log.match(/the hook ran/g)).toHaveLength(1);
  });
});
