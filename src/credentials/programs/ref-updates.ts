import type { Symbols, Text } from "../text.ts";
import { hasSymbol } from "../text.ts";

/** What a push does to a ref of the server. */
export interface RefUpdate {
  /** `ref`: a branch or a tag, nobody can tell which. */
  readonly kind: "branch" | "tag" | "ref";
  /** Without `refs/heads/` and `refs/tags/`; null where it is not known before it runs. */
  readonly name: string | null;
  /** The name, with `…` for what is computed. */
  readonly shown: string;
  /** It is the ref that the run is for: `github.ref`. */
  readonly isCurrent: boolean;
  readonly isDeleted: boolean;
  /** What is checked out is what is pushed. */
  readonly isHead: boolean;
  /** It may move to a commit that does not follow the one it is at: `--force`, `--force-with-lease`, `+main`. */
  readonly isForced: boolean;
}

/**
 * The refs that `git push` updates: git-push(1), `<refspec>…`.
 *
 * @param options of the command
 * @param refspecs those that it names
 * @param here the branch that is checked out, where that is known; the tags that the job has made
 */
export function refUpdates(
  options: ReadonlyMap<string, Text>,
  refspecs: readonly Text[],
  { branch, tags, symbols }: RefsHere,
): readonly RefUpdate[] {
  const has = (...names: readonly string[]): boolean => names.some((name) => options.has(name));
  if (has("--dry-run", "-n")) return [];
  const isForced = has("--force", "-f", "--force-with-lease");
  const any = { name: null, shown: "…", isCurrent: false, isDeleted: false, isForced, isHead: false };
  if (has("--mirror")) return [{ ...any, kind: "ref", isForced: true, isDeleted: true }];
  const updates: RefUpdate[] = [];
  if (has("--all", "--branches")) updates.push({ ...any, kind: "branch" });
  if (has("--tags", "--follow-tags")) updates.push({ ...any, kind: "tag" });
  const isTagsOnly = has("--tags") && refspecs.length === 0;
  const named =
    refspecs.length > 0 || has("--all", "--branches") || isTagsOnly ? refspecs : [branch ?? symbols.unknown(UNKNOWN)];
  const isDelete = has("--delete", "-d");
  return [
    ...named.flatMap((refspec, at) => {
      // `git push origin tag v1`: git-push(1).
      if (refspec === "tag" && at + 1 < named.length) return [];
      const isTag = named[at - 1] === "tag";
      return [updateOf(isTag ? `refs/tags/${refspec}` : refspec, { branch, tags, isForced, isDelete }, symbols)];
    }),
    ...updates,
  ];
}

const UNKNOWN = "the branch that is checked out is not known";

/** What a repository has when it is pushed from. */
export interface RefsHere {
  readonly branch: Text | undefined;
  readonly tags: readonly Text[] | undefined;
  readonly symbols: Symbols;
}

interface Around extends Omit<RefsHere, "symbols"> {
  readonly isForced: boolean;
  readonly isDelete: boolean;
}

function updateOf(refspec: Text, { branch, tags, isForced, isDelete }: Around, symbols: Symbols): RefUpdate {
  const plain = refspec.replace(/^\+/, "");
  const colon = plain.lastIndexOf(":");
  const source = colon < 0 ? plain : plain.slice(0, colon);
  const written = colon < 0 ? source : plain.slice(colon + 1);
  const target = written === "HEAD" || written === "@" || written === "" ? branch : written;
  const isDeleted = isDelete || (colon === 0 && plain !== ":");
  const isTag = tags?.includes(source) === true;
  const isBranch = !isDeleted && !isTag && isBranchHere(source, { branch, tags }, symbols);
  const isKnown = branch !== undefined && !isReference(branch, symbols);
  const isHead = source === "HEAD" || source === "@" || source === branch || (isBranch && !isKnown);
  const rest = { isForced: isForced || plain !== refspec, isDeleted, isHead };
  if (target === undefined) return { ...rest, kind: "branch", name: null, shown: "…", isCurrent: false };
  const [, type, short = target] = /^refs\/(heads|tags)\/([^]+)$/.exec(target) ?? [];
  const isCurrent = isReference(short, symbols);
  const kind = kindOf(type, isTag, isBranch && (!isCurrent || source === branch));
  const name = hasSymbol(short) || short.startsWith("refs/") || /[*]/.test(short) ? null : short;
  const shown = short.replace(/[\uE000-\uF8FF]+/g, "…");
  return { ...rest, kind, name, shown, isCurrent };
}

/** git gives a target without a type the type of its source. */
function kindOf(type: string | undefined, isTag: boolean, isBranch: boolean): RefUpdate["kind"] {
  if (type !== undefined) return type === "heads" ? "branch" : "tag";
  return isTag ? "tag" : isBranch ? "branch" : "ref";
}

/** What is pushed by its name is a branch where no tag was made; a version's name may be a tag that was there. */
function isBranchHere(source: Text, { branch, tags }: Pick<Around, "branch" | "tags">, symbols: Symbols): boolean {
  if (source === "HEAD" || source === "@" || source === branch || source.startsWith("refs/heads/")) return true;
  return (
    tags !== undefined && !hasSymbol(source) && !isReference(source, symbols) && /^(?!refs\/|v?\d)[^*]+$/.test(source)
  );
}

function isReference(text: Text, symbols: Symbols): boolean {
  return text === symbols.reference("github.ref_name", false) || text === symbols.reference("github.ref", false);
}
