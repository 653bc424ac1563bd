import type { CommandHost } from "../command-host.ts";
import type { AuditFlags } from "./audit.ts";
import type { GraphFlags } from "./graph.ts";
import type { LintFlags } from "./lint.ts";
import type { PushesFlags } from "./pushes.ts";

/** `flowkeep lint`, `pushes`, `audit`, `explain`, `graph`: they change nothing but what `--fix` and `--out` say. */
export function addLooking({ program, settings, settingsOfAll, finish }: CommandHost): void {
  program
    .command("lint")
    .description("what is wrong or risky in sources, through the compiler, and in YAML workflows and actions")
    .argument("[paths...]", "files and folders (default: workflows-src/ and .github/); YAML that is named runs nothing")
    .option("--official", "ask GitHub's own parser, too")
    .option("--fix", "mend what can be mended without any other push coming out otherwise")
    .option("--dry-run", "with --fix: print the differences, and write nothing")
    .option("--update-baseline", "take all that is found into generated/baseline.json, and fail only for what is new")
    .action((paths: readonly string[], options: LintFlags) =>
      finish(import("./lint.ts").then(({ lint }) => lint(settingsOfAll(), paths, options))),
    );

  program
    .command("pushes")
    .description("every push: who GitHub will see, who was meant, why, and what follows from it")
    .argument("[paths...]", "files, folders, whole repositories (default: workflows-src/ and .github/)")
    .option(
      "--compare <file>",
      "only what is not as in a file that `pushes --format json` wrote: new, gone, or seen otherwise",
    )
    .option("--explain", "the way of each credential, from the checkout to the push, and what GitHub makes of it")
    .action((paths: readonly string[], options: PushesFlags) =>
      finish(import("./pushes.ts").then(({ pushes }) => pushes(settingsOfAll(), paths, options))),
    );

  program
    .command("audit")
    .description("which secrets, Apps and bypass actors nothing uses any more, and what a push needs and lacks")
    .argument("[paths...]", "files and folders (default: workflows-src/ and .github/)")
    .option(
      "--inventory <file>",
      "what the repository has on GitHub, as JSON: `flowkeep explain orphan-secret` says how to get it",
    )
    .action((paths: readonly string[], options: AuditFlags) =>
      finish(import("./audit.ts").then(({ audit }) => audit(settingsOfAll(), paths, options))),
    );

  program
    .command("explain")
    .description("what a rule finds, why that matters, and what to write instead")
    .argument("<rule>", "its id, as it stands behind a finding")
    .action((id: string) => finish(import("./explain.ts").then(({ explain }) => explain(settings(), id))));

  program
    .command("graph")
    .description("jobs, steps and the life of each credential, as a page that needs nothing else")
    .argument("[paths...]", "files and folders (default: workflows-src/ and .github/); YAML that is named runs nothing")
    .option("-o, --out <file>", "where the page goes, - for standard output (default: flowkeep-graph.html)")
    .option("--open", "open the page in the browser")
    .option("--link <template>", "where places lead: https://github.com/octo/app/blob/main/{file}#L{line}")
    .option("--force", "overwrite a file that is no page of flowkeep's")
    .action((paths: readonly string[], options: GraphFlags) =>
      finish(import("./graph.ts").then(({ graph }) => graph(settings(), paths, options))),
    );
}
