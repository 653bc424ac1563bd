import type { CommandHost } from "../command-host.ts";
import type { ImportFlags } from "./import.ts";

/** `flowkeep import`, `eject`: into flowkeep, and out of it. */
export function addMoving({ program, settings, finish }: CommandHost): void {
  program
    .command("import")
    .description("write YAML workflows and composite actions as TypeScript, each proved to become the same YAML again")
    .argument("<paths...>", "workflows, actions, or folders that hold them: .github")
    .option("--verify", "prove that each file can be imported without loss, and write nothing")
    .option("--upgrade", "make push({ … }) of scripts that only commit and push, where it is the same push")
    .option("--force", "overwrite sources that are there already")
    .action((paths: readonly string[], options: ImportFlags) =>
      finish(import("./import.ts").then(({ importFiles }) => importFiles(settings(), paths, options))),
    );

  program
    .command("eject")
    .description("leave the YAML as ordinary YAML: without header, yours to edit")
    .option("-y, --yes", "ask nothing")
    .option("--remove-sources", "remove workflows-src/ and the config too")
    .action((options: { readonly yes?: true; readonly removeSources?: true }) =>
      finish(import("./eject.ts").then(({ eject }) => eject(settings(), options))),
    );
}
