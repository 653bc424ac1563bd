import type { FileNode } from "../ir/any-node.ts";
import { SOURCES_FOLDER } from "../load/find-sources.ts";
import { wrongName } from "../load/output-name.ts";

export type SourcePath =
  | { readonly kind: "source"; readonly file: string }
  | { readonly kind: "none"; readonly code: string; readonly reason: string };

const ACTION = /(?:^|\/)\.github\/actions\/([^/]+)\/action\.ya?ml$/i;

/** Where the source of a YAML file belongs: its name is its output's. */
export function sourceOf(path: string, node: FileNode): SourcePath {
  const file = path.replaceAll("\\", "/");
  if (node.kind === "action-file") {
    if (node.runs?.kind !== "composite-runs")
      return none(
        "not-composite",
        `only composite actions become TypeScript; this one runs ${node.runs?.using?.text ?? "nothing"}`,
      );
    const name = ACTION.exec(file)?.[1];
    if (name === undefined)
      return none(
        "action-elsewhere",
        "flowkeep writes actions only as .github/actions/<name>/action.yml: this one stays as it is",
      );
    return checked("action", name, `${SOURCES_FOLDER}/actions/${name}.ts`);
  }
  // `ci.yaml` keeps its name: other workflows and repositories may call it by it.
  const name = file.slice(file.lastIndexOf("/") + 1).replace(/\.yml$/, "");
  return checked("workflow", name, `${SOURCES_FOLDER}/${name}.ts`);
}

function checked(kind: "workflow" | "action", name: string, file: string): SourcePath {
  const wrong = wrongName(name, kind);
  return wrong === undefined ? { kind: "source", file } : none("bad-name", wrong);
}

function none(code: string, reason: string): SourcePath {
  return { kind: "none", code, reason };
}
