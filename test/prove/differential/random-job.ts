import fc from "fast-check";

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
    }
  /** A command in a directory. */
  | {
      readonly kind: "shell";
      readonly dir: number;
      readonly way: Way;
      readonly command: string;
      readonly mayFail: boolean;
    }
  /** A command that makes a directory, or leads to one. */
  | { readonly kind: "make"; readonly dir: number; readonly how: string; readonly name: string }
  /** A variable for the steps behind. */
  | { readonly kind: "export"; readonly name: string; readonly value: string }
  | {
      readonly kind: "push";
      readonly dir: number;
      readonly way: Way;
      readonly options: readonly string[];
      readonly remote: string;
      readonly flag: string;
    };

/** How a command gets to its directory. */
type Way = "cd" | "-C" | "subshell" | "working-directory";

const pick = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const HOST_KEYS = [
  "http.https://github.com/.extraheader",
  "http.https://github.com.extraheader",
  "HTTP.https://GitHub.com/.ExtraHeader",
  "http.extraheader",
  "http.https://github.com:443/.extraheader",
  "http.https://github.com/octo.extraheader",
  "http.https://github.com/octo/.extraheader",
  "http.https://github.com/octo/app.extraheader",
  "http.https://github.com/octo/app.git.extraheader",
  "http.https://x@github.com/.extraheader",
  "http.https://*.com/.extraheader",
  "http.https://*.github.com/.extraheader",
  "http.http://github.com/.extraheader",
] as const;

const header = (token: string): string => `AUTHORIZATION: basic $(printf 'x-access-token:%s' "$${token}" | base64 -w0)`;

const key = fc.oneof({ weight: 3, arbitrary: fc.constant(HOST_KEYS[0]) }, { weight: 2, arbitrary: pick(...HOST_KEYS) });
const token = pick("PAT", "OTHER", "APP", "JOB");
const value = fc.oneof(
  { weight: 6, arbitrary: token.map(header) },
  { weight: 2, arbitrary: fc.constant("") },
  { weight: 1, arbitrary: fc.constant("X-Other: 1") },
  { weight: 1, arbitrary: token.map((name) => `AUTHORIZATION: bearer $${name}`) },
  // Quotes that are one too many, as people write them.
  { weight: 1, arbitrary: token.map((name) => header(name).replace(/"/g, String.raw`\"`)) },
);
const scope = pick("", "--local", "--global", "--system", "--worktree");

const URLS = [
  "https://github.com/octo/app",
  "https://github.com/octo/app.git",
  "https://github.com/octo/lib",
  "https://GitHub.com/octo/app",
  "https://github.com:443/octo/app",
] as const;
const url = fc.oneof(
  { weight: 3, arbitrary: pick(...URLS) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(pick("x-access-token:", "x:", "", "octocat:"), token, pick(...URLS))
      .map(([user, name, at]) => at.replace("://", `://${user}$${name}@`)),
  },
  { weight: 1, arbitrary: fc.constant("https://someone@github.com/octo/app") },
  { weight: 1, arbitrary: fc.constant("https://x-access-token:@github.com/octo/app") },
);

const helper = fc.oneof(
  fc.constant(""),
  fc.constant("store"),
  token.map((name) => `!f() { echo username=x; echo "password=$${name}"; }; f`),
  token.map((name) => `!f() { test "$1" = get && echo "username=x" && echo "password=$${name}"; }; f`),
  fc.constant("!gh auth git-credential"),
);
const helperKey = pick(
  "credential.helper",
  "credential.https://github.com.helper",
  "credential.https://github.com/octo/app.helper",
  "credential.https://example.com.helper",
);

/** In double quotes: what stands in `$(…)` keeps its own. */
const quote = (text: string): string => (/[$!]/.test(text) ? `"${text}"` : `'${text}'`);
/** A helper's text is kept from the shell that configures it, now and then not. */
const single = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const command = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(scope, pick("", "--add", "--replace-all"), key, value)
      .map(([where, how, name, text]) => `git config ${where} ${how} '${name}' ${quote(text)}`),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(pick("", "--local", "--global"), pick("--unset-all", "--unset"), key)
      .map(([where, how, name]) => `git config ${where} ${how} '${name}'`),
  },
  {
    weight: 1,
    arbitrary: pick("", "--global").map((where) => `git config ${where} --remove-section http.https://github.com/`),
  },
  {
    weight: 1,
    arbitrary: pick("", "--global").map(
      (where) => `git config ${where} --rename-section http.https://github.com/ http.https://example.com/`,
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(scope, helperKey, helper)
      .map(([where, name, text]) => `git config ${where} ${name} ${single(text)}`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(pick("", "--global"), helperKey, helper)
      .map(([where, name, text]) => `git config ${where} --add ${name} ${single(text)}`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(pick("", "--push", "--add"), url)
      .map(([how, to]) => `git remote set-url ${how} origin ${quote(to)}`),
  },
  { weight: 1, arbitrary: url.map((to) => `git remote add second ${quote(to)}`) },
  { weight: 1, arbitrary: pick("git remote remove origin", "git remote rename origin upstream") },
  { weight: 1, arbitrary: pick("second", "origin").map((name) => `git config remote.pushDefault ${name}`) },
  { weight: 1, arbitrary: pick("second", "origin").map((name) => `git config branch.main.pushRemote ${name}`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        pick("", "--global"),
        pick("insteadOf", "pushInsteadOf"),
        token,
        pick("https://github.com/", "https://github.com/octo/", "https://github.com/octo/app", "gh:"),
      )
      .map(
        ([where, what, name, from]) =>
          `git config ${where} "url.https://x:$${name}@${from === "gh:" ? "github.com/" : from.slice("https://".length)}.${what}" ${from}`,
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(pick("insteadOf", "pushInsteadOf"), pick("", "--global"))
      .map(
        ([what, where]) => `git config ${where} url.https://github.com/octo/lib.${what} https://github.com/octo/app`,
      ),
  },
  {
    weight: 1,
    arbitrary: token.map((name) => `printf 'machine github.com login x password %s\\n' "$${name}" > ~/.netrc`),
  },
  {
    weight: 1,
    arbitrary: token.map((name) => `printf 'machine github.com\\nlogin x\\npassword %s\\n' "$${name}" >> ~/.netrc`),
  },
  { weight: 1, arbitrary: token.map((name) => `echo "https://x:$${name}@github.com" > ~/.git-credentials`) },
  { weight: 1, arbitrary: token.map((name) => `export GH_TOKEN="$${name}" && gh auth setup-git`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(pick("http.https://github.com/.extraheader"), token)
      .map(
        ([name, who]) =>
          `printf '[http "https://github.com/"]\\n\\textraheader = AUTHORIZATION: basic %s\\n' "$(printf 'x:%s' "$${who}" | base64 -w0)" > ~/extra.config && git config --global include.path ~/extra.config # ${name}`,
      ),
  },
  { weight: 1, arbitrary: fc.constant("git config extensions.worktreeConfig true") },
  { weight: 1, arbitrary: fc.constant("git config --global push.default current") },
  { weight: 1, arbitrary: fc.constant("git config --global --unset-all credential.helper") },
  { weight: 1, arbitrary: fc.constant('rm -f "$RUNNER_TEMP"/git-credentials-*.config') },
  { weight: 1, arbitrary: fc.constant("rm -f ~/.gitconfig") },
  { weight: 1, arbitrary: fc.constant("sed -i '/extraheader/d' .git/config") },
);

const way = pick<Way>("cd", "-C", "subshell", "working-directory");
const dir = fc.nat({ max: 5 });

const checkout: fc.Arbitrary<Op> = fc.record({
  kind: fc.constant("checkout" as const),
  version: pick("v1", "v1.1.0", "v2", "v3", "v4", "v4.2.2", "v4.3.1", "v5", "v5.0.0", "v6", "v6.0.0", "v6.0.2"),
  path: pick(undefined, undefined, "a", "b", "a/deep"),
  repository: pick(undefined, undefined, undefined, "octo/lib"),
  token: pick(
    undefined,
    undefined,
    undefined,
    "${{ secrets.PAT }}",
    "${{ secrets.OTHER }}",
    "${{ steps.app.outputs.token }}",
  ),
  persist: pick(undefined, undefined, "false", "true", "''", "${{ github.event_name == 'never' }}"),
  clean: fc.boolean(),
  full: pick(false, false, true),
});

const shell: fc.Arbitrary<Op> = fc.record({
  kind: fc.constant("shell" as const),
  dir,
  way,
  command,
  mayFail: pick(true, true, true, false),
});

const make: fc.Arbitrary<Op> = fc.record({
  kind: fc.constant("make" as const),
  dir,
  how: pick(
    "mkdir -p NAME",
    "git init --quiet NAME",
    "cp -r DIR NAME",
    "git clone --quiet https://github.com/octo/app NAME",
    'git clone --quiet "https://x:$PAT@github.com/octo/app" NAME',
    "git clone --quiet DIR NAME",
    "git -C DIR worktree add --quiet --detach TOP/NAME",
  ),
  name: pick("made", "build", "a/build", "copy"),
});

const exported: fc.Arbitrary<Op> = fc.oneof(
  token.map((name): Op => ({ kind: "export", name: "GH_TOKEN", value: `$${name}` })),
  pick("true", "false").map((value): Op => ({ kind: "export", name: "GIT_ASKPASS", value })),
  fc.constant<Op>({ kind: "export", name: "GIT_TERMINAL_PROMPT", value: "0" }),
);

const push: fc.Arbitrary<Op> = fc.record({
  kind: fc.constant("push" as const),
  dir,
  way,
  options: fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.tuple(key, value).map(([name, text]) => [`-c ${quote(`${name}=${text}`)}`]) },
    {
      weight: 1,
      arbitrary: fc.tuple(key, token).map(([name, who]) => [`-c '${name}='`, `-c ${quote(`${name}=${header(who)}`)}`]),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(helperKey, helper).map(([name, text]) => [`-c ${name}=`, `-c ${single(`${name}=${text}`)}`]),
    },
  ),
  remote: fc.oneof(
    { weight: 5, arbitrary: pick("origin", "origin", "origin", "origin", "second", "upstream", "") },
    { weight: 4, arbitrary: url.map(quote) },
    { weight: 1, arbitrary: fc.constant("gh:octo/app") },
  ),
  flag: pick("", "", "", "--force", "--dry-run", "--quiet"),
});

const op = fc.oneof(
  { weight: 2, arbitrary: checkout },
  { weight: 6, arbitrary: shell },
  { weight: 2, arbitrary: make },
  { weight: 1, arbitrary: exported },
  { weight: 3, arbitrary: push },
);

/** A job: a checkout first, mostly, anything then, and a push. */
export const randomJob: fc.Arbitrary<readonly Op[]> = fc
  .tuple(fc.array(checkout, { minLength: 1, maxLength: 1 }), fc.array(op, { maxLength: 7 }), push)
  .map(([first, ops, last]) => [...first, ...ops, last]);
