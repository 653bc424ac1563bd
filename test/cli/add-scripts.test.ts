import { describe, expect, it } from "vitest";
import { addScripts } from "../../src/cli/setup/add-scripts.ts";

describe("addScripts", () => {
  it.each([
    ["no scripts", '{\n  "name": "x"\n}\n', '{\n  "name": "x",\n  "scripts": {\n    "a": "b"\n  }\n}\n'],
    ["an empty object", "{}", '{\n  "scripts": {\n    "a": "b"\n  }\n}'],
    ["empty scripts", '{\n\t"scripts": {}\n}', '{\n\t"scripts": {\n\t\t"a": "b"\n\t}\n}'],
    [
      "other scripts",
      '{\n  "scripts": {\n    "z": "y"\n  }\n}',
      '{\n  "scripts": {\n    "z": "y",\n    "a": "b"\n  }\n}',
    ],
    ["Windows' line ends", '{\r\n  "scripts": {}\r\n}\r\n', '{\r\n  "scripts": {\r\n    "a": "b"\r\n  }\r\n}\r\n'],
    [
      "braces in texts",
      '{\n  "d": "}{\\"",\n  "x": { "scripts": {} },\n  "scripts": {}\n}',
      '{\n  "d": "}{\\"",\n  "x": { "scripts": {} },\n  "scripts": {\n    "a": "b"\n  }\n}',
    ],
    ["the script itself", '{"scripts":{"a":"mine"}}', '{"scripts":{"a":"mine"}}'],
  ])("adds to %s", (_, before, after) => {
    expect(addScripts(before, { a: "b" })).toBe(after);
    expect(() => JSON.parse(after) as unknown).not.toThrow();
  });

  it.each(["", "[]", "{", '{"scripts": 3}'])("leaves %j alone", (text) => {
    expect(addScripts(text, { a: "b" })).toBeUndefined();
  });
});
