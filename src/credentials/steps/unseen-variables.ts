import { remember } from "../../ir/remember.ts";
import { unknown, UNSEEN } from "../../shell/value.ts";
import type { Variable, World } from "../world.ts";

/**
 * Runs a file that may write to `$GITHUB_ENV`: a script or a task of the repository, a program in another language. What is
 * installed from elsewhere and knows nothing of workflows is not meant.
 */
const RUNS_A_FILE =
  /(?:^|[\s;&|("'])(?:\.{0,2}\/)?[\w./-]+\.(?:sh|bash|py|rb|pl|php|[cm]?[jt]s|ps1)\b|(?:^|[\s;&|(])(?:\.{1,2}\/\w|(?:python[\d.]*|node|ruby|deno|tsx|make|just|task|rake|npx|bunx|pnpx|uvx|npm\s+run|(?:yarn|pnpm|bun)\s+(?!(?:install|i|ci|add)\b)\w|(?:go|cargo|uv|poetry|pdm|hatch)\s+(?:run|xtask))\s)/m;

/** Whether a script may set variables for later steps where nobody sees it. */
export const mayExportUnseen = remember((script: string): boolean => RUNS_A_FILE.test(script), 2_000);

/** Whether code in another language may: `core.exportVariable("name", …)`, `os.environ["GITHUB_ENV"]`, a module of its own. */
export function mayExportFromCode(code: string): boolean {
  return /exportVariable|GITHUB_ENV|\brequire\(\s*["'`][./]|\bimport\b/.test(code) || mayExportUnseen(code);
}

/** What the shell and the runner's machine set themselves, or leave unset: no step's business. */
const OF_THE_SHELL =
  /^(?:BASH\w*|FUNCNAME|PIPESTATUS|RANDOM|SECONDS|LINENO|REPLY|OPT(?:ARG|IND)|IFS|O?L?D?PWD|PATH|HOME|USER|SHELL|HOSTNAME|E?UID|PPID|TMPDIR|TERM|LANG)$/;

/** Names that a script expands and never sets itself: only what ran before can have set them. */
const askedOf = remember((script: string): readonly string[] => {
  const asked = new Set<string>();
  const set = new Set<string>();
  for (const [, dollar, name = ""] of script.matchAll(/(\$\{?[#!]?)?(?<!\w)([A-Za-z_]\w*)/g))
    (dollar === undefined ? set : asked).add(name);
  return [...asked].filter((name) => !set.has(name) && !OF_THE_SHELL.test(name));
}, 2_000);

/** The variables of a process, with those that a step out of sight may have set: nobody knows whether it did. */
export function withUnseenVariables(
  variables: ReadonlyMap<string, Variable>,
  script: string,
  { envMayHoldMore }: World,
): ReadonlyMap<string, Variable> {
  if (envMayHoldMore !== true) return variables;
  const missing = askedOf(script).filter((name) => !variables.has(name));
  if (missing.length === 0) return variables;
  const made = new Map(variables);
  for (const name of missing) {
    const value = unknown(`${UNSEEN} $${name}, and an earlier step may do it`);
    made.set(name, { value, isExported: true });
  }
  return made;
}

/** `core.exportVariable`, `$GITHUB_ENV`: what an action or a program sets for later steps, nobody sees. */
export function withMoreVariables(world: World): World {
  return world.envMayHoldMore === true ? world : { ...world, envMayHoldMore: true };
}
