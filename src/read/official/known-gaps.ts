import type { ReadProblem } from "../read-problem.ts";

/** What version 0.3.61 of the parser refuses and GitHub takes, and why it is known: docs/reader-disagreements.md. */
const GAPS: readonly { readonly message: RegExp; readonly because: string }[] = [
  { message: /^Unexpected value '/, because: "GitHub takes this, and its published parser does not know it yet" },
  { message: /^Invalid cron expression/, because: "GitHub does run such schedules" },
  { message: /while reading 'input default'/, because: "GitHub takes any text, number or boolean there" },
  { message: /^Job '.*' depends on unknown job/, because: "GitHub compares ids without regard to case" },
  { message: /^A mapping was not expected/, because: "GitHub takes a mapping there" },
  { message: /'BasicExpressionToken' encountered/, because: "GitHub evaluates what stands there for a mapping" },
  { message: /^Required property is missing: (?:name|description)$/, because: "only the Marketplace needs one" },
  {
    message: /^Expected a scalar value, a sequence, or a mapping/,
    because: "it finds no value behind a key of { }, where GitHub takes one for nothing",
  },
  { message: /^Exceeded max expression depth/, because: "GitHub counts no brackets" },
  {
    message: /^raw\.indexOf is not a function/,
    because: "this is a mistake of its own about keys that are numbers or booleans",
  },
  {
    message: /^The workflow must contain at least one job with no dependencies/,
    because: "it follows from what it has refused above",
  },
];

const READ_RAW = "it has read the quotes and escapes of this text as a part of the expression, which GitHub does not";

/** Errors of the `yaml` package end with the place, unlike the parser's own. Our reader uses the same package. */
const OF_YAML = / at line \d+, column \d+(?::|$)/;
const INDENTED = "GitHub takes the lines of a text in quotes, and of [ ] and { }, however far they are indented";

/**
 * Why an error need not be believed; undefined where it should be. `isReadRaw`: it is about an expression that the parser read
 * without undoing what YAML does to it. `ours`: what our reader, which follows GitHub's server, has against the same place of
 * a file that it reads.
 */
export function knownGap(message: string, isReadRaw: boolean, ours: readonly ReadProblem[]): string | undefined {
  if (OF_YAML.test(message)) return INDENTED;
  if (ours.some(({ severity, code }) => severity === "error" || code === "unknown-key")) return undefined;
  return isReadRaw ? READ_RAW : GAPS.find((gap) => gap.message.test(message))?.because;
}
