import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkConfig } from "../../src/project/config/check-config.ts";
import { placeInConfig } from "../../src/project/config/place-in-config.ts";
import { schemaErrors } from "../report/validate.ts";
import { findConfig } from "../../src/project/config/find-config.ts";
import { readConfig } from "../../src/project/config/read-config.ts";

const NOTHING = { loaded: [], failed: [] };

let root: string;
beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), "flowkeep-config-")))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("finding the config", () => {
  it("takes the one that is named, else TypeScript before JavaScript before JSON, else none", async () => {
    const project = { root, scratch: tmpdir(), flowkeep: new URL("file:///x") };
    expect(await findConfig(project)).toBeUndefined();
    writeFileSync(join(root, "flowkeep.config.json"), "{}");
    expect(await findConfig(project)).toBe("flowkeep.config.json");
    writeFileSync(join(root, "flowkeep.config.mjs"), "");
    expect(await findConfig(project)).toBe("flowkeep.config.mjs");
    expect(await findConfig({ ...project, config: "other.json" })).toBe("other.json");
  });
});

describe("reading a config of JSON", () => {
  const read = async (text: string) => {
    writeFileSync(join(root, "flowkeep.config.json"), text);
    const { config, errors } = await readConfig(root, "flowkeep.config.json", NOTHING);
    return {
      config,
      errors: errors.map(({ message, location }) => `${location?.startLine}:${location?.startColumn} ${message}`),
    };
  };

  it("gives what it says", async () => {
    const text = '{ "$schema": "x", "failOn": "error", "repository": "octo/app" }';
    expect(await read(text)).toEqual({ config: JSON.parse(text), errors: [] });
  });

  it("tells each mistake at its place, and takes nothing", async () => {
    const text = `{
  "failon": "error",
  "rules": { "push-hijacked": "off", "no-such-rule": "off" },
  "pushActions": [
    { "uses": "acme/release@v2" },
    { "uses": "acme/release", "from": "v2", "before": "v1" }
  ]
}`;
    const { config, errors } = await read(text);
    expect(config).toEqual({});
    expect(errors).toEqual([
      "2:3 there is no setting `failon`; did you mean `failOn`?",
      expect.stringMatching(/^3:38 `rules`: there is no rule `no-such-rule`/),
      '5:7 `pushActions`: `uses` is an action\'s name without a version: "owner/name"; versions stand in `from` and `before`',
      "6:45 `pushActions`: no version is from v2 on and before v1",
    ]);
  });

  it("says where it is no JSON, and that a file is missing", async () => {
    expect((await read('{ "failOn" "error" }')).errors).toEqual([expect.stringMatching(/^1:12 this is no JSON: /)]);
    expect((await read("[]")).errors).toEqual(["1:1 a config is an object: export default defineConfig({ … })"]);
    const { errors } = await readConfig(root, "missing.json", NOTHING);
    expect(errors.map(({ message }) => message)).toEqual([
      "there is no such config file: without --config, flowkeep.config.ts or flowkeep.config.json is taken",
    ]);
  });
});

describe("reading a config that was run", () => {
  const file = "flowkeep.config.ts";

  it("places a mistake in the script", async () => {
    const text = `import { defineConfig } from "flowkeep";

const shared = { rules: { "push-hijacked": "loud" } };
export default defineConfig({ ...shared, repository: "app", pushActions: [{ uses: "a/b", run: "if" }] });
`;
    writeFileSync(join(root, file), text);
    const value = { rules: { "push-hijacked": "loud" }, repository: "app", pushActions: [{ uses: "a/b", run: "if" }] };
    const { errors } = await readConfig(root, file, { loaded: [{ file, value } as never], failed: [] });
    expect(
      errors.map(({ message, location }) => [location?.startLine, location?.startColumn, message.slice(0, 16)]),
    ).toEqual([
      // What is spread has no place of its own.
      [4, 16, "`rules`: `push-h"],
      [4, 42, "`repository` is "],
      [4, 90, "`pushActions`: `"],
    ]);
  });

  it.each([
    ["export default { failOn: 1 } satisfies object;", 18],
    ["const config = { 'failOn': 1 };\nexport default config;", 18],
    ["export default make();", 16],
    ["module.exports = {};", 1],
  ])("finds the place in %j", async (text, column) => {
    expect((await placeInConfig(text, "flowkeep.config.mjs", ["failOn"])).startColumn).toBe(column);
  });

  it("says nothing of one that failed: its errors are those of the sources", async () => {
    const failed = [{ file, errors: [] } as never];
    expect(await readConfig(root, file, { loaded: [], failed })).toEqual({ config: {}, errors: [] });
    const { errors } = await readConfig(root, file, NOTHING);
    expect(errors).toHaveLength(1);
  });
});

/** What a schema cannot know: rules that are not, expressions, scripts. */
const BEYOND_SCHEMA = /^(?:rules\.invalid-yaml|ignores\.0\.rule|pushActions\.0\.(?:env|run))/;

describe("what a config may say", () => {
  it.each([
    { failOn: "note" },
    { rules: { "push-hijacked": "off" } },
    { ignores: [{ rule: "push-hijacked", path: "a.yml", because: "it is meant" }] },
    { ignores: [{ rule: "push-hijacked", path: "a.yml" }] },
    { actions: { serverUrl: ["https://github.com"], cooldown: "7d", lock: "github" } },
    { repository: "octo/app", defaultBranch: "main" },
    { rulesets: ["a.json", {}] },
    { credentials: { PAT: { kind: "fine-grained", permissions: { contents: "write" } }, KEY: { kind: "deploy-key" } } },
    { credentials: { PAT: { actsAs: { role: "admin" }, scopes: ["repo"] } } },
    { pushActions: [{ uses: "acme/release/sub", from: "v2", before: "v3", mints: ["token"] }] },
    { pushActions: [{ uses: "acme/quiet" }] },
    { failOn: undefined },
  ])("%j", (config) => {
    expect(checkConfig(config)).toEqual([]);
    // The schema asks for what types demand; JSON without a reason is a finding.
    const reasoned = JSON.stringify(config).replace('"path":"a.yml"}', '"path":"a.yml","because":"x"}');
    expect(schemaErrors("config.schema.json", JSON.parse(reasoned))).toEqual([]);
  });

  it.each<readonly [config: object, path: string, message: RegExp]>([
    [{ failOn: "info" }, "failOn", /^`failOn` is one of error, warning, note$/],
    [{ rules: [] }, "rules", /is an object/],
    [{ rules: { "invalid-yaml": "off" } }, "rules.invalid-yaml", /always an error/],
    [{ ignores: {} }, "ignores", /is a list/],
    [{ ignores: [{ rule: "push-hijackt", path: "a" }] }, "ignores.0.rule", /did you mean `push-hijacked`/],
    [{ ignores: [{ rule: "push-hijacked" }] }, "ignores.0", /is a list of \{ rule/],
    [{ actions: { cooldown: "soon" } }, "actions.cooldown", /`cooldown` is a number of/],
    [{ actions: { lock: "md5" } }, "actions.lock", /"sha" or "github"/],
    [{ actions: { serverUrl: [] } }, "actions.serverUrl", /names no server/],
    [{ repository: "app" }, "repository", /"owner\/name"/],
    [{ defaultBranch: "" }, "defaultBranch", /name of a branch/],
    [{ rulesets: [1] }, "rulesets", /is a list of files/],
    [{ credentials: { PAT: { kind: "token" } } }, "credentials.PAT.kind", /is of no such `kind`: known are "classic"/],
    [{ credentials: { PAT: { appId: "1" } } }, "credentials.PAT.appId", /App's number/],
    [
      { credentials: { PAT: { scope: ["repo"] } } },
      "credentials.PAT.scope",
      /no setting `scope`; did you mean `scopes`/,
    ],
    [{ credentials: { PAT: { actsAs: { user: "1", team: "2" } } } }, "credentials.PAT.actsAs", /`actsAs` is \{ role/],
    [{ credentials: { PAT: { actsAs: { users: "1" } } } }, "credentials.PAT.actsAs", /`actsAs` is \{ role/],
    [{ pushActions: {} }, "pushActions", /is a list of/],
    [{ pushActions: ["a/b"] }, "pushActions.0", /each is an object/],
    [{ pushActions: [{ run: "git push" }] }, "pushActions.0", /each names an action/],
    [{ pushActions: [{ uses: "a/b", runs: "git push" }] }, "pushActions.0.runs", /did you mean `run`/],
    [{ pushActions: [{ uses: "a/b", from: "main" }] }, "pushActions.0.from", /a version is a tag/],
    [{ pushActions: [{ uses: "a/b", env: { T: "inputs." } }] }, "pushActions.0.env.T", /`T` is no expression/],
    [
      { pushActions: [{ uses: "a/b", env: { T: "\${{ inputs.t }}" } }] },
      "pushActions.0.env.T",
      /without `\$\{\{ \}\}`/,
    ],
    [{ pushActions: [{ uses: "a/b", env: { "1T": "inputs.t" } }] }, "pushActions.0.env.1T", /no name of a variable/],
    [{ pushActions: [{ uses: "a/b", inputs: { push: true } }] }, "pushActions.0.inputs.push", /`push` is a text/],
    [{ pushActions: [{ uses: "a/b", run: "git push 'x" }] }, "pushActions.0.run", /no script for bash/],
    [{ pushActions: [{ uses: "a/b", mints: "token" }] }, "pushActions.0.mints", /a list of outputs/],
    [{ pushActions: [{ uses: "a/b", source: 1 }] }, "pushActions.0.source", /is a text/],
  ])("not %j", (config, path, message) => {
    const [problem, ...others] = checkConfig(config);
    expect(others).toEqual([]);
    expect(problem?.path.join(".")).toBe(path);
    expect(problem?.message).toMatch(message);
    if (!BEYOND_SCHEMA.test(path)) expect(schemaErrors("config.schema.json", config)).not.toEqual([]);
  });
});
