import type { Call } from "../script/walk.ts";
import type { Text } from "../text.ts";
import {
  isGiven,
  optionIn,
  readBeside,
  readUpward,
  shellWord,
  unknownIn,
  type KnownTool,
  type Tool,
  type Words,
} from "./tool.ts";

/** Programs that put a site on a branch. */
export const PAGES_TOOLS: readonly KnownTool[] = [
  {
    names: ["gh-pages"],
    commands: "`gh-pages -d FOLDER`",
    pushes:
      "from a clone of its own to the URL of the remote, or that of `--repo`; what the checkout keeps is not there",
    source: "tschaub/gh-pages, lib/index.js, lib/git.js",
    hint: "gh-pages",
    mention: byName("gh-pages"),
    push: (words) => (isGiven(words, "--no-push") ? undefined : publishPages(words)),
  },
  {
    names: ["angular-cli-ghpages", "ngh"],
    commands: "`angular-cli-ghpages`",
    pushes:
      "from a clone of its own to the URL of the remote, or that of `--repo`, with the first of `GH_TOKEN`, `PERSONAL_TOKEN` and `GITHUB_TOKEN` put into it",
    source: "angular-schule/angular-cli-ghpages, src/engine/engine.prepare-options-helpers.ts",
    hint: String.raw`ghpages|\bngh\b`,
    mention: String.raw`\bangular-cli-ghpages\b|\bngh\b`,
    push: deployAngular,
  },
  {
    names: ["ng"],
    commands: "`ng deploy`, where angular.json names angular-cli-ghpages",
    pushes: "as `angular-cli-ghpages`",
    source: "angular-schule/angular-cli-ghpages, README.md",
    hint: String.raw`\bng\s`,
    mention: String.raw`\bng\s+deploy\b`,
    push: (words, call) => {
      if (words[0] !== "deploy") return undefined;
      const project = readUpward(call, "angular.json");
      if (project?.includes("angular-cli-ghpages:deploy") === true) return deployAngular(words);
      const run =
        project === undefined && words.some((word) => OF_GHPAGES.test(word)) ? deployAngular(words) : undefined;
      const note =
        "angular.json is out of sight: if `ng deploy` is angular-cli-ghpages', as its options say, this is who pushes";
      return run === undefined ? undefined : { run, note };
    },
  },
  {
    names: ["docusaurus", "docusaurus-publish"],
    commands: "`docusaurus deploy`",
    pushes:
      "from a clone of its own, with `GIT_USER` and `GIT_PASS` in the URL, or through SSH where `USE_SSH` is `true`",
    source: "facebook/docusaurus, packages/docusaurus/src/commands/deploy.ts",
    hint: "docusaurus",
    mention: String.raw`\bdocusaurus\b`,
    push: deployDocusaurus,
  },
  {
    names: ["mkdocs"],
    commands: "`mkdocs gh-deploy`",
    pushes: "to `origin`, or to `--remote-name`",
    source: "mkdocs/mkdocs, commands/gh_deploy.py",
    hint: "mkdocs",
    mention: String.raw`\bmkdocs\s+gh-deploy\b`,
    push: (words) => (words[0] === "gh-deploy" ? pushPages(words, "--remote-name", "--remote-branch") : undefined),
  },
  {
    // mike and ghp-import ask for `-p`; `-r` and `-b` say where to.
    names: ["mike", "ghp-import"],
    commands: "`mike deploy --push`, `ghp-import -p`",
    pushes: "to `origin`, or to `--remote`",
    source: "jimporter/mike; c-w/ghp-import",
    hint: String.raw`\bmike\b|ghp-import`,
    mention: String.raw`\b(?:mike|ghp-import)\s(?:[^\n;&|]{0,500}\s)?-(?:-push\b|[a-z]*p)`,
    push: (words) => (isGiven(words, "--push", "-p") ? pushPages(words, "--remote", "--branch") : undefined),
  },
  {
    names: ["hexo"],
    commands: "`hexo deploy`",
    pushes: "from a repository of its own to the `repo` of `_config.yml`",
    source: "hexojs/hexo-deployer-git, lib/deployer.js",
    hint: "hexo",
    mention: String.raw`\bhexo\s+(?:d\b|deploy\b|g(?:enerate)?\s[^\n;&|]{0,500}(?:-d\b|--deploy\b))`,
    push: deployHexo,
  },
  {
    names: ["quarto"],
    commands: "`quarto publish gh-pages`",
    pushes: "from a worktree of its own to `origin`",
    source: "quarto-dev/quarto-cli, src/publish/gh-pages/gh-pages.ts",
    hint: "quarto",
    mention: String.raw`\bquarto\s+publish\b`,
    push: (words) =>
      words[0] === "publish" && words.includes("gh-pages")
        ? pushWorktree("origin", "gh-pages", ".quarto-publish-worktree")
        : undefined,
  },
  {
    names: ["Rscript", "R"],
    commands: "`Rscript -e 'pkgdown::deploy_to_branch()'`",
    pushes: "from a worktree of its own to `origin`, or to its argument `remote`",
    source: "r-lib/pkgdown, R/deploy-site.R",
    hint: "deploy_to_branch",
    mention: String.raw`\bdeploy_to_branch\b`,
    push: (words) => {
      const call = words.map((word) => /\bdeploy_to_branch\(([^]*)/.exec(word)?.[1]).find((text) => text !== undefined);
      if (call === undefined) return undefined;
      const argument = (name: string): string | undefined =>
        new RegExp(String.raw`\b${name}\s*=\s*["']([\w./-]+)["']`).exec(call)?.[1];
      return pushWorktree(argument("remote") ?? "origin", argument("branch") ?? "gh-pages", "/tmp/pkgdown-worktree");
    },
  },
  {
    names: ["cr"],
    commands: "`cr index --push`, `cr index --pr`, `cr upload --packages-with-index --push`",
    pushes: "from a worktree to the URL of `origin` with `--token` or `CR_TOKEN` put into it",
    source: "helm/chart-releaser, pkg/releaser/releaser.go, pkg/git/git.go",
    hint: String.raw`\bcr\s`,
    mention: String.raw`\bcr\s+(?:index|upload)\b`,
    push: (words, call) => {
      const isAsked = words[0] === "index" || (words[0] === "upload" && words.includes("--packages-with-index"));
      if (!isAsked || !isGiven(words, "--push", "--pr")) return undefined;
      const given = optionIn(words, "--token", "-t");
      const token = given === undefined ? "$CR_TOKEN" : shellWord(given).replace(/^"|"$/g, "");
      const remote = shellWord(optionIn(words, "--remote") ?? "origin");
      const pages = optionIn(words, "--pages-branch") ?? "gh-pages";
      const branch = words.includes("--push") ? pages : `chart-releaser-${unknownIn(call, "a name that cr makes up")}`;
      return `git worktree add --detach /tmp/chart-releaser
cd /tmp/chart-releaser
url="$(git config --get remote.${remote}.url)"
git push "https://x-access-token:${token}@\${url#https://}" ${shellWord(`HEAD:refs/heads/${branch}`)}
`;
    },
  },
  {
    names: ["julia"],
    commands: "`julia docs/make.jl`, where that calls `deploydocs`",
    pushes: "from a repository of its own: with the key `DOCUMENTER_KEY`, without it with `GITHUB_TOKEN` in the URL",
    source: "JuliaDocs/Documenter.jl, src/deploydocs.jl, src/deployconfig.jl",
    hint: "julia",
    mention: String.raw`\bjulia\s[^\n]{0,500}\.jl\b`,
    push: (words, call) => {
      const included = words
        .map((word) => /\binclude\("([\w./-]+\.jl)"\)/.exec(word)?.[1])
        .find((path) => path !== undefined);
      const file = included ?? words.find((word) => /^[\w./-]+\.jl$/.test(word) && !word.startsWith("-"));
      const text = file === undefined ? undefined : readBeside(call, file);
      return text !== undefined && /^[^#\n]*\bdeploydocs\s*\(/m.test(text) ? deployDocumenter(text, call) : undefined;
    },
  },
];

/** A program that has no command of its own: where its name is one. */
function byName(name: string): string {
  const starts = String.raw`^|[;&|({!\`"'$/=@]|\b(?:npx|bunx|pnpx|npm|pnpm|yarn|bun|exec|dlx|x|run|run-script|then|do|else|sudo|time|command)|-[\w-]+`;
  return String.raw`\b${name}(?:@|(?![\w.=-]))(?<=(?:${starts})[ \t]*${name}@?)`;
}

/** They write the branch into the repository that they stand in, and push it from there. */
function pushPages(words: Words, remote: string, branch: string): string {
  const to = optionIn(words, "-r", remote) ?? "origin";
  return `git push ${shellWord(to)} ${shellWord(optionIn(words, "-b", branch) ?? "gh-pages")}`;
}

/** They check the branch out beside the repository, whose configuration they share. */
function pushWorktree(remote: string, branch: string, folder: string): string {
  return `git worktree add --track -B ${branch} ${folder} ${remote}/${branch}
git -C ${folder} push --force ${remote} HEAD:${branch}`;
}

/** Its URL is that of the repository's remote, with the token that may stand in it, unless `--repo` gives another. */
function publishPages(words: Words): Text {
  const remote = shellWord(optionIn(words, "-o", "--remote") ?? "origin");
  const given = optionIn(words, "-r", "--repo");
  const url = given === undefined ? `"$(git config --get remote.${remote}.url)"` : shellWord(given);
  const clone = "node_modules/.cache/gh-pages/clone";
  const branch = shellWord(optionIn(words, "-b", "--branch") ?? "gh-pages");
  return `git clone --origin ${remote} ${url} ${clone}\ngit -C ${clone} push --tags ${remote} ${branch}`;
}

/** Options that angular-cli-ghpages alone has. */
const OF_GHPAGES = /^--(?:no-silent|repo|cname|no-jekyll|no-nojekyll|email|message)(?:=|$)/;

/** gh-pages again, to a URL that a token is put into. */
function deployAngular(words: Words): Text | undefined {
  if (isGiven(words, "--no-push")) return undefined;
  const given = optionIn(words, "--repo", "-r");
  const branch = shellWord(optionIn(words, "--branch", "-b") ?? "gh-pages");
  const clone = "node_modules/.cache/gh-pages/clone";
  return `
url=${given === undefined ? '"$(git config --get remote.origin.url)"' : shellWord(given)}
if [ -n "$GH_TOKEN" ]; then token="$GH_TOKEN"
elif [ -n "$PERSONAL_TOKEN" ]; then token="$PERSONAL_TOKEN"
elif [ -n "$GITHUB_TOKEN" ]; then token="$GITHUB_TOKEN"
else token=; fi
if [ -n "$token" ]; then
  git clone "\${url/https:\\/\\/github.com\\//https:\\/\\/x-access-token:$token@github.com\\/}" ${clone}
else
  git clone "$url" ${clone}
fi
git -C ${clone} push --tags origin ${branch}
`;
}

/** `organizationName: 'octo'` in the site's configuration, where that is written out. */
function settingOf(text: string | undefined, name: string): string | undefined {
  return text === undefined
    ? undefined
    : new RegExp(String.raw`\b${name}\s*[:=]\s*["'\`]([\w.-]+)["'\`]`).exec(text)?.[1];
}

function deployDocusaurus(words: Words, call: Call): Text | undefined {
  if (words[0] !== "deploy") return undefined;
  const { variable } = call;
  const config = ["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs", "siteConfig.js"]
    .map((name) => readBeside(call, name))
    .find((text) => text !== undefined);
  const part = (name: string, setting: string): Text =>
    variable(name) ||
    settingOf(config, setting) ||
    unknownIn(call, `docusaurus takes its ${setting} from its configuration`);
  const host = variable("GITHUB_HOST") || settingOf(config, "githubHost") || "github.com";
  const name = part("PROJECT_NAME", "projectName");
  const path = `${part("ORGANIZATION_NAME", "organizationName")}/${name}.git`;
  const branch =
    variable("DEPLOYMENT_BRANCH") ||
    settingOf(config, "deploymentBranch") ||
    (name.endsWith(".github.io") ? "master" : "gh-pages");
  return `
if [ "$USE_SSH" = true ]; then url="git@${host}:${path}"
elif [ -n "$GIT_PASS" ]; then url="https://$GIT_USER:$GIT_PASS@${host}/${path}"
else url="https://$GIT_USER@${host}/${path}"; fi
git clone "$url" /tmp/docusaurus-deploy
git -C /tmp/docusaurus-deploy push --force origin ${shellWord(branch)}
`;
}

/** Its repository is a folder of the site, made by `git init`. */
function deployHexo(words: Words, call: Call): Text | Tool | undefined {
  const [command = ""] = words;
  const isDeploy = /^d(?:eploy)?$/.test(command) || (/^g/.test(command) && isGiven(words, "-d", "--deploy"));
  if (!isDeploy) return undefined;
  const config = readBeside(call, "_config.yml");
  const deploy = config === undefined ? undefined : /^deploy:[^\n]*\n(?:[ \t-].*\n?|\s*\n)*/m.exec(config)?.[0];
  if (deploy !== undefined && !/\btype:\s*["']?git\b/.test(deploy)) return undefined;
  const given = call.variable("HEXO_DEPLOYER_REPO");
  const url = deploy === undefined ? given : /\b(?:repo|repository|url):[ \t]*["']?([^\s"'#,}]+)/.exec(deploy)?.[1];
  const own = "git init .deploy_git\ngit -C .deploy_git push -u";
  if (url === undefined || /^\{|[$<]/.test(url) || /\btoken:/.test(deploy ?? ""))
    return {
      run: `${own} origin HEAD`,
      reason: "hexo pushes to the repository that its _config.yml names, which is not in sight",
    };
  const branch = /\bbranch:[ \t]*["']?([\w./-]+)/.exec(deploy ?? "")?.[1] ?? "master";
  return `${own} ${shellWord(url.replace(/,.*$/, ""))} HEAD:${branch} --force`;
}

/** From pull requests only where `push_preview` is set; with a token to the workflow's own repository, with a key to `repo`. */
function deployDocumenter(text: string, call: Call): Text {
  const written =
    /\bdeploy_repo\s*=\s*"github\.com[/:]([\w./-]+)"/.exec(text)?.[1] ??
    /\bdeploydocs\s*\([^]{0,2000}?\brepo\s*=\s*"github\.com[/:]([\w./-]+)"/.exec(text)?.[1];
  const repository = written ?? unknownIn(call, "docs/make.jl computes the repository that it deploys to");
  const branch = /\bbranch\s*=\s*"([\w./-]+)"/.exec(text)?.[1] ?? "gh-pages";
  const isPreviewed = /\bpush_preview\s*=\s*true\b/.test(text);
  return `
${isPreviewed ? "" : '[ "$GITHUB_EVENT_NAME" != pull_request ] || exit 0'}
git init /tmp/documenter
cd /tmp/documenter
if [ -n "$DOCUMENTER_KEY" ]; then
  mkdir -p ~/.documenter
  printf '%s' "$DOCUMENTER_KEY" | base64 -d > ~/.documenter/key
  git config core.sshCommand "ssh -i ~/.documenter/key"
  git push -q "git@github.com:${repository}" HEAD:${branch}
elif [ -n "$GITHUB_TOKEN" ]; then
  git push -q "https://$GITHUB_ACTOR:$GITHUB_TOKEN@github.com/$GITHUB_REPOSITORY.git" HEAD:${branch}
fi
`;
}
