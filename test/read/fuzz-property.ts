import fc from "fast-check";
import { expect } from "vitest";
import { emitFile } from "../../src/emit/emit-file.ts";
import type { FileNode } from "../../src/ir/any-node.ts";
import { firstDifference } from "../../src/ir/compare.ts";
import { ReadError } from "../../src/ir/errors.ts";
import { spanInScalar } from "../../src/ir/scalar-places.ts";
import type { Span } from "../../src/ir/span.ts";
import { walk } from "../../src/ir/walk.ts";
import { readFile } from "../../src/read/read-file.ts";
import { grownText, mutatedText } from "./mutated-texts.ts";
import { startProcessorTime } from "../processor-time.ts";

/** Whatever the text is: no crash, places that lie in it, no long wait; and what can be read can be written and read again. */
export function checkReader(numRuns: number): void {
  fc.assert(
    fc.property(fc.oneof(mutatedText, grownText), (text) => {
      const used = startProcessorTime();
      const { node, problems, expressions, source } = readFile("fuzz.yml", text);
      expect(used()).toBeLessThan(2000);
      const isInside = (span: Span | undefined) =>
        span === undefined ||
        (span.file === source && 0 <= span.start && span.start <= span.end && span.end <= text.length);
      expect(problems.every(({ span }) => isInside(span))).toBe(true);
      if (node === undefined) {
        expect(problems.some(({ severity }) => severity === "error")).toBe(true);
        return;
      }
      walk(node, ({ span }) => expect(isInside(span)).toBe(true));
      for (const { scalar } of expressions) expect(isInside(spanInScalar(scalar, 0, scalar.text.length))).toBe(true);
      const emitted = emit(node);
      if (emitted === undefined) return;
      const again = readFile("fuzz.yml", emitted);
      expect(again.node && firstDifference(node, again.node)).toBeUndefined();
      expect(again.node).toBeDefined();
    }),
    { numRuns },
  );
}

/** Undefined for what YAML has no way to write: half a surrogate pair. */
function emit(node: FileNode): string | undefined {
  try {
    return emitFile(node, { source: "fuzz.ts" }).text;
  } catch (error) {
    if (error instanceof ReadError) return undefined;
    throw error;
  }
}
