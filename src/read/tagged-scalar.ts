import type { ScalarValue } from "../ir/node.ts";
import { plainValue } from "./plain-value.ts";

/** What a scalar is worth to GitHub, and why GitHub refuses the whole file for it. */
export interface TaggedScalar {
  readonly value: ScalarValue;
  readonly refusal: { readonly code: "unknown-tag" | "bad-number"; readonly message: string } | undefined;
}

/** YAML's own tags for what stands without quotes, and what each of them wants. */
const KINDS: Readonly<Record<string, { readonly name: string; readonly is: (value: ScalarValue) => boolean }>> = {
  "!!bool": { name: "neither true nor false", is: (value) => typeof value === "boolean" },
  "!!int": { name: "no whole number", is: (value) => typeof value === "number" },
  "!!float": { name: "no number", is: (value) => typeof value === "number" },
  "!!null": { name: "not null", is: (value) => value === null },
};

/** GitHub reads hexadecimal and octal numbers into 32 bits. */
const LARGEST = 0xffffffff;

/**
 * Reads a scalar as GitHub's server does, which knows the tags of YAML's core schema and no others: actions/runner,
 * src/Sdk/WorkflowParser/Conversion/YamlObjectReader.cs, `AllowLiteral`.
 *
 * @param tag as it is written, with `!!` for YAML's own; undefined: none
 * @param written the tag and what follows it, as they stand in the file
 */
export function taggedScalar(
  source: string,
  isPlain: boolean,
  tag: string | undefined,
  written: () => string,
): TaggedScalar {
  const value = isPlain && tag !== "!!str" ? plainValue(source) : source;
  if (tag === undefined) return { value, refusal: isTooLarge(source, value) ? tooLarge(source) : undefined };
  if (tag === "!!str") return { value, refusal: undefined };
  const kind = KINDS[tag];
  const refuse = (message: string): TaggedScalar => ({ value: source, refusal: { code: "unknown-tag", message } });
  if (kind === undefined) return refuse(tagRefusal(written()));
  if (!isPlain) return refuse(`GitHub reads ${tag} only before a text without quotes`);
  return kind.is(value) ? { value, refusal: undefined } : refuse(`\`${source}\` is ${kind.name}, as ${tag} says`);
}

/** Why a text that begins with `!` is none, and what to write instead. */
export function tagRefusal(written: string): string {
  const why = "`!` begins a YAML tag, for which GitHub refuses the file";
  if (CONDITION.test(written)) return `${why}: write \${{ ${written} }}`;
  const quoted = /^[^'\n]*$/.test(written) ? `: '${written}'` : "";
  return `${why}: put the text into quotes${quoted}`;
}

/** `!cancelled()`, `!inputs.dry`, `!a && b`; not the pattern `!docs/**`. */
const CONDITION =
  /^!\s*(?:\(|[A-Za-z]+\s*\(|(?:github|env|vars|needs|steps|inputs|matrix|job|runner|strategy)\b[^/]*$)[^\n]*$/;

/** Whether GitHub cannot read it, though it looks like a number to YAML. */
export function isTooLarge(source: string, value: ScalarValue): boolean {
  return typeof value === "number" && value > LARGEST && /^0[xo]/.test(source);
}

function tooLarge(source: string): TaggedScalar["refusal"] {
  const message = `YAML reads \`${source}\` as a number, which is too large for GitHub: put it into quotes`;
  return { code: "bad-number", message };
}
