import { expect, test } from "vitest";
import { camelCase, Identifiers, pascalCase } from "../../src/import/identifiers.ts";

test.each([
  ["build", "build"],
  ["build-docs", "buildDocs"],
  ["Build Docs", "buildDocs"],
  ["CI", "ci"],
  ["CIBuild", "ciBuild"],
  ["URLs", "urLs"],
  ["x86_64", "x86_64"],
  ["2fa", "_2fa"],
  ["--", ""],
  ["codeql-action/init", "codeqlActionInit"],
])("%j as a name is %j", (words, name) => {
  expect(camelCase(words)).toBe(name);
});

test("types' names begin with a capital letter", () => {
  expect(pascalCase("fetch-depth")).toBe("FetchDepth");
});

test("each name is given once, none is a keyword, and none hides an import", () => {
  const names = new Identifiers(["run", "job"]);
  expect(names.take("build", "buildJob")).toBe("build");
  expect(names.take("build", "buildJob")).toBe("buildJob");
  expect(names.take("build", "buildJob")).toBe("build2");
  expect(names.take("run", "runJob")).toBe("runJob");
  expect(names.take("default")).toBe("default2");
  expect(names.take("", "")).toBe("value");
  expect(names.take("")).toBe("value2");
});
