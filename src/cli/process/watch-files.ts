import { statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { SOURCES_FOLDER } from "../../load/find-sources.ts";

/** The files of a project that are looked at. */
export interface WatchedFiles {
  /** Looks at these files, too; what is newer than a time, or gone, has changed. */
  readonly add: (files: readonly string[], since: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface WatchHandlers {
  readonly changed: (file: string) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Looks at the sources, and at single files, all named from the root. It is the root that is watched, so that what is moved
 * away and comes back is seen: a watcher of a folder stays with the folder that went.
 */
export async function watchFiles(
  root: string,
  files: readonly string[],
  { changed, failed }: WatchHandlers,
): Promise<WatchedFiles> {
  const { watch } = await import("chokidar");
  const nameOf = (path: string): string => relative(root, path).replaceAll("\\", "/");
  /** The files and the folders that lead to them. */
  const wanted = new Set<string>();
  const want = (file: string): void => {
    for (let path = file; !wanted.has(path); path = dirname(path)) wanted.add(path);
  };
  const isWanted = (name: string): boolean => {
    if (/(?:^|\/)(?:node_modules|\.git)(?:\/|$)/.test(name)) return false;
    return name === "" || wanted.has(name) || name.startsWith(`${SOURCES_FOLDER}/`);
  };
  const open = async () => {
    const outside = [...wanted].filter((name) => name.startsWith("../") && !name.endsWith("/.."));
    const watcher = watch([root, ...outside.map((name) => join(root, name))], {
      ignoreInitial: true,
      ignored: (path) => !isWanted(nameOf(path)),
    });
    watcher.on("all", (_, path) => changed(nameOf(path)));
    watcher.on("error", failed);
    await new Promise<void>((resolve) => watcher.once("ready", resolve));
    return watcher;
  };

  for (const file of [SOURCES_FOLDER, ...files]) want(file);
  let watcher = await open();
  return {
    async add(more, since) {
      const added = more.filter((file) => !isWanted(file));
      if (added.length === 0) return;
      for (const file of added) want(file);
      await watcher.close();
      watcher = await open();
      for (const file of added) {
        const stats = statSync(join(root, file), { throwIfNoEntry: false });
        if (stats === undefined || stats.mtimeMs > since) changed(file);
      }
    },
    close: () => watcher.close(),
  };
}
