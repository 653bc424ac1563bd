import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Fact } from "../../src/consequences/facts/fact.ts";
import { FACTS } from "../../src/consequences/facts/facts.ts";

it("every fact has a source, and a sentence of its own", () => {
  const facts: readonly Fact[] = Object.values(FACTS);
  expect(facts.filter(({ sources }) => sources.length === 0)).toEqual([]);
  expect(facts.filter(({ text }) => !text.endsWith("."))).toEqual([]);
  expect(new Set(facts.map(({ text }) => text)).size).toBe(facts.length);
});

it("every answer that names a fact names one that there is", () => {
  const folder = join(import.meta.dirname, "../../src/consequences");
  const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.startsWith("facts"))
    .map((file) => readFileSync(join(folder, file), "utf8"));
  const named = new Set(texts.flatMap((text) => text.match(/\b(?:RS|BP|TR|WF|PM|LT|SG)-\d{3}\b/g) ?? []));
  expect(named.size).toBeGreaterThan(30);
  expect([...named].filter((id) => !Object.hasOwn(FACTS, id))).toEqual([]);
});
