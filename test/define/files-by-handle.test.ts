import { describe, expect, test } from "vitest";
import { fileDefinition } from "../../src/define/convert/to-ir.ts";
import { action, job, run, sh, uses, workflow } from "../../src/index.ts";
import { jobs, yaml } from "./converted.ts";

describe("files that name each other", () => {
  const release = workflow({
    on: { workflow_call: { inputs: { v: { type: "string" } } } },
    jobs: { a: job({ "runs-on": "x", steps: [] }) },
  });
  const cache = action({
    name: "Cache",
    description: "d",
    inputs: { key: { description: "k", required: true } },
    runs: { using: "composite", steps: ({ inputs }) => [run({ shell: "bash", run: sh`cache ${inputs.key}` })] },
  });
  const paths = {
    pathOf: (definition: unknown) =>
      definition === fileDefinition(release)
        ? "./.github/workflows/release.yml"
        : definition === fileDefinition(cache)
          ? "./.github/actions/cache"
          : undefined,
  };

  test("by path", () => {
    const text = yaml(
      jobs({
        call: job({ uses: release, with: { v: "1" } }),
        use: job({ "runs-on": "x", steps: [uses(cache, { with: { key: "k" } })] }),
      }),
      paths,
    );
    expect(text).toContain('uses: ./.github/workflows/release.yml\n    with:\n      v: "1"');
    expect(text).toContain("- uses: ./.github/actions/cache");
  });

  test("not without one", () => {
    expect(() => yaml(jobs({ call: job({ uses: release }) }))).toThrow("give it a source of its own");
  });

  test("a composite action", () => {
    expect(yaml(cache)).toBe(
      [
        "name: Cache",
        "description: d",
        "",
        "inputs:",
        "  key:",
        "    description: k",
        "    required: true",
        "",
        "runs:",
        "  using: composite",
        "  steps:",
        "    - shell: bash",
        "      env:",
        "        INPUTS_KEY: ${{ inputs.key }}",
        '      run: cache "$INPUTS_KEY"',
        "",
      ].join("\n"),
    );
  });
});
