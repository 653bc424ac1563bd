import { officialProblems } from "../../read/official/find-problems.ts";
import type { CheckedFile, FileProblem } from "../../rules/checked-file.ts";
import { positionAt } from "../../ir/span.ts";
import type { CompiledSources } from "../sources/compile-sources.ts";
import { emitSource } from "../sources/emit-source.ts";

/** Files with what GitHub's own parser has against them, too. Of sources it sees the YAML that they become. */
export async function askOfficial(
  files: readonly CheckedFile[],
  compiled: CompiledSources | undefined,
): Promise<readonly CheckedFile[]> {
  const sources = new Map(compiled?.converted.map((converted) => [converted.source.file, converted]));
  return Promise.all(
    files.map(async (file): Promise<CheckedFile> => {
      const converted = sources.get(file.path);
      const [text] = file.texts;
      if (file.kind === "read" && text !== undefined) {
        const found = await officialProblems(file.path, text.text);
        return {
          ...file,
          problems: [...file.problems, ...found.map(({ span, ...problem }) => ({ ...problem, at: span }))],
        };
      }
      if (converted === undefined || compiled === undefined) return file;
      const { file: yaml } = emitSource(converted, compiled.locked);
      const found = await officialProblems(yaml.path, yaml.text);
      const placed = found.flatMap(({ span, ...problem }): readonly FileProblem[] => {
        const { line } = positionAt(span.file, span.start);
        const node = yaml.places.findLast((place) => place.line <= line)?.node ?? converted.node;
        return [{ ...problem, at: node, path: node.origin?.path }];
      });
      return { ...file, problems: [...file.problems, ...placed] };
    }),
  );
}
