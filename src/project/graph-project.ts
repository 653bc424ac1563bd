import { hideTokens, holdsToken } from "../credentials/hide-tokens.ts";
import type { Node } from "../ir/any-node.ts";
import { positionAt } from "../ir/span.ts";
import { buildModel, type GraphInput } from "../graph/build-model.ts";
import type { GraphModel, Place, Places } from "../graph/graph-model.ts";
import type { Finding } from "../report/finding.ts";
import type { CompiledSources } from "./sources/compile-sources.ts";
import { emitSource } from "./sources/emit-source.ts";
import { filesToCheck, type WhichFiles } from "./lint/files-to-check.ts";
import { lintFiles } from "./lint/lint-project.ts";
import type { Project } from "./project.ts";
import { pushAnalysis } from "./pushes/push-analysis.ts";

/** A page's content, and what is wrong with the files that it shows. */
export interface Graphed {
  readonly model: GraphModel;
  readonly findings: readonly Finding[];
  /** Those of files that are not shown, because they cannot be read or compiled. */
  readonly missing: readonly Finding[];
}

/** Workflows and actions as a page shows them: from sources, through the compiler, and from YAML. */
export async function graphProject(project: Project, which: WhichFiles): Promise<Graphed> {
  const found = await filesToCheck(project, which);
  const analysis = await pushAnalysis(project, found.compiled, found.configured);
  const { findings } = await lintFiles(project, found, { analysis });
  const yamlLines = found.compiled === undefined ? NO_LINES : linesInYaml(found.compiled);
  const inputs = found.files.flatMap((file): readonly GraphInput[] => {
    if (!found.isWanted(file.path)) return [];
    const lives = analysis.lives(file);
    if (lives === undefined) return [];
    const { path, node } = lives;
    return [
      {
        path,
        node,
        placesOf: (at) => placesOf(at, path, yamlLines),
        pushes: analysis.of(file).pushes,
        lives: lives.lives,
        findings: findings.filter(({ span }) => span?.file === file.path || span?.file === path),
      },
    ];
  });
  const drawn = new Set(inputs.map(({ path }) => path));
  const missing = findings.filter(
    ({ ruleId, span }) => BROKEN.has(ruleId) && (span === undefined || !drawn.has(span.file)),
  );
  return { model: withoutTokens(buildModel(inputs, missing)), findings, missing };
}

/** A page is handed on: tokens that somebody wrote into a workflow are not to be read in it. */
function withoutTokens(model: GraphModel): GraphModel {
  const text = JSON.stringify(model);
  return holdsToken(text) ? (JSON.parse(hideTokens(text)) as GraphModel) : model;
}

/** What is found in place of a file's content. */
const BROKEN: ReadonlySet<string> = new Set(["definition", "unreadable", "usage", "invalid-yaml"]);

const NO_LINES: YamlLines = new Map();

/** Where the nodes of definitions stand in the YAML, by the path in their file. */
type YamlLines = ReadonlyMap<string, ReadonlyMap<string, number>>;

function linesInYaml({ converted, locked }: CompiledSources): YamlLines {
  return new Map(
    converted.map((source) => {
      const { path, places } = emitSource(source, locked).file;
      const lines = new Map<string, number>();
      for (const { line, node } of places) {
        const key = JSON.stringify(node.origin?.path ?? null);
        // The outermost node of a path begins first.
        if (!lines.has(key)) lines.set(key, line);
      }
      return [path, lines] as const;
    }),
  );
}

function placesOf(node: Node, path: string, yamlLines: YamlLines): Places {
  const { span, origin } = node;
  const place: Place | undefined = span && { file: span.file.path, line: positionAt(span.file, span.start).line };
  const lines = yamlLines.get(path);
  if (lines === undefined) return place === undefined ? {} : { yaml: place };
  const line = origin && lines.get(JSON.stringify(origin.path));
  return { ...(place && { source: place }), ...(line && { yaml: { file: path, line } }) };
}
