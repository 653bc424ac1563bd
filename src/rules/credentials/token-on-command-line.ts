import { describeIdentity, type Identity } from "../../credentials/identity.ts";
import type { Workflow } from "../../ir/workflow.ts";
import { locate } from "../../ir/span.ts";
import { scalarsOf } from "../../ir/walk.ts";
import { defineRule } from "../define-rule.ts";
import { ownJobs } from "./checkout-facts.ts";
import { findJob, placeInFile } from "./push-place.ts";

export const tokenOnCommandLine = defineRule({
  id: "token-on-command-line",
  severity: "note",
  summary: "A program is given a token as an argument.",
  why: `Arguments are public on a machine: \`ps\` shows them to every user and to every process of the job, and what a program starts
gets them, too (\`git push URL\` hands the URL to \`git-remote-https\`). Logs of a failing command quote them; GitHub masks a secret
there only as it stands, not its base64 form.

Let the program read the token from a file, standard input or its environment: the checkout's persisted credential or
\`gh auth setup-git\` for git, \`--header @-\` or \`--config -\` for curl, \`--password-stdin\` for docker. In a source, \`push({ as })\`
keeps it out of all arguments.

It is a warning on self-hosted runners, where other users and later jobs share the machine.

Source: proc(5), \`/proc/<pid>/cmdline\`; git-config(1), \`GIT_CONFIG_COUNT\`.`,
  messages: {
    argument: "{who} is an argument of {program}: every process on the machine can read it. {better}",
  },
  *check(file, context) {
    for (const { job, tokenArguments } of ownJobs(file, context)) {
      const isShared = file.node?.kind === "workflow" && isSelfHosted(file.node, job);
      for (const { span, program, command, identities, place } of tokenArguments) {
        const identity = identities.find(isToken);
        if (identity === undefined || span === undefined) continue;
        const isTypable = file.kind === "defined" && /^git\s+push\b/.test(command);
        const better = isTypable
          ? "Write `push({ as })` instead, which keeps it out of all arguments"
          : betterFor(program);
        yield {
          message: "argument",
          data: { who: describeIdentity(identity), program, better },
          severity: isShared ? "warning" : "note",
          ...placeInFile(locate(span), place, file, "the command"),
        };
      }
    }
  },
});

/** Secrets hold user names, addresses and ids, too; their names tell. */
function isToken(identity: Identity): boolean {
  if (identity.kind !== "pat") return identity.kind === "github-token" || identity.kind === "app";
  const words = identity.name.toUpperCase().split(/[_-]/);
  if (/^(?:ID|USER|USERNAME|NAME|EMAIL|URL|HOST|REGION|ARN|ROLE)$/.test(words.at(-1) ?? "")) return false;
  return words.some((word) =>
    /^(?:PAT|GHPAT|\w*TOKENS?|KEY|APIKEY|PASS|PASSWD|PASSWORD|PWD|SECRET|CREDENTIALS?)\d*$/.test(word),
  );
}

/** Runners that people run themselves: their labels say so, or are none of GitHub's. */
function isSelfHosted(workflow: Workflow, id: string): boolean {
  const job = findJob(workflow, id);
  if (job?.kind !== "job" || job.runsOn === undefined || job.runsOn.kind === "runner-group") return false;
  return scalarsOf(job.runsOn).some(({ text }) => text === "self-hosted");
}

function betterFor(program: string): string {
  switch (program.replace(/^.*\//, "")) {
    case "git":
      return "Let the checkout keep it (`token:`), or use `gh auth setup-git` with GH_TOKEN set";
    case "curl":
      return 'Write the header to standard input: `printf "Authorization: Bearer %s" "$TOKEN" | curl --header @- …`';
    case "docker":
    case "podman":
    case "helm":
      return "Use `--password-stdin`";
    default:
      return "Let the program read it from its environment, a file or standard input";
  }
}
