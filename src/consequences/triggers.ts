import { COMPUTED } from "../credentials/work.ts";
import { judge, type Answer, type Judgement } from "./judgement.ts";
import type { Pushed } from "./pushed.ts";
import { findSkipMarker } from "./skip-markers.ts";

/** Whether GitHub starts workflows on `push` for a push. */
export function judgeTriggering({ pusher, push, updates, commit }: Pushed): Judgement {
  if (pusher.kind !== "nobody" && push.otherHost !== undefined)
    return judge("no", `it goes to ${push.otherHost}: no workflow of GitHub's starts there`);
  switch (pusher.kind) {
    case "nobody":
      return judge("no", pusher.why);
    case "github-token":
      return judgeJobToken(updates);
    case "unknown":
      return judge("unknown", pusher.why);
    default:
  }
  if (updates?.length === 0) return judge("no", "a dry run pushes nothing");
  if (updates?.every(({ isDeleted }) => isDeleted) === true)
    return judge("no", `nothing starts on \`push\` for a ref that is deleted`);
  const marker = commit?.message === undefined ? undefined : findSkipMarker(commit.message);
  if (marker !== undefined) return judge("no", `the commit's message says ${marker}`, "TR-017");
  if (push.isLocal) return judge("no", "it goes to a directory: no server sees it");
  const tags = updates?.filter(({ kind, name, isDeleted }) => kind === "tag" && name !== null && !isDeleted) ?? [];
  if (tags.length > MOST_TAGS && tags.length === updates?.length)
    return judge("no", `of more than ${MOST_TAGS} tags at once GitHub tells no workflow`, "TR-013");
  const unless =
    commit?.message === undefined || commit.message.includes(COMPUTED)
      ? ", unless the commit's message says [skip ci] or the like"
      : "";
  switch (pusher.kind) {
    case "user":
      return pusher.isSsh
        ? judge("yes", `a push with a person's SSH key starts workflows${unless}`, "RS-033", "TR-021")
        : judge("yes", `a push with the token ${pusher.secret} starts workflows${unless}`, "TR-007", "TR-009");
    case "app":
      return judge("yes", `a push with an App's token starts workflows${unless}`, "TR-007", "TR-008");
    case "deploy-key":
    case "ssh":
      // One report says otherwise (TR-011); GitHub's documents tell whose name a run carries that a deploy key started.
      return judge("yes", `a push with an SSH key starts workflows${unless}`, "TR-021", "TR-010", "TR-011");
  }
}

const MOST_TAGS = 3;

/** What a pull request from the branch makes of it, people have seen differently; none of them saw a run start by itself. */
function judgeJobToken(updates: Pushed["updates"]): Judgement {
  const isPages = updates?.some(({ kind, name }) => kind !== "tag" && name === "gh-pages") === true;
  const starts = judge<Answer>("no", "a push with GITHUB_TOKEN starts no workflow", "TR-001", "TR-012");
  const branches = updates?.some(({ kind, isDeleted }) => kind !== "tag" && !isDeleted) !== false;
  return {
    answer: starts.answer,
    reasons: [
      ...starts.reasons,
      ...(branches
        ? [
            {
              text: "where a pull request comes from the branch, its runs wait until somebody approves them (github.com), or there are none",
              facts: ["TR-002", "TR-003", "TR-006"] as const,
            },
          ]
        : []),
      ...(isPages ? [{ text: "and GitHub Pages is not built", facts: ["TR-020"] as const }] : []),
    ],
  };
}
