import type { CommandHost } from "../command-host.ts";
import type { ProveFlags } from "./prove.ts";
import type { SmokeFlags } from "./smoke.ts";

/** `flowkeep prove`, `smoke` */
export function addTrials({ program, settings, finish }: CommandHost): void {
  program
    .command("prove")
    .description("run the git side of a workflow's jobs against a server of flowkeep's: who does it see?")
    .argument("<workflow>", "its YAML file, or its source")
    .option("--job <id>", "this job alone (default: every job that pushes)")
    .option("--stub <step=commands>", "run these commands in a step's place; more than once", collect)
    .option("--repository <owner/name>", "the workflow's repository (default: the first that it pushes to)")
    .option("--event <name>", "what starts it (default: the first event that it names)")
    .option("--input <name=value>", "an input of the event; more than once", collect)
    .option("--var <name=value>", "a configuration variable, as in \${{ vars.NAME }}; more than once", collect)
    .option("--empty-secret <name>", "a secret that is not set; more than once", collect)
    .option("--step-limit <seconds>", "how long a script may run (default: 60)")
    .option("--port <number>", "of the server, on 127.0.0.1 (default: any free one)")
    .option("--no-isolation", "without namespaces of its own: scripts can then reach other hosts and files")
    .option("-y, --yes", "ask nothing: the workflow's scripts are run on this machine")
    .action((workflow: string, options: ProveFlags) =>
      finish(import("./prove.ts").then(({ prove }) => prove(settings(), workflow, options))),
    );

  program
    .command("smoke")
    .description("write a throw-away workflow that tries a push on GitHub itself, and takes the commit back")
    .argument("[workflow]", "its YAML file, or its source")
    .option("--job <id>", "a push of this job")
    .option("--push <number>", "which of several, as they are listed, from 1")
    .option("--branch <name>", "where to push (default: the branch that the push goes to)")
    .option("--repository <owner/name>", "the workflow's repository (default: the config's)")
    .option("--remove", "take the throw-away workflows of this project away")
    .action((workflow: string | undefined, options: SmokeFlags) =>
      finish(import("./smoke.ts").then(({ smoke }) => smoke(settings(), workflow, options))),
    );
}

/** The values of an option that is given more than once. */
function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
