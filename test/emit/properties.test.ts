import { describe, it } from "vitest";
import { hold, properties } from "./properties.ts";

// The same trees in each run: `npm run test:long` tries others.
const SEED = 20261122;

describe("for any tree", () => {
  for (const [name, property] of Object.entries(properties)) {
    it(name, () => hold(property, name.includes("prettier") ? 100 : 500, SEED));
  }
});
