import { Option } from "commander";
import type { AddFlags } from "./actions-add.ts";
import type { SyncFlags } from "./actions-sync.ts";
import type { UpdateFlags } from "./actions-update.ts";
import type { CommandHost } from "../command-host.ts";

const offline = (): Option => new Option("--offline", "ask no server: only the catalogue and what was read before");
export const serverUrl = (): Option =>
  new Option("--server-url <url>", "where the repositories are (default: the config's, else https://github.com)");

/** `flowkeep actions …` */
export function addActions({ program, settings, finish }: CommandHost): void {
  const actions = program.command("actions").description("the actions that sources use: manifests, lock, types");
  actions
    .command("add")
    .description(
      "add actions to generated/actions.lock.json and generated/actions.d.ts, as their repositories have them",
    )
    .argument("<refs...>", "owner/name[/path]@ref, or ./path of an action in this repository")
    .option("--manifest <file>", "the action.yml of the one action that is added, where no repository has it")
    .addOption(offline())
    .addOption(serverUrl())
    .action((refs: readonly string[], options: AddFlags) =>
      finish(import("./actions-add.ts").then(({ addToLock }) => addToLock(settings(), refs, options))),
    );
  actions
    .command("update")
    .description(
      "look for newer versions, show what they change, and take them over into lock, types, sources and YAML",
    )
    .argument("[names...]", "owner/name, owner/name/path, or a ref as it stands in the lock (default: all)")
    .option("--major", "go to newer majors, too, and write them into the sources")
    .option(
      "--cooldown <time>",
      "take only what has been out for so long: 12h, 7d, 2w (default: the config's, else no time)",
    )
    .option("--dry-run", "show what there is, and write nothing")
    .addOption(offline())
    .addOption(serverUrl())
    .action((names: readonly string[], options: UpdateFlags) =>
      finish(import("./actions-update.ts").then(({ updateLocked }) => updateLocked(settings(), names, options))),
    );
  actions
    .command("sync")
    .description(
      "take versions that Dependabot or Renovate raised in the YAML or the lock back into the lock and the sources",
    )
    .option("--from <commit>", "a bot's commit, which is only read (default: the files as they lie here)")
    .option("--commit-to <branch>", "with --from: commit what follows from it on top, and put this branch there")
    .addOption(offline())
    .addOption(serverUrl())
    .action((options: SyncFlags) =>
      finish(import("./actions-sync.ts").then(({ syncWithBots }) => syncWithBots(settings(), options))),
    );
  actions
    .command("remove")
    .description("take actions out of the lock and the types")
    .argument("<refs...>", "as they stand in the lock")
    .action((refs: readonly string[]) =>
      finish(import("./actions-remove.ts").then(({ removeFromLock }) => removeFromLock(settings(), refs))),
    );
  actions
    .command("list")
    .description("what is in the lock: commits, tags, and what stays unpinned")
    .action(() => finish(import("./actions-list.ts").then(({ listLocked }) => listLocked(settings()))));
}
