import { addActions } from "../../actions/add-actions.ts";
import { openCatalog } from "../../actions/catalog.ts";
import { writeFiles } from "../../emit/write-files.ts";
import { importWorkflows } from "../../pipeline.ts";
import { readLock } from "../../project/actions/lock-actions.ts";
import { BINDINGS_FILE, LOCK_FILE } from "../../project/project.ts";
import { counted } from "../../report/print-text.ts";
import { UsageError } from "../../ir/errors.ts";
import { BOTS, type Bot } from "../setup/bot-files.ts";
import { confirm } from "../terminal/confirm.ts";
import { holdSignals } from "../process/hold-signals.ts";
import type { Io } from "../io.ts";
import { printJson } from "../json.ts";
import { makeFiles } from "../setup/make-files.ts";
import { findFacts, ownedWorkflows, planSetup, type Setup } from "../setup/plan-setup.ts";
import type { Settings } from "../settings.ts";

export interface InitOptions {
  readonly yes?: true;
  /** Imports the workflows and actions that people wrote. */
  readonly import?: true;
  /** A workflow for bots, and the configuration of those named. */
  readonly bots?: true | string;
}

/** `flowkeep init`: makes what is missing, and overwrites nothing; on request, takes over what is there. */
export async function init(settings: Settings, options: InitOptions): Promise<number> {
  const { yes } = options;
  const bots = readBots(options.bots);
  const { project, io, format, quiet } = settings;
  const { root } = project;
  const { lock, errors } = await readLock(root);
  if (errors[0] !== undefined) throw errors[0];
  const catalog = await openCatalog();
  const facts = await findFacts(root, catalog);
  const owned = await ownedWorkflows(root);
  const isWanted = owned.length > 0 && (await wantsImport(io, owned, options));
  const imports = isWanted ? await importWorkflows(project, [".github"], {}) : undefined;
  const setup = await planSetup(project, facts, { owned, imports: isWanted, bots });
  // An import locks what all sources use.
  const refs = [facts.checkout, facts.setupNode, facts.appToken].filter(
    (ref) => !isWanted && !lock.actions.has(ref) && setup.files.some(({ text }) => text.includes(JSON.stringify(ref))),
  );
  const added = refs.length > 0 ? await addActions({ refs, lock, catalog }) : undefined;
  const generated =
    added?.kind === "added"
      ? [
          { path: LOCK_FILE, text: added.lockText },
          { path: BINDINGS_FILE, text: added.bindingsText },
        ]
      : [];
  const paths = [...setup.files, ...generated].map(({ path }) => path);
  if (paths.length > 0 && yes !== true && io.isTerminal.in) {
    io.err(paths.map((path) => `  ${path}\n`).join(""));
    if (!(await confirm(io, "Write these files?", yes))) return 1;
  }
  await holdSignals(() => makeFiles(root, setup.files, () => void writeFiles(root, generated)));
  const written = generated.map(({ path }) => path);
  if (format !== "json" && !quiet) io.out(summary(setup, written, isWanted));
  if (imports === undefined) {
    if (format === "json") io.out(printJson({ written: paths, notes: setup.notes }));
    return 0;
  }
  const { finishImport, importJson, printImport } = await import("./import.ts");
  const finished = await finishImport(settings, imports);
  if (format === "json") io.out(printJson({ written: paths, notes: setup.notes, import: importJson(finished) }));
  else printImport(settings, finished);
  return finished.code;
}

/** `--bots dependabot,renovate` */
function readBots(given: InitOptions["bots"]): readonly Bot[] | undefined {
  if (given === undefined) return undefined;
  const names = given === true ? [] : given.split(",").map((name) => name.trim());
  return names.map((name) => {
    const bot = BOTS.find((known) => known === name.toLowerCase());
    if (bot === undefined) throw new UsageError(`--bots knows ${BOTS.join(" and ")}, not ${JSON.stringify(name)}`);
    return bot;
  });
}

async function wantsImport(io: Io, owned: readonly string[], { yes, import: wanted }: InitOptions): Promise<boolean> {
  if (wanted === true) return true;
  if (yes === true || !io.isTerminal.in) return false;
  return confirm(io, `Import ${counted(owned.length, "workflow")} as TypeScript?`, undefined);
}

function summary({ files, notes }: Setup, generated: readonly string[], imports: boolean): string {
  const done = files.map(({ path, before }) => `${before === undefined ? "wrote" : "added to"} ${path}`);
  const lines = [...done, ...generated.map((path) => `wrote ${path}`)];
  if (lines.length === 0) lines.push("nothing to do: flowkeep is set up");
  return `${[...lines, ...notes, ...(imports ? [] : ["next: npx flowkeep gen"])].join("\n")}\n`;
}
