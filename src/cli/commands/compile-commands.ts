import { serverUrl } from "./action-commands.ts";
import type { CheckFlags } from "./check.ts";
import type { CommandHost } from "../command-host.ts";
import type { InitOptions } from "./init.ts";

/** `flowkeep init`, `gen`, `check` */
export function addCompiling({ program, settings, finish }: CommandHost): void {
  program
    .command("init")
    .description("set up workflows-src/, flowkeep.config.ts, npm scripts and the check workflow")
    .option("-y, --yes", "ask nothing")
    .option("--import", "take over the workflows and composite actions of .github")
    .option(
      "--bots [which]",
      "a workflow that takes over what bots raise; and, if named, config of dependabot, renovate",
    )
    .action((options: InitOptions) => finish(import("./init.ts").then(({ init }) => init(settings(), options))));

  program
    .command("gen")
    .description("compile workflows-src/ to .github/workflows/ and .github/actions/, and write generated/")
    .option("-w, --watch", "compile again whenever a source changes")
    .action((options: { readonly watch?: true }) =>
      finish(
        options.watch
          ? import("./watch.ts").then(({ watch }) => watch(settings()))
          : import("./start-gen.ts").then(({ startGen }) => startGen(settings())),
      ),
    );

  program
    .command("check")
    .description("compile in memory and compare with what is committed: hand edits, stale files, orphans, the lock")
    .option("--online", "ask the actions' repositories, too: moved tags, commits that are not theirs, other manifests")
    .addOption(serverUrl())
    .action((options: CheckFlags) => finish(import("./check.ts").then(({ check }) => check(settings(), options))));
}
