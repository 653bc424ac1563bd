import type { Value } from "../../ir/node.ts";
import { isActionFile, readFile, type ReadResult } from "../read-file.ts";
import { knownGap } from "./known-gaps.ts";
import type { OfficialError } from "./run-parser.ts";
import { officialPlaces } from "./error-places.ts";
import { problemAt } from "../parse-yaml.ts";
import type { ReadProblem } from "../read-problem.ts";

/**
 * What GitHub's own parser, `@actions/workflow-parser`, has against a file: a second opinion beside `readFile`'s. What the parser
 * is known to be wrong about is a warning that says so.
 *
 * @example
 * const problems = await officialProblems(".github/workflows/ci.yml", text);
 */
export async function officialProblems(path: string, text: string): Promise<readonly ReadProblem[]> {
  const ours = readFile(path, text);
  const { source } = ours;
  const limit = limitOf(ours);
  if (limit !== undefined) {
    return [problemAt(source, "official", `GitHub's parser was not asked: ${limit}`, 0, 0, "warning")];
  }
  const errors = await askParser(ours);
  // Of a file that our reader refuses as a whole nothing is doubted.
  const isRead = ours.node !== undefined;
  const placeOf = officialPlaces(source, ours.value);
  return withoutEchoes(errors).map((error) => {
    const { start, end, isReadRaw } = placeOf(error);
    const message = `GitHub's parser: ${withoutFrame(error.message)}`;
    const here = ours.problems.filter(({ span }) => span.start === start);
    const gap = isRead ? knownGap(error.message, isReadRaw, here) : undefined;
    return gap === undefined
      ? problemAt(source, "official", message, start, end)
      : problemAt(source, "official", `${message}; ${gap}`, start, end, "warning");
  });
}

async function askParser({ source, node, value }: ReadResult): Promise<readonly OfficialError[]> {
  const isAction = node === undefined ? isActionFile(source.path, value) : node.kind === "action-file";
  // Its modules take a tenth of a second to load.
  const { officialErrors } = await import("./run-parser.ts");
  return officialErrors(source.path, source.text, isAction);
}

/** About what the parser looks at in a second: for each alias it looks through the whole file. */
const MOST_LOOKS = 10_000_000;

/** Why the parser is not asked; it has no limits of its own. */
function limitOf({ problems, value }: ReadResult): string | undefined {
  const large = problems.find(({ code }) => ["too-many-aliases", "too-deep", "too-large"].includes(code));
  if (large !== undefined || value === undefined) return large?.message;
  const { nodes, aliases } = countNodes(value);
  return nodes * aliases > MOST_LOOKS ? "the file has so many aliases that it would take very long" : undefined;
}

/** With the content of aliases. How many that may be has been limited. */
function countNodes(value: Value): { readonly nodes: number; readonly aliases: number } {
  const below = value.kind === "sequence" ? value.items : value.kind === "mapping" ? valuesOf(value) : [];
  let nodes = 1;
  let aliases = value.alias === undefined ? 0 : 1;
  for (const child of below) {
    const counted = countNodes(child);
    nodes += counted.nodes;
    aliases += counted.aliases;
  }
  return { nodes, aliases };
}

function valuesOf({ entries }: Extract<Value, { kind: "mapping" }>): readonly Value[] {
  return entries.flatMap(({ key, value }) => [key, value]);
}

/** Once the YAML is wrong, each token that follows is unexpected; the first of them says it. */
function withoutEchoes(errors: readonly OfficialError[]): readonly OfficialError[] {
  const isEcho = ({ message }: OfficialError) => /^Unexpected .* token in YAML (?:stream|document)/.test(message);
  const first = errors.findIndex(isEcho);
  return errors.filter((error, index) => index === first || !isEcho(error));
}

/** Errors of the `yaml` package end with the place and the lines around it. */
function withoutFrame(message: string): string {
  return message.replace(/ at line \d+, column \d+:?\n[^]*$/, "");
}
