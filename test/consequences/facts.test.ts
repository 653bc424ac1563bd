import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Fact } from "../../src/consequences/facts/fact.ts";
import { FACTS, type FactId } from "../../src/consequences/facts/facts.ts";
import withoutASay from "./facts-without-a-say.json" with { type: "json" };
import gathered from "./push-acceptance.json" with { type: "json" };

const facts: Readonly<Record<string, Fact>> = FACTS;

/** What the answers name, in the code that gives them. */
const folder = join(import.meta.dirname, "../../src/consequences");
const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.startsWith("facts"))
  .map((file) => readFileSync(join(folder, file), "utf8"));
const named = new Set(texts.flatMap((text) => text.match(/\b(?:RS|BP|TR|WF|PM|LT|SG)-\d{3}\b/g) ?? []));

it("every fact has a source, and a sentence of its own", () => {
  const all = Object.values(facts);
  expect(all.filter(({ sources }) => sources.length === 0)).toEqual([]);
  expect(all.filter(({ text }) => !text.endsWith("."))).toEqual([]);
  expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
});

it("every answer that names a fact names one that there is, and every fact is named by an answer", () => {
  expect([...named].filter((id) => !Object.hasOwn(facts, id))).toEqual([]);
  expect(Object.keys(facts).filter((id) => !named.has(id))).toEqual([]);
});

it("every fact that was gathered is carried, or has no say for a reason that is told", () => {
  const reasons: Readonly<Record<string, string>> = withoutASay;
  expect(gathered).toHaveLength(164);
  for (const { id } of gathered) {
    expect([id, Object.hasOwn(facts, id) !== Object.hasOwn(reasons, id)]).toEqual([id, true]);
    if (!Object.hasOwn(facts, id)) expect(reasons[id]?.length).toBeGreaterThan(20);
  }
});

it("what sources contradict each other about is disputed here, too", () => {
  const conflicting = gathered.filter(({ confidence }) => confidence === "conflicting").map(({ id }) => id);
  const carried = conflicting.filter((id): id is FactId => Object.hasOwn(facts, id));
  expect(carried.length).toBeGreaterThan(8);
  expect(carried.filter((id) => FACTS[id].standing !== "disputed")).toEqual([]);
});
