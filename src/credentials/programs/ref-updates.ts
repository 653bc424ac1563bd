import type { Symbols, Text } from "../text.ts";
import { hasSymbol } from "../text.ts";

/** What a push does to a ref of the server. */
export interface RefUpdate {
  /** `ref`: a branch or a tag, nobody can tell which. */
  readonly kind: "branch" | "tag" | "ref";
  /** Without `refs/heads/` and `refs/tags/`; null where it is not known before it runs. */
  readonly name: string | null;
  /** It is the ref that the run is for: `github.ref`. */
  readonly isCurrent: boolean;
  readonly isDeleted: boolean;
  /** It may move to a commit that does not follow the one it is at: `--force`, `--force-with-lease`, `+main`. */
  readonly isForced: boolean;
}

/**
 * The refs that `git push` updates: git-push(1), `<refspec>…`.
 *
 * @param options of the command
 * @param refspecs those that it names
 * @param branch the branch that is checked out, where that is known
 */
export function refUpdates(
  options: ReadonlyMap<string, Text>,
  refspecs: readonly Text[],
  branch: Text | undefined,
  symbols: Symbols,
): readonly RefUpdate[] {
  const has = (...names: readonly string[]): boolean => names.some((name) => options.has(name));
  if (has("--dry-run", "-n")) return [];
  const isForced = has("--force", "-f", "--force-with-lease");
  const any = { name: null, isCurrent: false, isDeleted: false, isForced };
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
      return [updateOf(isTag ? `refs/tags/${refspec}` : refspec, { branch, isForced, isDelete }, symbols)];
    }),
    ...updates,
  ];
}

const UNKNOWN = "the branch that is checked out is not known";

interface Around {
  readonly branch: Text | undefined;
  readonly isForced: boolean;
  readonly isDelete: boolean;
}

function updateOf(refspec: Text, { branch, isForced, isDelete }: Around, symbols: Symbols): RefUpdate {
  const plain = refspec.replace(/^\+/, "");
  const colon = plain.lastIndexOf(":");
  const source = colon < 0 ? plain : plain.slice(0, colon);
  const isHead = source === "HEAD" || source === "@" || source === branch || source.startsWith("refs/heads/");
  const written = colon < 0 ? source : plain.slice(colon + 1);
  const target = written === "HEAD" || written === "@" || written === "" ? branch : written;
  const rest = { isForced: isForced || plain !== refspec, isDeleted: isDelete || (colon === 0 && plain !== ":") };
  if (target === undefined) return { ...rest, kind: "branch", name: null, isCurrent: false };
  const [, type, short = target] = /^refs\/(heads|tags)\/([^]+)$/.exec(target) ?? [];
  const isBranch = isHead && (!isReference(target, symbols) || source === branch);
  // git gives a target without a type the type of its source.
  const kind = type === "heads" ? "branch" : type === "tags" ? "tag" : isBranch ? "branch" : "ref";
  const isCurrent = isReference(short, symbols);
  const name = hasSymbol(short) || short.startsWith("refs/") || /[*]/.test(short) ? null : short;
  return { ...rest, kind, name, isCurrent };
}

function isReference(text: Text, symbols: Symbols): boolean {
  return text === symbols.reference("github.ref_name", false) || text === symbols.reference("github.ref", false);
}
