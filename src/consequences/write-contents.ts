import type { FileNode } from "../ir/any-node.ts";
import { scalarsOf } from "../ir/walk.ts";
import type { Permissions, Workflow } from "../ir/workflow.ts";
import { findJob } from "./find-job.ts";
import { judge, type Judgement } from "./judgement.ts";
import type { Pusher } from "./pusher.ts";

/** Whether the pusher may write to a repository's contents at all. */
export function judgeWriting(pusher: Pusher, isOther: boolean, file: FileNode, job: string): Judgement {
  switch (pusher.kind) {
    case "github-token":
      if (isOther) return judge("no", "GITHUB_TOKEN reaches only its own repository", "LT-008");
      return judgeJobToken(file, job);
    case "app": {
      const { permissions } = pusher;
      if (permissions === undefined && pusher.isFederated)
        return judge("unknown", "the trust policy of the token service decides, and is not in sight", "RS-034");
      if (permissions === undefined) return judge("unknown", "which permissions the App has is not declared", "LT-004");
      return permissions["contents"] === "write"
        ? judge("yes", "the App's token has contents: write")
        : judge("no", "the App's token lacks contents: write");
    }
    case "user": {
      const { facts } = pusher;
      if (facts?.kind !== "classic" || facts.scopes === undefined)
        return judge("unknown", `what the owner of ${pusher.secret} may do is not declared${butNear(pusher.near)}`);
      const writes = facts.scopes.some((scope) => scope === "repo" || scope === "public_repo");
      return writes
        ? judge("yes", `${pusher.secret} is declared with the scope repo`)
        : judge("no", `${pusher.secret} is declared without the scope repo`);
    }
    case "deploy-key":
    case "ssh":
      return judge("unknown", `whether the key in ${pusher.secret} may write is not declared`);
    case "nobody":
      return judge("no", pusher.why);
    case "unknown":
      return judge("unknown", pusher.why);
  }
}

/** A name among the declared ones that this may be meant by. */
export function butNear(near: string | undefined): string {
  return near === undefined ? "" : ` (but ${near} is: is it the same?)`;
}

function judgeJobToken(file: FileNode, job: string): Judgement {
  if (file.kind !== "workflow") return judge("unknown", "the caller's permissions decide", "PM-015");
  const called = findJob(file, job);
  const permissions = called?.permissions ?? file.permissions;
  const answer = contentsOf(permissions);
  const where = called?.permissions === undefined ? "the workflow's" : "the job's";
  if (answer === "no") return judge("no", `${where} permissions leave contents without write`, "PM-003", "PM-004");
  // A called workflow may have less than its caller gives it.
  if (answer === "yes" && job.includes(" / "))
    return judge("unknown", "the called workflow's own permissions decide", "PM-015");
  if (answer !== "yes")
    return judge("unknown", "there are no permissions: the repository's setting decides", "PM-002", "PM-001");
  if (DEPENDABOT.test(called?.if?.text ?? "")) return DEPENDABOTS_TOKEN;
  const given = `${where} permissions have contents: write`;
  // A fork's pull request is somebody else's run; its push fails, and those of the repository's own branches do not.
  return startsOnPullRequests(file)
    ? judge("yes", `${given}, but in runs for a fork's pull request`, "PM-004", "PM-005")
    : judge("yes", given, "PM-004");
}

/** `if: github.actor == 'dependabot[bot]'` */
const DEPENDABOT = /==\s*'dependabot\[bot\]'|'dependabot\[bot\]'\s*==/;

/** Of runs that Dependabot starts GitHub's documents say two things. */
const DEPENDABOTS_TOKEN: Judgement = {
  answer: "unknown",
  reasons: [
    {
      text: "in runs that Dependabot starts, `permissions` raise the token, says one page of GitHub's",
      facts: ["PM-009"],
    },
    { text: "and it may only read whatever they say, says another", facts: ["PM-011"] },
  ],
};

function startsOnPullRequests({ on }: Workflow): boolean {
  const events = on?.kind === "mapping" ? on.entries.map(({ key }) => key.text) : scalarsOf(on).map(({ text }) => text);
  return events.some((event) => /^pull_request(?:_review(?:_comment)?)?$/.test(event));
}

function contentsOf(permissions: Permissions | undefined): "yes" | "no" | "unknown" {
  if (permissions === undefined) return "unknown";
  if (permissions.kind === "scalar") {
    if (permissions.text === "write-all") return "yes";
    return permissions.text === "read-all" || permissions.text === "" ? "no" : "unknown";
  }
  const contents = permissions.entries.find(({ key }) => key.text === "contents")?.value;
  if (contents === undefined) return "no";
  return contents.text === "write" ? "yes" : contents.text.includes("${{") ? "unknown" : "no";
}
