import type { ArrayLiteralExpression, Expression, Node, ObjectLiteralExpression, SourceFile } from "ts-morph";
import type { Path } from "../ir/origin.ts";
import { edited, refused, type Planned } from "./text-edit.ts";

/** What is to be written into a definition: `with` → `persist-credentials` → `false`. */
export interface SourceSetting {
  /** The builder whose call the definition comes from, and where its name stands. */
  readonly builder: string;
  readonly offset: number;
  /** The node's path in its file: `["jobs", "build", "steps", 2]`. */
  readonly path: Path;
  readonly keys: readonly string[];
  /** As TypeScript has it. */
  readonly value: string;
}

/** The edits of a TypeScript source that set something where a builder's call says it; every other byte stays. */
export async function sourceEdits(text: string, setting: SourceSetting): Promise<Planned> {
  const { Project, SyntaxKind } = await import("ts-morph");
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { allowJs: true },
  });
  const file = project.createSourceFile("/source.ts", text);
  const call = findCall(file, setting.offset);
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

  function findCall(source: SourceFile, offset: number) {
    const name = source.getDescendantAtPos(offset);
    const found = name?.getFirstAncestorByKind(SyntaxKind.CallExpression);
    return found !== undefined && found.getExpression().getStart() <= offset && offset <= found.getExpression().getEnd()
      ? found
      : undefined;
  }

  function follow(from: Node | undefined, path: Path): Node | undefined {
    let at = from;
    for (const part of path) {
      const value = unwrap(at);
      at =
        typeof part === "number"
          ? itemAt(value?.asKind(SyntaxKind.ArrayLiteralExpression), part)
          : valueOf(asObject(value), part);
    }
    return at;
  }

  function itemAt(list: ArrayLiteralExpression | undefined, index: number): Expression | undefined {
    const items = list?.getElements() ?? [];
    // What is spread in front has a length that nobody sees.
    const isClear = items.slice(0, index + 1).every((item) => item.getKind() !== SyntaxKind.SpreadElement);
    return isClear ? items[index] : undefined;
  }

  function valueOf(object: ObjectLiteralExpression | undefined, name: string): Expression | undefined {
    return assignmentOf(object, name)?.getInitializer();
  }

  function assignmentOf(object: ObjectLiteralExpression | undefined, name: string) {
    const found = object
      ?.getProperties()
      .find((property) => property.asKind(SyntaxKind.PropertyAssignment) !== undefined && nameOf(property) === name);
    return found?.asKind(SyntaxKind.PropertyAssignment);
  }

  function nameOf(property: Node): string | undefined {
    const name = property.asKind(SyntaxKind.PropertyAssignment)?.getNameNode();
    return name?.asKind(SyntaxKind.StringLiteral)?.getLiteralText() ?? name?.getText();
  }

  function unwrap(node: Node | undefined): Node | undefined {
    const inner =
      node?.asKind(SyntaxKind.SatisfiesExpression) ??
      node?.asKind(SyntaxKind.AsExpression) ??
      node?.asKind(SyntaxKind.ParenthesizedExpression);
    return inner === undefined ? node : unwrap(inner.getExpression());
  }

  function asObject(node: Node | undefined): ObjectLiteralExpression | undefined {
    return unwrap(node)?.asKind(SyntaxKind.ObjectLiteralExpression);
  }

  function setBelow(object: ObjectLiteralExpression | undefined, keys: readonly string[], value: string): Planned {
    const [key, ...rest] = keys;
    if (object === undefined || key === undefined) return refused(UNFOUND);
    if (
      object
        .getProperties()
        .some((property) => property.asKind(SyntaxKind.ShorthandPropertyAssignment)?.getName() === key)
    )
      return refused(`\`${key}\` is written as a variable`);
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

const UNFOUND = "it is put together in a way that is not edited: write it there by hand";

/** `with: { "persist-credentials": false }` */
function nested([key = "", ...rest]: readonly string[], value: string): string {
  const name = /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
  return `${name}: ${rest.length === 0 ? value : `{ ${nested(rest, value)} }`}`;
}
