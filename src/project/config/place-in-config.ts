import type { Node } from "ts-morph";
import { placeInJson } from "../../actions/place-in-json.ts";
import type { Path } from "../../ir/origin.ts";
import { locate, sourceFile, type Location } from "../../ir/span.ts";

/**
 * Where a setting stands in a config: its key, or as near to it as can be told. A script's text is read again, only when there is
 * something to report; what is spread, imported or computed has the place where that is written.
 */
export async function placeInConfig(text: string, file: string, path: Path): Promise<Location> {
  return file.endsWith(".json") ? placeInJson(text, file, path, true) : placeInScript(text, file, path);
}

async function placeInScript(text: string, file: string, path: Path): Promise<Location> {
  const { Node, Project } = await import("ts-morph");
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { allowJs: true },
  });
  const source = project.createSourceFile(/\.[cm]?js$/.test(file) ? "/config.js" : "/config.ts", text);
  const exported = source.getExportAssignment((each) => !each.isExportEquals())?.getExpression();
  let place: Node | undefined = exported;
  let value = objectOf(exported);
  for (const part of path) {
    const found = itemOf(value, part);
    if (found === undefined) break;
    place = found;
    value = objectOf(Node.isPropertyAssignment(found) ? found.getInitializer() : found);
  }
  const named = Node.isPropertyAssignment(place) ? place.getNameNode() : place;
  const [start, end] = named === undefined ? [0, 0] : [named.getStart(), named.getEnd()];
  return locate({ file: sourceFile(file, text), start, end });

  /** `defineConfig({ … })`, `{ … } satisfies Config`, a constant that holds one of them. */
  function objectOf(node: Node | undefined): Node | undefined {
    if (Node.isSatisfiesExpression(node) || Node.isAsExpression(node) || Node.isParenthesizedExpression(node))
      return objectOf(node.getExpression());
    if (Node.isCallExpression(node)) return objectOf(node.getArguments()[0]);
    if (Node.isIdentifier(node)) return objectOf(source.getVariableDeclaration(node.getText())?.getInitializer());
    return node;
  }

  function itemOf(node: Node | undefined, part: Path[number]): Node | undefined {
    if (typeof part === "number") {
      const items = Node.isArrayLiteralExpression(node) ? node.getElements() : [];
      // What is spread in front has a length that nobody sees.
      return items.slice(0, part + 1).some((item) => Node.isSpreadElement(item)) ? undefined : items[part];
    }
    if (!Node.isObjectLiteralExpression(node)) return undefined;
    return node.getProperties().find((property) => {
      const name = Node.isPropertyAssignment(property) ? property.getNameNode() : undefined;
      return (Node.isStringLiteral(name) ? name.getLiteralText() : name?.getText()) === part;
    });
  }
}
