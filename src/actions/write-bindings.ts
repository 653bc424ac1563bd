import type { CodeBlockWriter } from "ts-morph";
import { compareText } from "./action-interface.ts";
import { stampBindings } from "./bindings-stamp.ts";
import type { BoundAction } from "./bound-actions.ts";
import { groupInterfaces, membersOf, nameOfAction, outputTypes, type Member } from "./input-members.ts";
import { nameInterfaces } from "./interface-names.ts";

/** Prettier's default: the file passes `prettier --check` as it is. */
const WIDTH = 80;

/**
 * Writes `generated/actions.d.ts`: an entry in `Actions` for every ref, and the types of its inputs. Versions of an action whose
 * inputs are typed alike share one interface.
 *
 * @example
 * await writeBindings([{ ref: "actions/checkout@v5", interface: checkout, asOf: "v5.1.0" }]);
 * // declare module "flowkeep" {
 * //   interface Actions {
 * //     "actions/checkout@v5": { inputs: ActionsCheckoutV5Inputs; outputs: "commit" | "ref" };
 */
export async function writeBindings(bound: readonly BoundAction[]): Promise<string> {
  // Loading ts-morph takes 0.3 s, so only a command that writes bindings pays for it.
  const { Project, StructureKind, IndentationText } = await import("ts-morph");
  const actions = [...bound].sort((a, b) => compareText(a.ref, b.ref));
  const interfaces = groupInterfaces(actions);
  const names = nameInterfaces(interfaces.map(({ namesake }) => namesake));
  const nameOf = new Map(interfaces.flatMap(({ refs }, place) => refs.map(({ ref }) => [ref, names[place] ?? ""])));
  const imported = ["Flag", "Text"].filter((name) =>
    interfaces.some(({ members }) => members.some(({ types }) => types.includes(name))),
  );

  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces },
  });
  const file = project.createSourceFile("actions.d.ts", {
    statements: [
      imported.length > 0
        ? {
            kind: StructureKind.ImportDeclaration,
            isTypeOnly: true,
            namedImports: imported,
            moduleSpecifier: "flowkeep",
          }
        : // Without an import or export the file would declare a module of its own, not add to flowkeep's.
          "export {};",
      {
        kind: StructureKind.Module,
        hasDeclareKeyword: true,
        name: '"flowkeep"',
        statements: [(writer) => writeActions(writer, actions, nameOf)],
      },
      ...interfaces
        .filter(({ members }) => members.length > 0)
        .map(
          ({ namesake, refs, members }) =>
            (writer: CodeBlockWriter) =>
              writeInputs(writer, nameOf.get(namesake) ?? "", refs, members),
        ),
    ],
  });
  return stampBindings(`${file.getFullText().trim()}\n`, actions);
}

// ── The declarations ────────────────────────────────────────────────────────────────────────────────────────

function writeActions(
  writer: CodeBlockWriter,
  actions: readonly BoundAction[],
  nameOf: ReadonlyMap<string, string>,
): void {
  if (actions.length === 0) {
    writer.write("interface Actions {}");
    return;
  }
  writer.write("interface Actions").block(() => {
    for (const { ref, interface: action } of actions) {
      const inputs =
        membersOf(nameOfAction(ref), action).length === 0 ? "Record<string, never>" : (nameOf.get(ref) ?? "");
      writer.write(`${JSON.stringify(ref)}: `).inlineBlock(() => {
        writeMember(writer, 6, "inputs", [inputs]);
        writeMember(writer, 6, "outputs", outputTypes(nameOfAction(ref), action.outputs));
      });
      writer.write(";").newLine();
    }
  });
}

function writeInputs(
  writer: CodeBlockWriter,
  name: string,
  refs: readonly BoundAction[],
  members: readonly Member[],
): void {
  const list = refs.map(({ ref, asOf }) => (asOf === undefined ? `\`${ref}\`` : `\`${ref}\` (as of ${asOf})`));
  writeDocs(writer, list.length === 1 ? [`Inputs of ${list.join()}`] : ["Inputs of", ...list.map((ref) => `- ${ref}`)]);
  writer.write(`interface ${name}`).block(() => {
    for (const { name, optional, types, docs } of members) {
      writeDocs(writer, docs);
      writeMember(writer, 2, `${propertyName(name)}${optional ? "?" : ""}`, types);
    }
  });
}

// ── Lines, as prettier breaks them ──────────────────────────────────────────────────────────────────────────

/** As prettier does: on one line, else the types on the next, else each of them on a line. */
function writeMember(writer: CodeBlockWriter, indent: number, name: string, types: readonly string[]): void {
  const union = `${types.join(" | ")};`;
  if (types.length === 1 || `${name}: ${union}`.length <= WIDTH - indent) {
    writer.writeLine(`${name}: ${union}`);
    return;
  }
  const lines = union.length <= WIDTH - indent - 2 ? [union] : `| ${types.join("\n| ")};`.split("\n");
  writer.writeLine(`${name}:`).indent(() => lines.forEach((line) => writer.writeLine(line)));
}

function writeDocs(writer: CodeBlockWriter, docs: readonly string[]): void {
  const lines = docs.map(commentText);
  if (lines.length === 0) return;
  if (lines.length === 1) {
    writer.writeLine(`/** ${lines[0]} */`);
    return;
  }
  writer.writeLine("/**");
  for (const line of lines) writer.writeLine(` * ${line}`.trimEnd());
  writer.writeLine(" */");
}

/** Text that neither ends the comment nor starts a tag; `@deprecated` is ours. */
function commentText(line: string): string {
  const text = line.trimEnd().replaceAll("*/", "*\\/");
  return /^\s*@(?!deprecated)/.test(text) ? text.replace("@", "\\@") : text;
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
