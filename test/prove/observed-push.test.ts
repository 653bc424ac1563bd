import { expect, it } from "vitest";
import { FakeCredentials } from "../../src/prove/fake-credentials.ts";
import type { TracedPush } from "../../src/prove/git-trace.ts";
import { observePushes } from "../../src/prove/observed-push.ts";
import type { SeenRequest } from "../../src/prove/server/seen-request.ts";

const ASKED: SeenRequest = {
  method: "GET",
  host: "github.com",
  path: "/octo/app.git/info/refs?service=git-receive-pack",
  identities: [],
  status: 200,
  connection: 1,
  at: 1,
  updates: [],
  said: undefined,
};

it.each<[string, number | undefined, string, string]>([
  ["has nothing to say", 0, "no-update", "nothing was to be updated"],
  ["refuses", 1, "rejected", "git itself refused to update"],
  ["is ended, by a time limit say", undefined, "not-sent", "git was ended before it had sent everything"],
])("what the server saw no update of: git %s", (_, code, outcome, message) => {
  const push: TracedPush = {
    argv: ["git", "push"],
    alias: undefined,
    url: "https://github.com/octo/app",
    started: 0,
    ended: code === undefined ? undefined : 2,
    code,
  };
  const [observed] = observePushes([push], [ASKED], new FakeCredentials());
  expect(observed).toMatchObject({ outcome, message: expect.stringContaining(message) as string });
});
