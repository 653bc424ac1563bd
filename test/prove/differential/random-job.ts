import fc from "fast-check";
import { command, header, helper, helperKey, key, pick, quote, single, token, url, value } from "./random-commands.ts";

/** What a random job does, one thing after the other. Places are numbers: which they are is decided where the job is written. */
export type Op =
  | {
      readonly kind: "checkout";
      readonly version: string;
      readonly path: string | undefined;
      readonly repository: string | undefined;
      readonly token: string | undefined;
      readonly persist: string | undefined;
      readonly clean: boolean;
      readonly full: boolean;
      readonly submodules: string | undefined;
      readonly sshKey: string | undefined;
      readonly condition: Condition;
    }
  /** A command in a directory. */
  | {
      readonly kind: "shell";
      readonly dir: number;
      readonly way: Way;
      readonly command: string;
      readonly condition: Condition;
    }
  /** A command that makes a directory, or leads to one. */
  | { readonly kind: "make"; readonly dir: number; readonly how: string; readonly name: string }
  /** A variable for the steps behind. */
  | { readonly kind: "export"; readonly lines: readonly string[] }
  /** A composite action of the repository, which configures git. */
  | { readonly kind: "action"; readonly name: string; readonly token: string }
  /** A token that goes through a step's output into a checkout. */
  | { readonly kind: "output"; readonly token: string; readonly version: string; readonly path: string | undefined }
  | {
      readonly kind: "push";
      readonly dir: number;
      readonly way: Way;
      /** In front of `git`: variables for this command alone. */
      readonly env: readonly string[];
      readonly options: readonly string[];
      readonly remote: number | string;
      readonly flag: string;
      readonly form: Form;
      readonly condition: Condition;
    };

/** How a command gets to its directory. */
type Way = "cd" | "-C" | "subshell" | "working-directory" | "--git-dir" | "pushd";
/** What stands around the push. */
type Form = "plain" | "if" | "for" | "function" | "bash -c" | "eval" | "timeout" | "here-document" | "chain";
type Condition = string | undefined;

const way = pick<Way>("cd", "cd", "-C", "-C", "subshell", "working-directory", "--git-dir", "pushd");
const dir = fc.nat({ max: 7 });
const TRUE = "github.event_name == 'push'";
const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 12, arbitrary: fc.constant(undefined) },
  {
    weight: 3,
    arbitrary: pick(
      TRUE,
      "always()",
      "success()",
      "failure()",
      "github.event_name == 'schedule'",
      "env.LEVEL == 'high'",
      "needs.prepare.outputs.level != 'low'",
      "steps.app.outputs.token != ''",
      "${{ secrets.PAT != '' && !cancelled() }}",
    ),
  },
);

const VERSIONS = [
  "v1",
  "v1.1.0",
  "v2",
  "v3",
  "v4",
  "v4.2.2",
  "v4.3.1",
  "v5",
  "v5.0.0",
  "v6",
  "v6.0.0",
  "v6.0.2",
] as const;

const tokenInput = fc.oneof(
  {
    weight: 8,
    arbitrary: pick(
      undefined,
      undefined,
      undefined,
      "${{ secrets.PAT }}",
      "${{ secrets.OTHER }}",
      "${{ steps.app.outputs.token }}",
      "${{ github.token }}",
    ),
  },
  {
    weight: 1,
    arbitrary: pick(
      "${{ secrets.MISSING || secrets.PAT }}",
      "${{ env.LEVEL == 'high' && secrets.PAT || secrets.OTHER }}",
    ),
  },
);

const checkout = fc.record({
  kind: fc.constant("checkout" as const),
  version: pick(...VERSIONS),
  path: pick(undefined, undefined, "a", "b", "a/deep"),
  repository: pick(undefined, undefined, undefined, "octo/lib"),
  token: tokenInput,
  persist: fc.oneof(
    { weight: 12, arbitrary: pick(undefined, undefined, undefined, "false", "false", "true", "''") },
    { weight: 1, arbitrary: fc.constant("${{ github.event_name == 'never' }}") },
  ),
  clean: fc.boolean(),
  full: pick(false, false, true),
  submodules: pick(undefined, undefined, undefined, undefined, "true", "recursive"),
  sshKey: pick(
    ...Array.from({ length: 7 }, () => undefined),
    "${{ secrets.DEPLOY_KEY }}",
    "${{ secrets.OTHER_DEPLOY_KEY }}",
  ),
  condition,
});

const shell: fc.Arbitrary<Op> = fc.record({ kind: fc.constant("shell" as const), dir, way, command, condition });

const make: fc.Arbitrary<Op> = fc.record({
  kind: fc.constant("make" as const),
  dir,
  how: pick(
    "mkdir -p NAME",
    "git init --quiet NAME && git -C NAME remote add origin https://github.com/octo/app && git -C NAME -c user.name=x -c user.email=x commit --quiet --allow-empty -m x",
    "rm -rf NAME && cp -r DIR NAME",
    "rm -rf NAME && cp -a DIR/. NAME",
    "mkdir -p NAME && cp -r DIR/.git NAME/",
    "mv DIR NAME",
    "rm -rf NAME && git clone --quiet https://github.com/octo/app NAME",
    'rm -rf NAME && git clone --quiet "https://x:$PAT@github.com/octo/app" NAME',
    "rm -rf NAME && git clone --quiet DIR NAME && git -C NAME remote set-url origin https://github.com/octo/app.git",
    "rm -rf NAME && gh repo clone octo/lib NAME",
    "git -C DIR submodule --quiet add https://github.com/octo/lib sub",
    "rm -rf NAME && git -C DIR worktree add --quiet --detach TOP/NAME",
  ),
  name: pick("made", "build", "a/build", "copy"),
});

/** `GIT_CONFIG_COUNT` and its kin: git-config(1), ENVIRONMENT. */
const countedConfig = fc
  .tuple(key, value)
  .map(([name, text]) => ["GIT_CONFIG_COUNT=1", `GIT_CONFIG_KEY_0='${name}'`, `GIT_CONFIG_VALUE_0=${quote(text)}`]);
const forOne: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 8, arbitrary: fc.constant([]) },
  { weight: 2, arbitrary: countedConfig },
  { weight: 1, arbitrary: token.map((name) => [`GH_TOKEN="$${name}"`]) },
  { weight: 1, arbitrary: pick("true", "~/askpass.sh").map((program) => [`GIT_ASKPASS=${program}`]) },
  { weight: 1, arbitrary: fc.constant(["GIT_TERMINAL_PROMPT=0"]) },
  { weight: 1, arbitrary: fc.constant(['GIT_SSH_COMMAND="ssh -i ~/second_key -o IdentitiesOnly=yes"']) },
  { weight: 1, arbitrary: fc.constant(["HOME=/nowhere"]) },
  { weight: 1, arbitrary: fc.constant(["GIT_CONFIG_GLOBAL=/dev/null"]) },
  { weight: 1, arbitrary: fc.constant(["GIT_CONFIG_NOSYSTEM=1"]) },
);

const exported: fc.Arbitrary<Op> = fc
  .oneof(
    token.map((name) => [`GH_TOKEN=$${name}`]),
    token.map((name) => [`GITHUB_TOKEN=$${name}`]),
    pick("true", "false").map((program) => [`GIT_ASKPASS=${program}`]),
    fc.constant(["GIT_TERMINAL_PROMPT=0"]),
    fc.constant(["LEVEL=low"]),
    fc
      .tuple(key, token)
      .map(([name, who]) => ["GIT_CONFIG_COUNT=1", `GIT_CONFIG_KEY_0=${name}`, `GIT_CONFIG_VALUE_0=${header(who)}`]),
  )
  .map((lines): Op => ({ kind: "export", lines }));

const action: fc.Arbitrary<Op> = fc.record({
  kind: fc.constant("action" as const),
  name: pick("rewrite", "header", "check-out", "agent"),
  token: pick("${{ secrets.PAT }}", "${{ secrets.OTHER }}", "${{ steps.app.outputs.token }}", "${{ github.token }}"),
});

const output: fc.Arbitrary<Op> = fc.record({
  kind: fc.constant("output" as const),
  token,
  version: pick("v4", "v6"),
  path: pick(undefined, "b"),
});

const push = fc.record({
  kind: fc.constant("push" as const),
  dir,
  way,
  env: forOne,
  options: fc.oneof(
    { weight: 6, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.tuple(key, value).map(([name, text]) => [`-c ${quote(`${name}=${text}`)}`]) },
    {
      weight: 1,
      arbitrary: fc.tuple(key, token).map(([name, who]) => [`-c '${name}='`, `-c ${quote(`${name}=${header(who)}`)}`]),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(helperKey, helper).map(([name, text]) => [`-c ${name}=`, `-c ${single(`${name}=${text}`)}`]),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(key, token).map(([name, who]) => [`--config-env='${name}'=H_${who}`]),
    },
  ),
  remote: fc.oneof({ weight: 6, arbitrary: fc.nat({ max: 3 }) }, { weight: 4, arbitrary: url.map(quote) }),
  flag: pick("", "", "", "--force", "--dry-run", "--quiet", "--no-verify"),
  form: pick<Form>(
    "plain",
    "plain",
    "plain",
    "plain",
    "if",
    "for",
    "function",
    "bash -c",
    "eval",
    "timeout",
    "here-document",
    "chain",
  ),
  condition: pick<Condition>(undefined, undefined, undefined, undefined, undefined, "always()", TRUE),
});

const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 3, arbitrary: checkout },
  { weight: 8, arbitrary: shell },
  { weight: 3, arbitrary: make },
  { weight: 1, arbitrary: exported },
  { weight: 1, arbitrary: action },
  { weight: 1, arbitrary: output },
  { weight: 4, arbitrary: push },
);

/** A job: a checkout first, which is there for certain, up to so many things then, and a push. */
export function randomJob(most: number): fc.Arbitrary<readonly Op[]> {
  return fc
    .tuple(checkout, fc.array(op, { maxLength: most }), push)
    .map(([first, ops, last]) => [{ ...first, condition: undefined }, ...ops, last]);
}
