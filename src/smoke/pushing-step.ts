import type { ActionTable, KnownAction } from "../credentials/actions/action-table.ts";
import { actionVersions, isBetween } from "../credentials/actions/action-version.ts";
import type { Catalog } from "../actions/catalog.ts";
import type { Mapping, Scalar } from "../ir/node.ts";
import { UsageError } from "../ir/errors.ts";
import { actionName, parseUses } from "../ir/uses-ref.ts";
import { mapping, take, textAt } from "./plain-value.ts";

/**
 * The step that pushes, as a script: an action of the table is the commands that do the same to git.
 *
 * @throws UsageError where nobody sees what pushes
 */
export function pushingScript(step: Mapping, actions: ActionTable, catalog: Catalog): Mapping {
  if (textAt(step, "run") !== undefined) return step;
  const uses = step.entries.find(({ key }) => key.text === "uses")?.value;
  const action = uses?.kind === "scalar" ? knownAction(uses, actions, catalog) : undefined;
  if (action?.run === undefined)
    throw new UsageError(
      `\`uses: ${textAt(step, "uses") ?? ""}\` pushes, and how is not in flowkeep's table of actions: a smoke test repeats only pushes that it sees`,
    );
  const given = take(step, "with");
  const inputs = new Map(Object.entries(action.inputs ?? {}).map(([name, text]) => [name.toLowerCase(), text]));
  if (given?.kind === "mapping")
    for (const { key, value } of given.entries)
      if (value.kind === "scalar") inputs.set(key.text.toLowerCase(), value.text);
  const env = Object.entries(action.env ?? {}).map(([name, text]) => [name, withInputs(text, inputs)]);
  return mapping({
    name: take(step, "name"),
    env: mapping({ ...fieldsOf(take(step, "env")), ...Object.fromEntries(env) }),
    run: action.run,
  });
}

function fieldsOf(env: ReturnType<typeof take>) {
  return env?.kind === "mapping" ? Object.fromEntries(env.entries.map(({ key, value }) => [key.text, value])) : {};
}

function knownAction(uses: Scalar, actions: ActionTable, catalog: Catalog): KnownAction | undefined {
  const ref = parseUses(uses.text);
  if (ref.kind !== "repository") return undefined;
  const known = actions.get(actionName(ref).toLowerCase()) ?? [];
  const versions = actionVersions(ref, uses, catalog);
  if (versions.length === 0) return known.at(-1);
  return known.find(({ from, before }) => versions.some((version) => isBetween(version, from, before)));
}

/** An expression over an action's inputs with what they are given in their place. */
function withInputs(expression: string, inputs: ReadonlyMap<string, string>): string {
  const [, name] = /^inputs\.([\w-]+)$/.exec(expression) ?? [];
  if (name !== undefined) return inputs.get(name.toLowerCase()) ?? "";
  const filled = expression.replace(/\binputs\.([\w-]+)/g, (_, input: string) =>
    asOperand(inputs.get(input.toLowerCase()) ?? ""),
  );
  return `\${{ ${filled} }}`;
}

/** `${{ secrets.PAT }}` is what stands in it; a text is quoted. */
function asOperand(text: string): string {
  const [, inner] = /^\$\{\{\s*([^{}]*?)\s*\}\}$/.exec(text.trim()) ?? [];
  if (inner !== undefined) return /^[\w.-]+$/.test(inner) ? inner : `(${inner})`;
  if (text.includes("${{"))
    throw new UsageError(
      `the input \`${text}\` is made of several expressions, and the smoke test's script can take only one: ` +
        "write it as one `${{ format('…', …) }}`",
    );
  return `'${text.replaceAll("'", "''")}'`;
}
