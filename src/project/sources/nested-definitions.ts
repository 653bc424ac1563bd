import { DefinitionError } from "../../ir/errors.ts";
import { positionAt, sourceFile } from "../../ir/span.ts";
import { pointAt } from "../../load/source-errors.ts";
import { readText } from "../read-text.ts";

const DEFINES = /^export\s+default\s+(workflow|action)\s*\(/m;

/** GitHub reads no folders below `.github/workflows`: a workflow that lies deeper would silently be nobody's. */
export async function findNestedDefinitions(
  root: string,
  nested: readonly string[],
  imports: ReadonlyMap<string, readonly string[]>,
): Promise<readonly DefinitionError[]> {
  const errors: DefinitionError[] = [];
  for (const file of nested.filter((file) => !imports.has(file))) {
    const text = (await readText(root, file)) ?? "";
    const found = DEFINES.exec(text);
    if (found === null) continue;
    const place = { file, ...positionAt(sourceFile(file, text), found.index) };
    const kind = found[1] === "action" ? "action" : "workflow";
    const home = kind === "action" ? "workflows-src/actions/" : "workflows-src/";
    errors.push(
      new DefinitionError(`this ${kind} lies too deep to be generated: move its file up into ${home}`, pointAt(place)),
    );
  }
  return errors;
}
