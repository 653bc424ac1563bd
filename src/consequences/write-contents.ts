import type { FileNode } from "../ir/any-node.ts";
import type { Permissions } from "../ir/workflow.ts";
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
      if (permissions === undefined) return judge("unknown", "which permissions the App has is not declared", "LT-004");
      return permissions["contents"] === "write"
        ? judge("yes", "the App's token has contents: write")
        : judge("no", "the App's token lacks contents: write");
    }
    case "user": {
      const { facts } = pusher;
      if (facts?.kind !== "classic" || facts.scopes === undefined)
        return judge("unknown", `what the owner of ${pusher.secret} may do is not declared`);
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
  if (answer === "yes") return judge("yes", `${where} permissions have contents: write`, "PM-004");
  return judge("unknown", "there are no permissions: the repository's setting decides", "PM-002");
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
