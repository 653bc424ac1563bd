import { placeInJson, placeOfSyntaxError } from "../../actions/place-in-json.ts";
import { readProtections } from "../../consequences/rulesets/read-protections.ts";
import type { Protections } from "../../consequences/rulesets/ruleset.ts";
import type { Config } from "../../define/define-config.ts";
import { ReadError } from "../../ir/errors.ts";
import { printPath } from "../../ir/origin.ts";
import { pointAt } from "../../load/source-errors.ts";
import { readText } from "../read-text.ts";

export interface ReadRulesets {
  /** Undefined where the config names none. */
  readonly protections: Protections | undefined;
  readonly errors: readonly ReadError[];
}

/** Reads the rulesets that a config names, or holds itself. */
export async function readRulesets(
  root: string,
  { rulesets }: Pick<Config, "rulesets">,
  configFile = "flowkeep.config.ts",
): Promise<ReadRulesets> {
  if (rulesets === undefined) return { protections: undefined, errors: [] };
  const read = await Promise.all(
    rulesets.map((given, at) =>
      typeof given === "string" ? readOne(root, given) : readGiven(given, `rulesets[${at}]`, configFile),
    ),
  );
  const errors = read.flatMap((one) => one.errors);
  const protections = read.flatMap((one) => one.protections ?? []);
  return {
    // Half of the rules would say that a push is accepted.
    protections:
      errors.length > 0
        ? undefined
        : {
            rulesets: protections.flatMap((one) => one.rulesets),
            classic: protections.flatMap((one) => one.classic),
          },
    errors,
  };
}

async function readOne(root: string, file: string): Promise<ReadRulesets> {
  const text = await readText(root, file);
  const fail = (...errors: readonly ReadError[]): ReadRulesets => ({ protections: undefined, errors });
  if (text === undefined)
    return fail(new ReadError("there is no such file, and the config's `rulesets` names it", pointAt({ file })));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail(new ReadError(`this is no JSON: ${error.message}`, await placeOfSyntaxError(text, file, error)));
  }
  const read = readProtections(value);
  if (read.kind === "read") return { protections: read.protections, errors: [] };
  return fail(
    ...(await Promise.all(
      read.problems.map(async ({ path, message }) => new ReadError(message, await placeInJson(text, file, path))),
    )),
  );
}

function readGiven(given: object, where: string, configFile: string): ReadRulesets {
  const read = readProtections(given);
  if (read.kind === "read") return { protections: read.protections, errors: [] };
  return {
    protections: undefined,
    errors: read.problems.map(({ path, message }) => {
      const place = printPath(path);
      return new ReadError(`${where}${place === "" ? "" : `.${place}`}: ${message}`, pointAt({ file: configFile }));
    }),
  };
}
