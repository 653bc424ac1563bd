import { hasExpression } from "../../ir/expression-text.ts";
import { wrongRefName } from "../../ir/check/wrong-ref-name.ts";

/** What a push names: texts, some with expressions in them. */
interface PushNames {
  readonly branch: string | undefined;
  readonly tag: string | undefined;
  readonly refs: readonly string[];
  readonly repository: string | undefined;
  readonly paths: readonly string[];
}

/** What git or GitHub could not take, where that can be told before the job runs. */
export function wrongNames({ branch, tag, refs, repository, paths }: PushNames): string | undefined {
  return (
    (branch === undefined ? undefined : wrongName("branch", branch)) ??
    (tag === undefined ? undefined : wrongName("tag", tag)) ??
    first(refs, wrongRefspec) ??
    (repository === undefined ? undefined : wrongRepository(repository)) ??
    first(paths, wrongPath)
  );
}

function first(texts: readonly string[], find: (text: string) => string | undefined): string | undefined {
  return texts.map(find).find((message) => message !== undefined);
}

function wrongName(key: string, name: string): string | undefined {
  if (hasExpression(name)) return undefined;
  if (name === "") return `\`${key}\` is empty`;
  // git-check-ref-format(1), --branch: "It cannot start with a dash".
  const wrong = name.startsWith("-") ? `\`${name}\` begins with a dash, as options do` : wrongRefName(name);
  return wrong === undefined ? undefined : `\`${key}\`: ${wrong}`;
}

/** `[+]<src>:<dst>`: git-push(1). A source may be any revision, such as `HEAD~1`. */
function wrongRefspec(refspec: string): string | undefined {
  if (hasExpression(refspec)) return undefined;
  const [source = "", to = source, ...more] = refspec.replace(/^\+/, "").split(":");
  if (more.length > 0) return `\`refs\`: \`${refspec}\` has more than one colon; a refspec is source:destination`;
  if (source === "" && to === "") return `\`refs\`: \`${refspec}\` names nothing; a refspec is source:destination`;
  if (/[\s\0]/.test(source) || refspec.startsWith("-")) return `\`refs\`: \`${refspec}\` is no refspec of git's`;
  // `refs/heads/*:refs/heads/*`
  const wrong = /^[^*]*\*[^*]*$/.test(to) ? undefined : to === source ? undefined : wrongRefName(to);
  return wrong === undefined ? undefined : `\`refs\`: ${wrong}`;
}

function wrongRepository(repository: string): string | undefined {
  if (hasExpression(repository) || /^[\w-][\w.-]*\/[\w.-]+$/.test(repository)) return undefined;
  return `\`repository\` is \`${repository}\`: write owner/name`;
}

/** git add refuses what lies outside of the repository. */
function wrongPath(path: string): string | undefined {
  if (hasExpression(path)) return undefined;
  if (path.trim() === "") return "`commit.paths` has an empty path";
  if (/[\n\0]/.test(path)) return "`commit.paths` has a path with a line break: name each path by itself";
  const levels = path.split("/").reduce((depth, part) => (depth < 0 ? depth : depth + LEVELS(part)), 0);
  return levels < 0 || path.startsWith("/")
    ? `\`commit.paths\`: \`${path}\` lies outside of the repository; paths count from its root`
    : undefined;
}

const LEVELS = (part: string): number => (part === ".." ? -1 : part === "." || part === "" ? 0 : 1);
