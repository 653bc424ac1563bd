import { join } from "node:path";
import { UserError } from "../ir/errors.ts";
import { SOURCES_FOLDER } from "../load/find-sources.ts";
import { LOCK_FILE } from "../project/project.ts";
import { generateAndWrite } from "./gen.ts";
import { explainFailure } from "./explain-failure.ts";
import { refuseForeignSources, type Settings } from "./settings.ts";
import { VERSION } from "./version.ts";

/** Editors save in several steps, and people save several files. */
const QUIET_TIME = 50;

/** `flowkeep gen --watch`: until Ctrl-C. Mistakes are shown, and the next change is waited for. */
export async function watch(settings: Settings): Promise<number> {
  refuseForeignSources(settings.io);
  const { watch: watchFiles } = await import("chokidar");
  const { root } = settings.project;
  const watched = [SOURCES_FOLDER, LOCK_FILE, ...configNames(settings)].map((file) => join(root, file));
  const watcher = watchFiles(watched, { ignoreInitial: true, ignored: /[/\\](?:node_modules|\.git)(?:[/\\]|$)/ });
  const run = async () => {
    const inputs = await generateOnce(settings);
    // Helpers may lie anywhere. Watching a file twice does nothing.
    watcher.add(inputs.map((file) => join(root, file)));
    if (!settings.quiet) settings.io.err("waiting for changes; Ctrl-C ends\n");
  };
  await run();
  await new Promise<void>((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let running: Promise<void> | undefined;
    let isDirty = false;
    const start = () => {
      running = run()
        .catch(reject)
        .finally(() => {
          running = undefined;
          if (isDirty) soon();
        });
    };
    const soon = () => {
      isDirty = running !== undefined;
      clearTimeout(timer);
      if (!isDirty) timer = setTimeout(start, QUIET_TIME);
    };
    watcher.on("all", soon);
    watcher.on("error", reject);
    const end = () => {
      clearTimeout(timer);
      void Promise.all([running, watcher.close()]).then(() => resolve(), reject);
    };
    process.once("SIGINT", end);
    process.once("SIGTERM", end);
  });
  return 0;
}

function configNames({ project }: Settings): readonly string[] {
  if (project.config !== undefined) return [project.config];
  return ["ts", "mts", "js", "mjs", "json"].map((extension) => `flowkeep.config.${extension}`);
}

async function generateOnce(settings: Settings): Promise<readonly string[]> {
  try {
    const { generated } = await generateAndWrite(settings);
    return generated.inputs;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    settings.io.err(explainFailure(error, VERSION));
    return [];
  }
}
