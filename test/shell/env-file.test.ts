import { describe, expect, it } from "vitest";
import { readEnvFile } from "../../src/shell/env-file.ts";
import { literal, reference, textOf, unknown, type TextValue } from "../../src/shell/value.ts";
import { showValue } from "./show.ts";

const pieces = (...texts: readonly TextValue[]): TextValue => textOf(texts.flatMap(({ fragments }) => fragments));

describe("readEnvFile", () => {
  it.each([
    [literal("A=b\nC=d=e\n"), ["A: b", "C: d=e"], undefined],
    [
      pieces(literal("URL=https://x:"), reference("PAT"), literal("@h\nB=c")),
      ["URL: https://x:<PAT>@h", "B: c"],
      undefined,
    ],
    [literal("A<<EOF\nb\n\nc\nEOF\nD=e\n"), ["A: b⏎⏎c", "D: e"], undefined],
    [literal("A=b<<c\n"), ["A: b<<c"], undefined],
    [
      pieces(literal("A<<"), unknown("random"), literal("\nx\n"), unknown("random"), literal("\nB=c\n")),
      ["A: x", "B: c"],
      undefined,
    ],
    [literal("A<<EOF\nb\n"), [], "the block of A has no end that is known"],
    [pieces(literal("A=b\n"), unknown("computed"), literal("=c\n")), ["A: b"], "computed"],
    [pieces(reference("X"), literal("=c")), [], "a line's name is not known"],
    [literal("A=\r\nB=c\r\n"), ["A: ", "B: c"], undefined],
    [literal(""), [], undefined],
  ])("%#", (text, wanted, reason) => {
    const file = readEnvFile(text);
    expect(file.entries.map(({ name, value }) => `${name}: ${showValue(value)}`)).toEqual(wanted);
    expect(file.reason).toBe(reason);
  });
});
