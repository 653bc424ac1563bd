import type { Followed } from "../../shell/repository-file.ts";
import type { Field } from "../../shell/scope.ts";
import { hasSymbol, type Symbols, type Text } from "../text.ts";

/**
 * Programs that fetch from the repository's server, or push to it, by themselves: their documentation says so, or that they need
 * the repository's history.
 */
const REACHING = new Set([
  "semgrep",
  "gitversion",
  "dotnet-gitversion",
  "lerna",
  "changeset",
  "mike",
  "ghp-import",
  "gh-pages",
  "semantic-release",
  "multi-semantic-release",
  "release-it",
  "np",
  "auto",
  "hub",
  "cr",
  "chromatic",
  "renovate",
  "git-town",
  "jj",
  "hg",
  "repo",
  "west",
  "act",
]);

/** Programs that push, publish and release elsewhere: to registries, clouds, clusters. */
const ELSEWHERE = new Set([
  "docker",
  "podman",
  "buildah",
  "skopeo",
  "crane",
  "oras",
  "helm",
  "kubectl",
  "twine",
  "aws",
  "az",
  "gcloud",
  "gsutil",
  "terraform",
  "tofu",
  "pulumi",
  "cdk",
  "serverless",
  "sam",
  "wrangler",
  "vercel",
  "netlify",
  "firebase",
  "flyctl",
  "fly",
  "heroku",
  "nuget",
  "curl",
  "wget",
  "jq",
  "yq",
  "grep",
  "sed",
  "awk",
  "find",
  "tar",
  "zip",
  "unzip",
  "apt",
  "apt-get",
  "brew",
  "choco",
  "pip",
  "pip3",
  "pipx",
  "rustup",
  "gem",
  "ssh",
  "scp",
  "sleep",
  "ls",
  "cat",
  "rm",
  "chmod",
  "date",
  "touch",
]);

/** Words that say that something leaves the machine, and may take the repository's remote to do so. */
const LEAVING =
  /(?:^|[^a-z])(?:releas(?:e|es|ing)|publish|deploy|gh-deploy|promote|bump|mergeback|backport|push|sync|tag)(?:$|[^a-z])/i;

/** Build tools' own starters, which repositories carry, and virtual environments: they only start something else. */
const STARTERS = /(?:^|\/)(?:gradlew|mvnw)(?:\.bat|\.cmd)?$|(?:^|\/)bin\/activate$/;

/** Programs that run what the repository's own files say. */
const TASKS = new Set(["just", "task", "rake", "invoke", "inv", "mage", "earthly", "dagger", "doit", "nox", "xtask"]);

/** `go run ./tools/release`: a program of the repository. */
const BUILD_AND_RUN = /^(?:go|cargo|dotnet|swift|bazel|nix|deno|stack|cabal)$/;

const SCRIPT_FILE = /^[^-\s].*\.(?:py|rb|pl|php|[cm]?[jt]s|sh|bash|ps1)$/;

/** `uv run pytest`, `npx vitest`, `bundle exec rake`: what is started. */
function withoutRunner(words: readonly Text[]): readonly Text[] {
  const [first = "", second = ""] = words;
  const isPair = /^(?:uv|poetry|pipenv|pdm|rye|hatch|pixi)$/.test(first) && second === "run";
  if (isPair || (first === "bundle" && second === "exec") || (first === "pnpm" && second === "exec")) {
    const rest = words.slice(2);
    const start = rest.findIndex((word) => !word.startsWith("-"));
    return start < 0 ? [] : withoutModule(rest.slice(start));
  }
  return withoutModule(words);
}

/** `python -m pip` is pip; `python -c text` is the text. */
function withoutModule(words: readonly Text[]): readonly Text[] {
  const [first = "", option = ""] = words;
  const isInterpreter = /(?:^|\/)(?:python[\d.]*|py|node|ruby|perl|deno)$/.test(first);
  if (!isInterpreter) return words;
  if (option === "-m") return words.slice(2);
  return option === "-c" || option === "-e" ? words.slice(1) : words;
}

/** Why a program may speak to the repository's server unseen; undefined for one that does not, as far as anybody knows. */
export function whyOutOfSight(followed: Followed, fields: readonly Field[], symbols: Symbols): string | undefined {
  const words = withoutRunner(fields.map(({ value }) => symbols.encode(value)));
  const [first = ""] = words;
  const name = hasSymbol(first) ? undefined : first.replace(/^.*\//, "");
  if (name === undefined) return "the name of the program is computed";
  if (name === "-c" || name === "-e")
    return words.some(namesGit) ? "a program in another language names git" : undefined;
  const isSeen = words.length !== fields.length || STARTERS.test(first);
  if (followed.kind === "out-of-sight" && !isSeen) return followed.reason;
  if (TASKS.has(name)) return `what \`${symbols.show(words.slice(0, 3).join(" "))}\` runs is not in sight`;
  if (SCRIPT_FILE.test(first) || (BUILD_AND_RUN.test(name) && /^(?:run|xtask)$/.test(words[1] ?? "")))
    return `what \`${symbols.show(words.slice(0, 4).join(" "))}\` does is not in sight`;
  if (ELSEWHERE.has(name)) return undefined;
  if (REACHING.has(name)) return `${name} may fetch from the repository's server, or push to it`;
  const leaving = words.find((word) => !word.startsWith("-") && LEAVING.test(word));
  return leaving === undefined ? undefined : `\`${symbols.show(words.join(" "))}\` may push`;
}

/** Whether a text in another language names git, or starts programs that may. */
export function namesGit(text: string): boolean {
  return /\bgit\b|\bexec\b|\bspawn|child_process|\bsubprocess\b|os\.system/.test(text);
}

/** Whether a script that is not read may speak to the repository's server: it names git, or runs something of the repository. */
export function mayReachServer(text: string): boolean {
  return (
    namesGit(text) ||
    LEAVING.test(text) ||
    /[\w./\\-]+\.(?:ps1|sh|bat|cmd|py|js|mjs|rb)\b|\b(?:make|just|task|npm|pnpm|yarn|bun)\b/i.test(text)
  );
}

/** Programs that run a file of the repository: what nobody needs to know of who pushes may still fetch. */
export function runsPrograms(text: string): boolean {
  return /\b(?:python3?|node|ruby|perl|php|deno|tsx|ts-node|pwsh|go\s+run|curl|wget|rake|invoke|nox|tox)\b/.test(text);
}
