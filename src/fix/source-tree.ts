import type {
  ArrayLiteralExpression,
  CallExpression,
  Expression,
  Node,
  ObjectLiteralExpression,
  PropertyAssignment,
} from "ts-morph";
import type { Path } from "../ir/origin.ts";

/** A definition in a source. */
export interface SourcePlace {
  /** The builder whose call the definition comes from, and where its name stands. */
  readonly builder: string;
  readonly offset: number;
  /** The node's path in its file: `["jobs", "build", "steps", 2]`. */
  readonly path: Path;
}

export const UNFOUND = "it is put together in a way that is not edited: write it there by hand";

/** Ways through the syntax of a TypeScript source, to what its definitions say. */
export interface SourceTree {
  /** The call whose builder's name stands here. */
  readonly findCall: (offset: number) => CallExpression | undefined;
  /** What stands at a path below a literal; undefined where it is not written out. */
  readonly follow: (from: Node | undefined, path: Path) => Node | undefined;
  readonly asObject: (node: Node | undefined) => ObjectLiteralExpression | undefined;
  readonly assignmentOf: (object: ObjectLiteralExpression | undefined, name: string) => PropertyAssignment | undefined;
  /** `{ with }` */
  readonly isShorthand: (object: ObjectLiteralExpression, name: string) => boolean;
  /** The text of a literal as it is written, between its quotes; the first argument of a call that has one. */
  readonly literalOf: (node: Node | undefined) => { readonly start: number; readonly end: number } | undefined;
}

export async function openSource(text: string): Promise<SourceTree> {
  const { Project, SyntaxKind } = await import("ts-morph");
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { allowJs: true },
  });
  const file = project.createSourceFile("/source.ts", text);
  return { findCall, follow, asObject, assignmentOf, isShorthand, literalOf };

  function findCall(offset: number): CallExpression | undefined {
    const name = file.getDescendantAtPos(offset);
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

  function assignmentOf(object: ObjectLiteralExpression | undefined, name: string): PropertyAssignment | undefined {
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

  function isShorthand(object: ObjectLiteralExpression, name: string): boolean {
    return object
      .getProperties()
      .some((property) => property.asKind(SyntaxKind.ShorthandPropertyAssignment)?.getName() === name);
  }

  function literalOf(node: Node | undefined): { readonly start: number; readonly end: number } | undefined {
    const value = unwrap(node);
    // `unsafeScript("…", { because })`
    const call = value?.asKind(SyntaxKind.CallExpression);
    if (call !== undefined) return literalOf(call.getArguments()[0]);
    const literal =
      value?.asKind(SyntaxKind.StringLiteral) ??
      value?.asKind(SyntaxKind.NoSubstitutionTemplateLiteral) ??
      value?.asKind(SyntaxKind.TemplateExpression);
    return literal && { start: literal.getStart() + 1, end: literal.getEnd() - 1 };
  }
}
