import type { PushAction } from "../../define/push/push-action.ts";
import { parse } from "../../expressions/parse.ts";
import { nearestName } from "../../ir/suggest.ts";
import type { Path } from "../../ir/origin.ts";
import { parseScript } from "../../shell/parse-script.ts";

/** What is wrong with an entry of the config's `pushActions`, and where in the list. */
interface PushActionProblem {
  readonly path: Path;
  readonly message: string;
}

/** Looks at the config's `pushActions`; it may come from JavaScript or JSON. */
export function checkPushActions(value: unknown): readonly PushActionProblem[] {
  if (!Array.isArray(value)) return [{ path: [], message: `\`pushActions\` is a list of ${SHAPE}` }];
  return value.flatMap((entry: unknown, at) =>
    checkEntry(entry).map(({ path, message }) => ({ path: [at, ...path], message: `\`pushActions\`: ${message}` })),
  );
}

const SHAPE = '{ uses: "owner/name", run: "git push origin" }';

function checkEntry(entry: unknown): readonly PushActionProblem[] {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry))
    return [{ path: [], message: `each is an object: ${SHAPE}` }];
  const found = Object.entries(entry).flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (isField(key)) return FIELDS[key](value).map((problem) => ({ ...problem, path: [key, ...problem.path] }));
    const near = nearestName(key, Object.keys(FIELDS));
    const hint = near === undefined ? `known: ${Object.keys(FIELDS).join(", ")}` : `did you mean \`${near}\`?`;
    return [{ path: [key], message: `there is no \`${key}\`; ${hint}` }];
  });
  if (!("uses" in entry) || entry.uses === undefined)
    return [{ path: [], message: `each names an action: ${SHAPE}` }, ...found];
  return found.length > 0 ? found : checkOrder(entry);
}

/** By field: what is wrong with a value. */
const FIELDS = {
  uses: (value) => {
    if (typeof value === "string" && /^[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?$/.test(value)) return [];
    const hint = typeof value === "string" && value.includes("@") ? "; versions stand in `from` and `before`" : "";
    return here(`\`uses\` is an action's name without a version: "owner/name"${hint}`);
  },
  from: checkVersion,
  before: checkVersion,
  inputs: checkTexts,
  env: (value) => {
    const wrong = checkTexts(value);
    if (wrong.length > 0) return wrong;
    return Object.entries(value as Readonly<Record<string, string>>).flatMap(([name, text]) => {
      if (!/^[A-Za-z_]\w*$/.test(name)) return [{ path: [name], message: `\`${name}\` is no name of a variable` }];
      const parsed = parse(text);
      if (parsed.kind === "expression") return [];
      const why = parsed.kind === "empty" ? "it is empty" : parsed.problem.message;
      const hint = text.includes("${{") ? "it stands there without `${{ }}`" : why;
      return [{ path: [name], message: `\`env\`: \`${name}\` is no expression: ${hint}` }];
    });
  },
  run: (value) => {
    if (typeof value !== "string") return here("`run` is a script for bash");
    const script = parseScript(value, { hasExpressions: false });
    return script.kind === "unreadable" ? here(`\`run\` is no script for bash: ${script.reason}`) : [];
  },
  mints: (value) =>
    Array.isArray(value) && value.every((name) => typeof name === "string" && name !== "")
      ? []
      : here('`mints` is a list of outputs: ["token"]'),
  source: (value) => (typeof value === "string" ? [] : here("`source` is a text")),
} as const satisfies Record<keyof PushAction, (value: unknown) => readonly PushActionProblem[]>;

function isField(key: string): key is keyof PushAction {
  return Object.hasOwn(FIELDS, key);
}

function checkVersion(value: unknown): readonly PushActionProblem[] {
  return typeof value === "string" && VERSION.test(value) ? [] : here('a version is a tag: "v2", "v2.1", "2.1.0"');
}

const VERSION = /^v?\d+(?:\.\d+){0,2}$/;

function checkTexts(value: unknown): readonly PushActionProblem[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return here("this is an object of texts");
  return Object.entries(value).flatMap(([name, text]) =>
    typeof text === "string" ? [] : [{ path: [name], message: `\`${name}\` is a text` }],
  );
}

function here(message: string): readonly PushActionProblem[] {
  return [{ path: [], message }];
}

function checkOrder(entry: object): readonly PushActionProblem[] {
  const { from, before } = entry as Partial<PushAction>;
  if (from === undefined || before === undefined || compare(from, before) < 0) return [];
  return [{ path: ["before"], message: `no version is from ${from} on and before ${before}` }];
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.replace(/^v/, "").split(".").map(Number));
  for (const at of [0, 1, 2]) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
