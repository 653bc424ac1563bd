import { describeIdentity, type Identity } from "../credentials/identity.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import { UsageError } from "../ir/errors.ts";

export interface PushChoice {
  readonly job?: string | undefined;
  /** Its place among the pushes, from 1. */
  readonly push?: number | undefined;
}

/**
 * The one push that is meant.
 *
 * @throws UsageError where there is none, or more than one
 */
export function choosePush(path: string, all: readonly PushVerdict[], { job, push }: PushChoice): PushVerdict {
  const remote = all.filter(({ isLocal }) => !isLocal);
  if (remote.length === 0) throw new UsageError(`no push of ${path} is to be seen, so there is nothing to try`);
  const pushes = remote.filter((each) => job === undefined || each.job === job);
  if (pushes.length === 0) {
    const jobs = [...new Set(remote.map((each) => each.job))].join(", ");
    throw new UsageError(`no push of ${path} is in a job '${job}': those that push are ${jobs}`);
  }
  const chosen = push === undefined ? (pushes.length === 1 ? pushes[0] : undefined) : pushes[push - 1];
  if (chosen !== undefined) return chosen;
  const list = pushes.map((each, at) => `  ${at + 1}  ${describePush(each)}`).join("\n");
  const why = push === undefined ? `makes ${pushes.length} pushes` : `has no push ${push}`;
  throw new UsageError(`${path} ${why}: say which one with --push\n${list}`);
}

function describePush({ job, step, stepName, command, identity }: PushVerdict): string {
  const name = stepName === undefined ? "" : ` '${stepName}'`;
  return `job ${job}, step ${step + 1}${name}: \`${command}\` as ${describeIdentity(identity)}`;
}

/**
 * @throws UsageError where a trial would show nothing, or where nobody can say what is to be tried
 */
export function checkIdentity({ identity, isAssumed, command }: PushVerdict): Exclude<Identity, Untriable> {
  switch (identity.kind) {
    case "unknown":
      throw new UsageError(
        `who makes the push \`${command}\` is not known (${identity.reason}): a smoke test has to send the same credential, and so has to know it. \`flowkeep pushes --explain\` shows the way that far`,
      );
    case "none":
      throw new UsageError(
        `git has no credential for \`${command}\`, and GitHub refuses it: there is nothing to try. \`flowkeep pushes --explain\` says why`,
      );
    case "duplicate":
      throw new UsageError(
        `\`${command}\` sends two credentials, and GitHub answers 400: there is nothing to try. \`flowkeep pushes --explain\` says why`,
      );
    default:
      if (isAssumed)
        throw new UsageError(
          `what makes the push \`${command}\` is out of sight, and may not push at all: a smoke test can repeat only what it sees`,
        );
      return identity;
  }
}

type Untriable = { readonly kind: "unknown" | "none" | "duplicate" };
