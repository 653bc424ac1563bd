import { hasExpression } from "../expression-text.ts";
import type { Mapping, Scalar } from "../node.ts";
import type { Path } from "../origin.ts";
import { nearestName } from "../suggest.ts";
import type { Report } from "../syntax-problem.ts";
import type { CallJob, Filters, InputDefinition, On, SecretDefinition, Workflow } from "../workflow.ts";

/** Whether a call hands over what the called workflow declares: all that is required, and nothing else. */
export function checkCall(job: CallJob, callee: Workflow, path: Path, report: Report): void {
  const called = callee.on === undefined ? undefined : callDefinition(callee.on);
  const place = job.uses ?? job;
  if (called === undefined) {
    report("bad-value", "this workflow cannot be called: write `workflow_call:` under its `on`", place, [
      ...path,
      "uses",
    ]);
    return;
  }
  const filters = called === "bare" ? undefined : called;
  const given = job.with?.kind === "mapping" ? job.with : undefined;
  checkNames("input", given, filters?.inputs, place, [...path, "with"], report);
  if (job.secrets?.kind !== "scalar") {
    checkNames("secret", job.secrets, filters?.secrets, place, [...path, "secrets"], report);
  }
}

/** What stands under `workflow_call`, `bare` where nothing does; undefined where the workflow has no such event. */
function callDefinition(on: On): Filters | "bare" | undefined {
  if (on.kind !== "mapping") {
    const events = on.kind === "scalar" ? [on] : on.items;
    return events.some((event) => event.text === "workflow_call") ? "bare" : undefined;
  }
  const entry = on.entries.find(({ key }) => key.text === "workflow_call");
  if (entry === undefined) return undefined;
  return entry.value.kind === "filters" ? entry.value : "bare";
}

function checkNames(
  what: "input" | "secret",
  given: Mapping<Scalar> | undefined,
  declared: Filters["inputs"] | Filters["secrets"],
  place: Scalar | CallJob,
  path: Path,
  report: Report,
): void {
  const where = what === "input" ? "with" : "secrets";
  // Names count without regard to case: docs.github.com, "Reusing workflows".
  const definitions = new Map<string, Definition>();
  if (declared?.kind === "mapping") {
    for (const { key, value } of declared.entries) definitions.set(key.text.toLowerCase(), { name: key.text, value });
  }
  const names = new Set(given?.entries.map(({ key }) => key.text.toLowerCase()));
  for (const [folded, { name, value }] of definitions) {
    if (!("required" in value) || value.required?.value !== true || names.has(folded)) continue;
    report(
      "missing-key",
      `the called workflow requires the ${what} \`${name}\`: give it under \`${where}\``,
      place,
      path,
    );
  }
  for (const { key, value } of given?.entries ?? []) {
    const definition = definitions.get(key.text.toLowerCase())?.value;
    if (definition === undefined) {
      const near = nearestName(
        key.text,
        [...definitions.values()].map(({ name }) => name),
      );
      const hint = near === undefined ? "" : `; did you mean \`${near}\`?`;
      report("unknown-key", `the called workflow declares no ${what} \`${key.text}\`${hint}`, value, [
        ...path,
        key.text,
      ]);
    } else if (definition.kind === "input-definition" && isOtherType(definition.type?.text, value)) {
      const message = `the called workflow declares \`${key.text}\` as a ${definition.type?.text}; this is \`${value.text}\``;
      report("wrong-type", message, value, [...path, key.text]);
    }
  }
}

/** A text takes anything: `5` is `"5"`. */
function isOtherType(type: string | undefined, { value, text }: Scalar): boolean {
  return (type === "boolean" || type === "number") && !hasExpression(text) && typeof value !== type;
}

interface Definition {
  readonly name: string;
  readonly value: InputDefinition | SecretDefinition | Scalar;
}
