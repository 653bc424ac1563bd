import { judge, type Judgement } from "./judgement.ts";
import type { Pusher } from "./pusher.ts";
import { butNear } from "./write-contents.ts";

/** Whether GitHub would take changes of files in `.github/workflows` from the pusher; rulesets apart. */
export function judgeEditing(pusher: Pusher): Judgement {
  switch (pusher.kind) {
    case "github-token":
      // `actions: write` was said to help, and was seen not to; merged commits count like the job's own.
      return judge("no", "GITHUB_TOKEN may never change workflow files", "WF-005", "WF-006", "WF-007");
    case "user":
      return pusher.isSsh ? judgeKey(pusher.secret) : judgeToken(pusher);
    case "app": {
      const { permissions } = pusher;
      if (permissions === undefined && pusher.isFederated)
        return judge(
          "unknown",
          "the trust policy of the token service decides, and is not in sight",
          "WF-009",
          "RS-034",
        );
      if (permissions === undefined)
        return judge("unknown", "whether the App has workflows: write is not declared", "WF-002", "LT-004");
      return permissions["workflows"] === "write"
        ? judge("yes", "the App's token has workflows: write", "WF-002")
        : judge("no", "the App's token lacks workflows: write", "WF-002");
    }
    case "deploy-key":
    case "ssh":
      return judgeKey(pusher.secret);
    case "nobody":
      return judge("no", pusher.why);
    case "unknown":
      return judge("unknown", pusher.why);
  }
}

function judgeKey(secret: string): Judgement {
  return judge("yes", `a push with the SSH key ${secret} is held to no scope, as far as is known`, "WF-008");
}

function judgeToken({ secret, facts, near }: Extract<Pusher, { readonly kind: "user" }>): Judgement {
  if (facts?.scopes === undefined)
    return judge("unknown", `the scopes of ${secret} are not declared${butNear(near)}`, "WF-001", "WF-004");
  const has = facts.scopes.some((scope) => /^workflows?(?::\s*write)?$/.test(scope));
  const wanted = facts.kind === "fine-grained" ? "workflows: write" : "the scope workflow";
  const fact = facts.kind === "fine-grained" ? "WF-004" : "WF-001";
  return has
    ? judge("yes", `${secret} is declared with ${wanted}`, fact)
    : judge("no", `${secret} is declared without ${wanted}`, fact);
}
