import fc from "fast-check";

export const pick = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

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

export const header = (token: string): string =>
  `AUTHORIZATION: basic $(printf 'x-access-token:%s' "$${token}" | base64 -w0)`;

export const key = fc.oneof(
  { weight: 3, arbitrary: fc.constant(HOST_KEYS[0]) },
  { weight: 2, arbitrary: pick(...HOST_KEYS) },
);
export const token = pick("PAT", "OTHER", "APP", "JOB");
export const value = fc.oneof(
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
export const url = fc.oneof(
  { weight: 3, arbitrary: pick(...URLS) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(pick("x-access-token:", "x:", "", "octocat:"), token, pick(...URLS))
      .map(([user, name, at]) => at.replace("://", `://${user}$${name}@`)),
  },
  { weight: 1, arbitrary: fc.constant("https://someone@github.com/octo/app") },
  { weight: 1, arbitrary: fc.constant("https://x-access-token:@github.com/octo/app") },
  { weight: 1, arbitrary: pick("git@github.com:octo/app.git", "ssh://git@github.com/octo/lib") },
);

export const helper = fc.oneof(
  fc.constant(""),
  fc.constant("store"),
  token.map((name) => `!f() { echo username=x; echo "password=$${name}"; }; f`),
  token.map((name) => `!f() { test "$1" = get && echo "username=x" && echo "password=$${name}"; }; f`),
  fc.constant("!gh auth git-credential"),
);
export const helperKey = pick(
  "credential.helper",
  "credential.https://github.com.helper",
  "credential.https://github.com/octo/app.helper",
  "credential.https://example.com.helper",
);

/** In double quotes: what stands in `$(…)` keeps its own. */
export const quote = (text: string): string => (/[$!]/.test(text) ? `"${text}"` : `'${text}'`);
/** A helper's text is kept from the shell that configures it, now and then not. */
export const single = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** What scripts do to git's configuration, its remotes, and files that hold credentials. */
export const command = fc.oneof(
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
      .tuple(token)
      .map(
        ([who]) =>
          `printf '[http "https://github.com/"]\\n\\textraheader = AUTHORIZATION: basic %s\\n' "$(printf 'x:%s' "$${who}" | base64 -w0)" > ~/extra.config && git config --global include.path ~/extra.config`,
      ),
  },
  // Askpass programs, and what asks them.
  {
    weight: 1,
    arbitrary: fc
      .tuple(token, pick("", "--global"))
      .map(
        ([name, where]) =>
          `printf '#!/bin/sh\\necho "$%s"\\n' ${name} > ~/askpass.sh && chmod +x ~/askpass.sh && git config ${where} core.askPass ~/askpass.sh`,
      ),
  },
  // Includes: unconditional, by directory, by branch.
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        token,
        key,
        pick("include.path", "includeIf.gitdir:~/.path", "includeIf.onbranch:main.path"),
        pick("", "--global"),
      )
      .map(
        ([name, where, include, scopeOf]) =>
          `git config --file ~/more.config '${where}' ${quote(header(name))} && git config ${scopeOf} '${include}' ~/more.config`,
      ),
  },
  // A header and its removal again, in one go.
  {
    weight: 1,
    arbitrary: fc
      .tuple(key, token)
      .map(([name, who]) => `git config '${name}' ${quote(header(who))} && git config --unset '${name}'`),
  },
  // As it came, put away and put back.
  {
    weight: 1,
    arbitrary: fc.constant(
      'H=$(git config --get http.https://github.com/.extraheader) && git config --unset-all http.https://github.com/.extraheader && git config http.https://github.com/.extraheader "$H"',
    ),
  },
  { weight: 1, arbitrary: fc.constant("git config --edit </dev/null") },
  {
    weight: 1,
    arbitrary: fc
      .tuple(token, pick("x", "octocat", ""))
      .map(
        ([name, user]) =>
          `git config credential.username '${user}' && git config credential.helper ${single(`!echo password=$${name};:`)}`,
      ),
  },
  {
    weight: 1,
    arbitrary: token.map(
      (name) =>
        `printf 'protocol=https\\nhost=github.com\\nusername=x\\npassword=%s\\n' "$${name}" | git credential approve`,
    ),
  },
  { weight: 1, arbitrary: fc.constant("printf 'protocol=https\\nhost=github.com\\n' | git credential reject") },
  { weight: 1, arbitrary: fc.constant("git config credential.useHttpPath true") },
  { weight: 1, arbitrary: token.map((name) => `echo "$${name}" | gh auth login --with-token`) },
  { weight: 1, arbitrary: fc.constant("unset GH_TOKEN; gh auth setup-git") },
  // Keys for ssh: in the usual files and others, in an agent, named by git and by ssh.
  {
    weight: 1,
    arbitrary: fc
      .tuple(pick("KEY", "KEY2"), pick("~/.ssh/id_ed25519", "~/.ssh/id_rsa", "~/second_key"))
      .map(([name, file]) => `mkdir -p ~/.ssh && (umask 077 && echo "$${name}" > ${file})`),
  },
  {
    weight: 1,
    arbitrary: pick("KEY", "KEY2").map(
      (name) =>
        `eval "$(ssh-agent -s)" && ssh-add - <<< "$${name}" && echo "SSH_AUTH_SOCK=$SSH_AUTH_SOCK" >> "$GITHUB_ENV"`,
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(pick("", "--global"), pick("", " -o IdentitiesOnly=yes"))
      .map(([where, only]) => `git config ${where} core.sshCommand "ssh -i ~/second_key${only}"`),
  },
  {
    weight: 1,
    arbitrary: fc.constant(
      "mkdir -p ~/.ssh && printf 'Host github.com\\n  IdentityFile ~/second_key\\n' > ~/.ssh/config",
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(pick("", "--global"), pick("insteadOf", "pushInsteadOf"))
      .map(([where, what]) => `git config ${where} url.git@github.com:.${what} https://github.com/`),
  },
  {
    weight: 1,
    arbitrary: pick("", "--global").map(
      (where) => `git config ${where} url.https://github.com/.insteadOf git@github.com:`,
    ),
  },
  { weight: 1, arbitrary: fc.constant("git remote set-url origin git@github.com:octo/app.git") },
  { weight: 1, arbitrary: fc.constant("git config extensions.worktreeConfig true") },
  { weight: 1, arbitrary: fc.constant("git config --global push.default current") },
  { weight: 1, arbitrary: fc.constant("git config --global --unset-all credential.helper") },
  { weight: 1, arbitrary: fc.constant('rm -f "$RUNNER_TEMP"/git-credentials-*.config') },
  { weight: 1, arbitrary: fc.constant("rm -f ~/.gitconfig") },
  { weight: 1, arbitrary: fc.constant("sed -i '/extraheader/d' .git/config") },
);
