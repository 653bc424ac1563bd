import type { OutputFile } from "../../emit/plan-writes.ts";
import type { SourceFile } from "../../ir/span.ts";

/**
 * Writes other refs into TypeScript sources: in every text of theirs that is exactly such a ref. Nothing else of a file changes, not
 * even its quotes. A ref that is put together from pieces is not found: whoever calls this compiles again, and sees.
 *
 * @param next by ref as written
 */
export async function editRefs(
  sources: Iterable<SourceFile>,
  next: ReadonlyMap<string, string>,
): Promise<readonly OutputFile[]> {
  const wanted = [...sources].filter(({ text }) => [...next.keys()].some((ref) => text.includes(ref)));
  if (next.size === 0 || wanted.length === 0) return [];
  const { Project, SyntaxKind } = await import("ts-morph");
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { allowJs: true },
  });
  return wanted.flatMap(({ path, text }) => {
    const file = project.createSourceFile(`/${path}`, text, { overwrite: true });
    const literals = [
      ...file.getDescendantsOfKind(SyntaxKind.StringLiteral),
      ...file.getDescendantsOfKind(SyntaxKind.NoSubstitutionTemplateLiteral),
    ];
    const edits = literals.flatMap((literal) => {
      const ref = next.get(literal.getLiteralText());
      // Between the quotes: a ref holds nothing that would have to be escaped.
      return ref === undefined ? [] : [{ start: literal.getStart() + 1, end: literal.getEnd() - 1, ref }];
    });
    if (edits.length === 0) return [];
    const edited = edits
      .sort((a, b) => b.start - a.start)
      .reduce((text, { start, end, ref }) => text.slice(0, start) + ref + text.slice(end), text);
    return [{ path, text: edited }];
  });
}
