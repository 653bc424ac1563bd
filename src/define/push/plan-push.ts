import { isPlainObject } from "../convert/convert-value.ts";
import { definitionError } from "../definition-error.ts";
import { expressionData } from "../expressions/expression-value.ts";
import { unwrap, type Options, type PushIntent, type StepDefinition } from "../model.ts";
import type { PushPlan } from "./push-plan.ts";
import { wrongNames } from "./push-names.ts";

interface PlannedPush {
  readonly plan: PushPlan;
  readonly intent: PushIntent;
  /** The step's own keys: `id`, `name`, `if` … */
  readonly step: Options;
}

/** Turns a text option into text, its expressions written out. */
type Written = (value: unknown) => string | undefined;
type Fail = (message: string) => never;

const STEP_KEYS = ["id", "name", "if", "continue-on-error", "timeout-minutes"];
const PUSH_KEYS = ["as", "branch", "refs", "tag", "repository", "path", "commit", "force", "retry", "allowPersisted"];
const COMMIT_KEYS = ["paths", "message", "author", "noVerify"];
// The id is that of the account github-actions[bot].
const BOT = { name: "github-actions[bot]", email: "41898282+github-actions[bot]@users.noreply.github.com" };

/** Checks what `push` was given (the types say the same, but sources may be JavaScript) and sorts it. */
export function planPush({ options, call }: StepDefinition, written: Written): PlannedPush {
  const fail: Fail = (message) => {
    throw definitionError(`push: ${message}`, call);
  };
  refuseOthers(options, [...PUSH_KEYS, ...STEP_KEYS], "an option", fail);
  const as = expressionData(options.as);
  if (as?.credential === undefined) {
    return fail('`as` says who pushes: githubToken(), pat("SECRET"), appToken(mintingStep) or deployKey("SECRET")');
  }
  const targets = ["branch", "refs", "tag"].filter((key) => options[key] !== undefined);
  if (targets.length !== 1) {
    fail(
      `give exactly one of \`branch\`, \`refs\` and \`tag\`${targets.length === 0 ? "" : `, not ${targets.join(" and ")}`}`,
    );
  }
  const refs = unwrap(options.refs);
  if (refs !== undefined && (!Array.isArray(refs) || refs.length === 0))
    fail("`refs` is a list of at least one refspec");
  const { force, retry, allowPersisted } = options;
  if (force !== undefined && force !== "with-lease") {
    fail('`force` is "with-lease" or left out: a plain force overwrites what others pushed in between');
  }
  if (
    retry !== undefined &&
    typeof retry !== "boolean" &&
    !(Number.isInteger(retry) && Number(retry) >= 0 && Number(retry) <= 3)
  ) {
    fail("`retry` is true, false, or a number from 0 to 3");
  }
  if (allowPersisted !== undefined && (typeof allowPersisted !== "string" || allowPersisted.trim() === "")) {
    fail("`allowPersisted` takes the reason as a text");
  }
  const path = unwrap(options.path);
  if (path !== undefined && typeof path !== "string") fail("`path` is a folder in the workspace, as a text");
  const commit = planCommit(unwrap(options.commit), as.credential.kind === "github-token", written, fail);
  const wrong = wrongNames({
    branch: written(options.branch),
    tag: written(options.tag),
    refs: Array.isArray(refs) ? refs.map((ref) => written(ref) ?? "") : [],
    repository: written(options.repository),
    paths: commit?.paths ?? [],
  });
  if (wrong !== undefined) fail(wrong);
  return {
    plan: {
      credential: as.credential,
      tokenExpression: `\${{ ${as.source} }}`,
      branch: written(options.branch),
      tag: written(options.tag),
      refs: Array.isArray(refs) ? refs.map((ref) => written(ref) ?? "") : undefined,
      repository: written(options.repository),
      path: typeof path === "string" ? path : undefined,
      commit,
      force: force === "with-lease" ? force : undefined,
      retry: typeof retry === "number" || typeof retry === "boolean" ? retry : undefined,
    },
    intent: {
      kind: "push",
      as: as.credential,
      token: as.source,
      path: typeof path === "string" ? path : ".",
      allowPersisted: typeof allowPersisted === "string" ? allowPersisted : undefined,
    },
    step: Object.fromEntries(Object.entries(options).filter(([key]) => STEP_KEYS.includes(key))),
  };
}

function planCommit(commit: unknown, byBot: boolean, written: Written, fail: Fail): PushPlan["commit"] {
  if (commit === undefined) return undefined;
  if (!isPlainObject(commit)) return fail("`commit` is { paths, message, author }");
  refuseOthers(commit, COMMIT_KEYS, "a key of `commit`", fail);
  const paths = unwrap(commit.paths);
  if (!Array.isArray(paths) || paths.length === 0) return fail("`commit.paths` is a list of at least one path");
  const message = written(commit.message);
  if (message === undefined || message.trim() === "") return fail("`commit.message` is missing");
  const author = unwrap(commit.author) ?? (byBot ? BOT : undefined);
  if (author === undefined) {
    return fail(
      "`commit.author` is missing: { name, email }. The author of a commit is not the pusher, and only githubToken() has one by default",
    );
  }
  if (!isPlainObject(author)) return fail("`commit.author` is { name, email }");
  const name = written(author.name);
  const email = written(author.email);
  if (!name || !email) return fail("`commit.author` needs `name` and `email`");
  return {
    paths: paths.map((path) => written(path) ?? ""),
    message,
    author: { name, email },
    noVerify: commit.noVerify === true,
  };
}

function refuseOthers(given: object, known: readonly string[], what: string, fail: Fail): void {
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) fail(`\`${key}\` is not ${what}; known are ${known.join(", ")}`);
  }
}
