import { describe, expect, it } from "vitest";
import { printPath } from "../../src/ir/origin.ts";
import { readProtections } from "../../src/consequences/rulesets/read-protections.ts";
import { ruleset } from "./judged.ts";

const problems = (value: unknown): readonly string[] => {
  const read = readProtections(value);
  return read.kind === "read" ? [] : read.problems.map(({ path, message }) => `${printPath(path)}: ${message}`);
};

describe("reading rulesets", () => {
  it("takes one, or a list", () => {
    const one = readProtections(ruleset(["update"]));
    expect(one).toMatchObject({ protections: { rulesets: [{ name: "protect main", target: "branch" }], classic: [] } });
    const two = readProtections([ruleset(["update"]), ruleset(["deletion"])]);
    expect(two.kind === "read" && two.protections.rulesets.map(({ rules }) => rules[0]?.type)).toEqual([
      "update",
      "deletion",
    ]);
  });

  it("fills in what GitHub's API leaves out", () => {
    const read = readProtections({
      name: "a",
      enforcement: "active",
      rules: [{ type: "update", parameters: null }],
      bypass_actors: [{ actor_type: "DeployKey" }],
    });
    expect(read).toMatchObject({
      protections: {
        rulesets: [{ target: "branch", refNames: undefined, bypassActors: [{ id: null, mode: "always" }] }],
      },
    });
  });

  it.each<[unknown, readonly string[]]>([
    ["text", [": a ruleset is an object"]],
    [
      { message: "Not Found", status: "404" },
      [": this is no ruleset but what GitHub answered in its place: Not Found (gh api repos/OWNER/NAME/rulesets/ID)"],
    ],
    [{}, ["name: a ruleset has a `name`"]],
    [
      { name: "a", enforcement: "active" },
      [": the ruleset a has no `rules`: a list of rulesets leaves them out (gh api repos/OWNER/NAME/rulesets/ID)"],
    ],
    [ruleset(["update"], { enforcement: "activ" }), ['enforcement: `enforcement` is "activ": did you mean active?']],
    [[ruleset(["update"], { target: "branches" })], ['[0].target: `target` is "branches": did you mean branch?']],
    [ruleset([{ kind: "update" }]), ["rules[0].type: a rule has a `type`"]],
    [ruleset([], { rules: ["update"] }), ['rules[0]: a rule is an object: { "type": "pull_request" }']],
    [
      ruleset([], { bypass_actors: [{ actor_type: "User", actor_id: "mona" }] }),
      ["bypass_actors[0].actor_id: `actor_id` is a number, or null for deploy keys"],
    ],
    [
      ruleset([], { conditions: { ref_name: { include: "main" } } }),
      ["conditions.ref_name.include: `include` is a list of patterns"],
    ],
    [
      { enforce_admins: { enabled: true } },
      ["url: the protection's `url` tells which branch it is of, and there is none: write it as the API answers it"],
    ],
    [
      [{ type: "update", ruleset_id: 4 }],
      [
        "[0]: these are a branch's rules without who may bypass them: export the ruleset (gh api repos/OWNER/NAME/rulesets/ID)",
      ],
    ],
  ])("says what is wrong and where: %j", (value, expected) => expect(problems(value)).toEqual(expected));
});
