import { join } from "node:path";
import type { Layout } from "../../import/import-context.ts";
import { SOURCES_FOLDER } from "../../load/find-sources.ts";

/** Prettier's options for the sources of a repository. */
export async function findLayout(root: string): Promise<Layout> {
  const { resolveConfig } = await import("prettier");
  // A plugin has no say in how TypeScript is laid out, and may not be installed.
  const { plugins, ...layout } =
    (await resolveConfig(join(root, SOURCES_FOLDER, "x.ts"), { editorconfig: true })) ?? {};
  void plugins;
  return layout;
}

/** A source after an edit: laid out as prettier would, where it was so before. */
export async function keepLayout(root: string, path: string, before: string, after: string): Promise<string> {
  const { check, format } = await import("prettier");
  const options = { ...(await findLayout(root)), filepath: path };
  return (await check(before, options)) ? format(after, options) : after;
}
