import { test } from "vitest";
import { checkReader } from "./fuzz-property.ts";

test("500 damaged files", () => {
  checkReader(500);
});
