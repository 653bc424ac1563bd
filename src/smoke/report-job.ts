import { describeIdentity, type Identity } from "../credentials/identity.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import type { Mapping } from "../ir/node.ts";
import type { SmokeBranch } from "./choose-branch.ts";
import { mapping, sequence } from "./plain-value.ts";

/**
 * The job that asks GitHub who pushed. It has a token of its own with a right of its own, so that the pushing job keeps exactly those that
 * it has in production. REST API, "List repository activities": the actor of each push, at once; events may take hours.
 */
export function reportJob(
  { identity, alternatives, target, isOwnRepository }: PushVerdict,
  { branch, name }: SmokeBranch,
): Mapping {
  const isPlain = alternatives.length === 0;
  const predicted = [identity, ...alternatives.map((other) => other.identity)].map(describePusher);
  return mapping({
    needs: "push",
    if: "${{ !cancelled() && needs.push.outputs.commit != '' }}",
    "runs-on": "ubuntu-latest",
    "timeout-minutes": 5,
    permissions: mapping({ contents: "read" }),
    steps: sequence([
      mapping({
        name: "Ask GitHub who pushed",
        env: mapping({
          GH_TOKEN: "${{ github.token }}",
          REPOSITORY: isOwnRepository || target.repository === null ? "${{ github.repository }}" : target.repository,
          REF: name === undefined ? "${{ github.ref }}" : `refs/heads/${branch}`,
          COMMIT: "${{ needs.push.outputs.commit }}",
          PREDICTED: [...new Set(predicted)].join(" or "),
        }),
        run: script(isPlain ? patternOf(identity) : undefined),
      }),
    ]),
  });
}

function script(pattern: string | undefined): string {
  const check =
    pattern === undefined ? [] : ["case $pusher in", ...pattern.split("\n").map((line) => `  ${line}`), "esac"];
  return `${[
    "ask() {",
    `  gh api "repos/$REPOSITORY/activity?ref=$REF&per_page=100" --jq "[.[] | select(.$1 == \\"$COMMIT\\")][0].actor.login // empty" || true`,
    "}",
    "for attempt in 1 2 3 4 5 6 7 8 9 10; do",
    "  pusher=$(ask after)",
    '  [ -z "$pusher" ] || break',
    "  sleep 3",
    "done",
    'if [ -z "$pusher" ]; then echo "::error::GitHub names nobody who pushed $COMMIT to $REF"; exit 1; fi',
    'echo "GitHub says that $pusher pushed to $REF. Predicted was $PREDICTED." | tee -a "$GITHUB_STEP_SUMMARY"',
    'echo "The commit was taken back by $(ask before)." | tee -a "$GITHUB_STEP_SUMMARY"',
    ...check,
  ].join("\n")}\n`;
}

const DIFFERS = 'echo "::error::$pusher pushed, and not $PREDICTED"; exit 1';

/** Arms of a `case` over the account's login. */
function patternOf({ kind }: Identity): string {
  switch (kind) {
    case "github-token":
      return `"github-actions[bot]") ;;\n*) ${DIFFERS} ;;`;
    case "app":
      return `"github-actions[bot]") ${DIFFERS} ;;\n*"[bot]") ;;\n*) ${DIFFERS} ;;`;
    default:
      // A token or a key of a person, or of an account for machines: what it is called, only GitHub knows.
      return `"github-actions[bot]") ${DIFFERS} ;;`;
  }
}

/** Whom GitHub names. For a deploy key that is who added it: docs.github.com, "Events that trigger workflows", push. */
export function describePusher(identity: Identity): string {
  switch (identity.kind) {
    case "github-token":
      return "github-actions[bot]";
    case "pat":
      return `the owner of ${identity.name}`;
    case "app":
      return `the App whose token step '${identity.name}' mints`;
    case "ssh":
      return `whoever added the key ${identity.name}`;
    default:
      return describeIdentity(identity);
  }
}
