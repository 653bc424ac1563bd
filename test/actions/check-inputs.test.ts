import { beforeAll, describe, expect, test } from "vitest";
import { openCatalog, type Catalog } from "../../src/actions/catalog.ts";
import { checkInputs } from "../../src/actions/check-inputs.ts";
import { workflowOf } from "./workflow-of.ts";

let catalog: Catalog;
beforeAll(async () => {
  catalog = await openCatalog();
});

function problems(step: string): string[] {
  const file = workflowOf(`on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - ${step}\n`);
  return checkInputs(file, { catalog }).map(
    ({ severity, path, message }) => `${severity} ${path.slice(4).join(".")}: ${message}`,
  );
}

describe("checkInputs", () => {
  test.each([
    ["{ uses: actions/checkout@v5 }", []],
    [
      "{ uses: actions/checkout@v5, with: { Path: x, clean: FALSE, submodules: recursive, persist-credentials: '' } }",
      [],
    ],
    ["{ uses: actions/checkout@v5, with: { clean: '${{ inputs.clean }}' } }", []],
    ["{ uses: actions/checkout@v5, with: '${{ fromJSON(inputs.with) }}' }", []],
    ["{ uses: octo/unknown@v1, with: { anything: goes } }", []],
    ["{ uses: docker://alpine:3, with: { anything: goes } }", []],
    ["{ uses: reviewdog/action-actionlint@v1, with: { args: -v, entrypoint: sh } }", []],
    ["{ run: make }", []],
    [
      "{ uses: actions/checkout@v5, with: { fetch-dept: 0 } }",
      ["error with.fetch-dept: actions/checkout@v5 has no input `fetch-dept`; did you mean `fetch-depth`?"],
    ],
    [
      "{ uses: actions/checkout@v5, with: { args: 0 } }",
      [expect.stringMatching(/^error with\.args: actions\/checkout@v5 has no input `args`; it has /)],
    ],
    ["{ uses: actions/upload-artifact@v4 }", ["error uses: actions/upload-artifact@v4 needs the input `path`"]],
    [
      "{ uses: actions/upload-artifact@v4, with: { name: x } }",
      ["error with: actions/upload-artifact@v4 needs the input `path`"],
    ],
    [
      "{ uses: actions/checkout@v5, with: { clean: flase } }",
      ['error with.clean: the input `clean` of actions/checkout@v5 takes true or false, not "flase"'],
    ],
    // A default of true or false does not make a boolean.
    ["{ uses: pypa/gh-action-pypi-publish@v1, with: { verbose: very } }", []],
    ["{ uses: actions/upload-artifact@v4, with: { path: x, if-no-files-found: ignore } }", []],
    [
      "{ uses: actions/upload-artifact@v4, with: { path: x, if-no-files-found: eror } }",
      [
        'error with.if-no-files-found: the input `if-no-files-found` of actions/upload-artifact@v4 takes "warn", "error" or "ignore", not "eror"',
      ],
    ],
    [
      "{ uses: actions/checkout@v5, with: { submodules: 1 } }",
      [
        'error with.submodules: the input `submodules` of actions/checkout@v5 takes true, false or "recursive", not "1"',
      ],
    ],
    [
      "{ uses: actions/cache@v4, with: { key: k, path: p, save-always: true } }",
      ["warning with.save-always: the input `save-always` of actions/cache@v4 is deprecated"],
    ],
  ])("%s", (step, want) => {
    expect(problems(step)).toEqual(want);
  });
});
