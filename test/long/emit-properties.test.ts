import { describe, it } from "vitest";
import { hold, properties } from "../emit/properties.ts";

describe("for any tree", () => {
  for (const [name, property] of Object.entries(properties)) {
    it(name, () => hold(property, name.includes("prettier") ? 3_000 : 20_000), 600_000);
  }
});
