import { test } from "vitest";
import { checkReader } from "../read/fuzz-property.ts";

test("10,000 damaged files", { timeout: 600_000 }, () => {
  checkReader(10_000);
});
