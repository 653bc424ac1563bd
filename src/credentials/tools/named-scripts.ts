import type { Call } from "../script/walk.ts";
import { hasSymbol, type Text } from "../text.ts";
import { SEMANTIC_RELEASE } from "./semantic-release.ts";
import type { Tool } from "./tool.ts";

/** Words that say that something is released, and with it pushed. */
const RELEASES =
  /(?:^|[^a-z])(?:release|releases|publish|promote|mergeback|backport)(?:$|[^a-z])|(?:update|sync|push)[-_].*branch/i;

const DRY = /(?:^|[^a-z])(?:dry|dry-run|check|test|preview|notes|build|prepare)(?:$|[^a-z])|--dry/i;

/**
 * A script that is out of sight, taken by what it is called for one that pushes, in a job that otherwise shows that it pushes.
 *
 * @param starters the words in front of its name, which only start it: `npm run`
 */
export function findNamedScript(call: Call, starters: readonly Text[], words: readonly Text[]): Tool | undefined {
  if ([...starters, ...words].some((word) => DRY.test(word))) return undefined;
  const program = programOf(starters, words);
  // A name or a path; what is given to `node -e` is a program of its own.
  if (program === undefined || /[\s;(]/.test(program) || !RELEASES.test(program)) return undefined;
  // What a package's release script is given says which program it starts: semantic-release.gitbook.io, CI configuration.
  const isSemantic = starters.length > 0 && call.variable("NPM_TOKEN") !== undefined && hasToken(call);
  if (!isSemantic && !mayPush(call)) return undefined;
  return {
    run: isSemantic ? SEMANTIC_RELEASE : "git push origin HEAD",
    note: isSemantic
      ? `\`${program}\` is out of sight; NPM_TOKEN and a GitHub token are what semantic-release asks for, so it is taken for that`
      : `\`${program}\` is out of sight: if it pushes from here, this is who pushes`,
  };
}

/** The script that is run: `npm run NAME`, `make NAME`, `python NAME`; undefined for other programs. */
function programOf(starters: readonly Text[], [name = "", ...args]: readonly Text[]): Text | undefined {
  if (hasSymbol(name)) return undefined;
  if (starters.some((word) => word === "run" || word === "run-script" || word === "yarn")) return name;
  if (!/^(?:make|just|task|rake|python3?|node|deno|ruby|bun|tsx|ts-node)$/.test(name)) return undefined;
  return args.find((word) => !word.startsWith("-") && !/^(?:run|-A)$/.test(word) && !hasSymbol(word.slice(0, 1)));
}

function hasToken({ variable }: Call): boolean {
  return (variable("GITHUB_TOKEN") ?? "") !== "" || (variable("GH_TOKEN") ?? "") !== "";
}

/** The job may write to the repository, and shows that it means to: it names a committer, or gives git a token. */
function mayPush({ walk, world }: Call): boolean {
  if (walk.analysis.mayWriteContents) return true;
  for (const file of world.files.values()) {
    if (file.kind !== "config") continue;
    const shows = file.entries.some(
      ({ key, by }) => (key.section === "user" && key.subsection === undefined) || by.isExplicit === true,
    );
    if (shows) return true;
  }
  return false;
}
