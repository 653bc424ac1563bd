import { expect, test } from "vitest";
import { scalar } from "../../src/ir/node.ts";
import { repeatedKeys } from "../../src/ir/check/repeated-keys.ts";

const entriesOf = (...keys: readonly string[]) =>
  keys.map((key) => ({ key: scalar<string>(key), value: scalar("x" as const) }));
const namesOf = (...keys: readonly string[]) =>
  [...(repeatedKeys(entriesOf(...keys)) ?? [])].map(([key, first]) => [key.text, first.text]);
const many = Array.from({ length: 40 }, (_, at) => `KEY_${at}`);

test.each([
  [["a", "b", "c"], []],
  [["a", "b", "A", "a"], [["A", "a"], ["a", "a"]]],
  [["\u0130", "i\u0307"], [["i\u0307", "\u0130"]]],
  [many, []],
  [[...many, "key_7"], [["key_7", "KEY_7"]]],
])("%j", (keys, repeats) => {
  expect(namesOf(...keys)).toEqual(repeats);
}); // prettier-ignore
