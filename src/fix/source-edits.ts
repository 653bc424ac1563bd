import type { ObjectLiteralExpression } from "ts-morph";
import { openSource, UNFOUND, type SourcePlace } from "./source-tree.ts";
import { edited, refused, type Planned } from "./text-edit.ts";

/** What is to be written into a definition: `with` → `persist-credentials` → `false`. */
export interface SourceSetting extends SourcePlace {
  readonly keys: readonly string[];
  /** As TypeScript has it. */
  readonly value: string;
}

/** The edits of a TypeScript source that set something where a builder's call says it; every other byte stays. */
export async function sourceEdits(text: string, setting: SourceSetting): Promise<Planned> {
  const { findCall, follow, asObject, assignmentOf, isShorthand } = await openSource(text);
  const call = findCall(setting.offset);
  if (call === undefined) return refused(UNFOUND);
  const [first, second] = call.getArguments();
  if (setting.builder === "uses") {
    if (first === undefined) return refused(UNFOUND);
    if (second === undefined) {
      const end = first.getEnd();
      return edited({ start: end, end, text: `, { ${nested(setting.keys, setting.value)} }` });
    }
    return setBelow(asObject(second), setting.keys, setting.value);
  }
  const depth = { job: 2, workflow: 0 }[setting.builder];
  if (depth === undefined) return refused(`what \`${setting.builder}\` is given is not edited`);
  const target = follow(first, setting.path.slice(depth));
  return setBelow(asObject(target), setting.keys, setting.value);

  function setBelow(object: ObjectLiteralExpression | undefined, keys: readonly string[], value: string): Planned {
    const [key, ...rest] = keys;
    if (object === undefined || key === undefined) return refused(UNFOUND);
    if (isShorthand(object, key)) return refused(`\`${key}\` is written as a variable`);
    const assignment = assignmentOf(object, key);
    const initializer = assignment?.getInitializer();
    if (initializer === undefined) return addTo(object, nested(keys, value));
    if (rest.length > 0) return setBelow(asObject(initializer), rest, value);
    return edited({ start: initializer.getStart(), end: initializer.getEnd(), text: value });
  }

  /** Behind the last entry: on its line, or on one of its own where the others have theirs. */
  function addTo(object: ObjectLiteralExpression, written: string): Planned {
    const last = object.getProperties().at(-1);
    if (last === undefined) return edited({ start: object.getStart(), end: object.getEnd(), text: `{ ${written} }` });
    const close = object.getEnd() - 1;
    const [, gap = "", comma] =
      /^((?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/)*)(,)?/.exec(text.slice(last.getEnd(), close)) ?? [];
    const end = last.getEnd() + (comma === undefined ? 0 : gap.length + 1);
    const isOnLines = /[\r\n]/.test(text.slice(last.getEnd(), close));
    if (!isOnLines) return edited({ start: end, end, text: `${comma === undefined ? "," : ""} ${written}` });
    const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
    const lineStart = text.lastIndexOf("\n", last.getStart()) + 1;
    const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? "";
    const line = `${lineBreak}${indent}${written}`;
    // A comment behind the last entry stays on its line.
    const rest = /^[ \t]*(?:\/\/[^\r\n]*)?/.exec(text.slice(end))?.[0] ?? "";
    if (comma !== undefined) return edited({ start: end + rest.length, end: end + rest.length, text: `${line},` });
    return rest.trim() === ""
      ? edited({ start: end, end, text: `,${line}` })
      : edited({ start: end, end, text: "," }, { start: end + rest.length, end: end + rest.length, text: line });
  }
}

/** `with: { "persist-credentials": false }` */
function nested([key = "", ...rest]: readonly string[], value: string): string {
  const name = /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
  return `${name}: ${rest.length === 0 ? value : `{ ${nested(rest, value)} }`}`;
}
