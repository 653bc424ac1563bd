import { checkInputs } from "../actions/check-inputs.ts";
import type { KnownActions } from "../actions/resolve-interface.ts";
import { findPersisted } from "../define/check-persisted.ts";
import { checkExpressions, type PlacedProblem } from "../expressions/check-file.ts";
import { findInjections } from "../expressions/find-injections.ts";
import { printPath, type Path } from "../ir/origin.ts";
import type { Finding } from "../report/finding.ts";
import type { ConvertedSource } from "./convert-sources.ts";
import { nodeFinding, placeOf, relatedPlace, type NodeProblem, type Positions } from "./findings.ts";

/** Everything that the types check, checked again, and what only the whole file shows. */
export function checkSource(converted: ConvertedSource, known: KnownActions, positions: Positions): readonly Finding[] {
  const { source, node, problems } = converted;
  const found = [...problems, ...inputs(converted, known), ...injections(converted)];
  return [
    ...found.map((problem) => nodeFinding(problem, source.file, positions)),
    ...expressions(converted, positions),
    ...persisted(converted, positions),
  ];
}

/** The inputs of an `untyped(…)` action are nobody's to check. */
function inputs({ node, intents }: ConvertedSource, known: KnownActions): readonly NodeProblem[] {
  const untyped = new Set(
    [...intents].filter(([, { kind }]) => kind === "untyped").map(([{ path }]) => printPath(path)),
  );
  const stepOf = (path: Path): Path => path.slice(0, path.findLastIndex((part) => typeof part === "number") + 1);
  return checkInputs(node, known).filter(({ path }) => !untyped.has(printPath(stepOf(path))));
}

function expressions({ source, node, expressions }: ConvertedSource, positions: Positions): readonly Finding[] {
  return checkExpressions(node, expressions).map((problem) => {
    const { code, message, scalar, path, related } = problem;
    const severity = mayBeNew(problem) ? "warning" : "error";
    return {
      ...nodeFinding({ code, severity, message, node: scalar, path }, source.file, positions),
      related: related === undefined ? [] : relatedPlace(related, "the step that was meant stands here", positions),
    };
  });
}

/** GitHub may have added it since: what the workflow itself does not define, nobody can be sure of. */
function mayBeNew({ code, severity, scalar, end }: PlacedProblem): boolean {
  if (code !== "unknown-property" || severity === "error") return false;
  const context = /([\w-]+)(?:\.[\w*-]+|\[[^\]]*\])*$/.exec(scalar.text.slice(0, end))?.[1]?.toLowerCase();
  return context === "github" || context === "runner" || context === "job" || context === "strategy";
}

/** In TypeScript only sh`…` lets an outsider's text near a script; plain strings are held to that too. */
function injections({ node, intents }: ConvertedSource): readonly NodeProblem[] {
  return findInjections(node).flatMap(({ step, scalar, path }) => {
    const intent = step.origin && intents.get(step.origin);
    if (intent?.kind === "unsafe-script") return [];
    const isRun = step.kind === "run-step";
    return {
      code: "script-injection",
      severity: isRun ? "error" : "warning",
      message: `\`${path}\` is text that an outsider chooses, and here it becomes part of a script: ${isRun ? "write run: sh`…${value}…`, which passes it as an environment variable" : "pass it in `env`, and read `process.env` in the script"}`,
      node: scalar,
      path: scalar.origin?.path ?? [],
    } satisfies NodeProblem;
  });
}

/** The credential state of the types, on what was really defined. */
function persisted({ source, node, intents }: ConvertedSource, positions: Positions): readonly Finding[] {
  if (node.kind !== "workflow") return [];
  const jobs = node.jobs?.entries.flatMap(({ value }) => (value.kind === "job" ? [value] : [])) ?? [];
  return jobs.flatMap((job) =>
    findPersisted(job, intents).map(({ message, push, checkout }) => ({
      ruleId: "persisted-credential",
      severity: "error" as const,
      message,
      span: placeOf(push, source.file, positions),
      related: relatedPlace(checkout, "the checkout", positions),
    })),
  );
}
