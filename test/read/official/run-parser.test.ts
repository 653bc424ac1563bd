import { describe, expect, test } from "vitest";
import { officialErrors } from "../../../src/read/official/run-parser.ts";

const workflow = (...lines: readonly string[]): string => ["on: push", "jobs:", "  a:", ...lines, ""].join("\n");

describe("officialErrors", () => {
  test("takes a good workflow, with background steps too", async () => {
    const text = workflow(
      "    runs-on: x",
      "    steps:",
      "      - id: db",
      "        run: serve",
      "        background: true",
      "      - cancel: db",
      "      - wait-all:",
    );
    expect(await officialErrors(".github/workflows/ci.yml", text)).toEqual([]);
  });

  test.each([
    ["an unknown key", workflow("    runs-on: x", "    stepz: []"), 5, 5],
    ["a context that is not there", workflow("    runs-on: ${{ steps.x.outcome }}"), 4, 14],
    ["a job that is needed but not there", workflow("    runs-on: x", "    needs: b", "    steps: []"), 3, 3],
    ["two steps with one id", workflow("    runs-on: x", "    steps:", ...twice("      - { id: s, run: x }")), 7, 15],
    ["no YAML", "on: [push\n", 2, 1],
  ])("finds %s", async (_, text, line, column) => {
    const errors = await officialErrors(".github/workflows/ci.yml", text);
    expect(errors[0]).toMatchObject({ start: { line, column } });
  });

  test("knows an action by its name", async () => {
    const text = "name: A\ndescription: B\nruns:\n  using: composite\n  steps:\n    - run: make\n      shell: bash\n";
    expect(await officialErrors(".github/actions/a/action.yml", text)).toEqual([]);
    const wrong = await officialErrors("action.yml", text.replace("shell: bash", "shall: bash"));
    expect(wrong[0]).toMatchObject({ start: { line: 7, column: 7 } });
  });
});

function twice(line: string): readonly string[] {
  return [line, line];
}
