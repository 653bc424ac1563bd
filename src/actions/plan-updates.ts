import { actionName, parseUses } from "../ir/uses-ref.ts";
import type { ActionInterface } from "./action-interface.ts";
import { withLocked } from "./bound-actions.ts";
import { compareInterfaces, type InterfaceChanges } from "./compare-interfaces.ts";
import { isPinned, type Lock, type LockedCommit, type LockEntry } from "./lock.ts";
import { lockedCommit } from "./look-up-actions.ts";
import { nextRef } from "./next-ref.ts";
import type { LineTakes } from "./remote/choose-commit.ts";
import { inParallel } from "./remote/in-parallel.ts";
import type { RemoteActions } from "./remote/remote-actions.ts";
import { RemoteError } from "./remote/remote-error.ts";
import type { ListedRefs } from "./remote/remote-repository.ts";
import type { RepositoryRef } from "./remote/safe-names.ts";
import { isSha, resolveInterface, type KnownActions } from "./resolve-interface.ts";
import { compareVersions, isWithin, parseTag, type VersionTag } from "./version-tags.ts";

/** A newer commit for a ref of the lock. */
export interface Bump {
  /** As sources write it now. */
  readonly ref: string;
  /** As they are to write it; mostly the same. */
  readonly next: string;
  readonly to: LockedCommit;
}

export interface ActionUpdate extends Bump {
  /** Undefined where it was not pinned. */
  readonly from: LockedCommit | undefined;
  /** Undefined where one of the two is not known, or there is none, as for a reusable workflow. */
  readonly changes: InterfaceChanges | undefined;
  readonly interface: ActionInterface | undefined;
  /** What it uses in turn. */
  readonly uses: readonly string[];
}

/** A ref that stays where it is, and why, as a sentence. */
export interface HeldUpdate {
  readonly ref: string;
  readonly reason: string;
  /** A newer version is left out, or nobody could look for one. */
  readonly kind: "newest" | "held" | "failed";
}

export interface UpdateOptions {
  /** Whether to go to another major, too; or, of a ref that names a minor, to another minor. */
  readonly major: boolean;
  /** Seconds that a version must have been out; `now` in seconds since 1970. */
  readonly cooldown: number;
  readonly now: number;
  /** What a ref that names a line of versions is locked to. */
  readonly lines?: LineTakes | undefined;
  readonly progress?: ((done: number, all: number) => void) | undefined;
}

export interface PlannedUpdates {
  readonly updates: readonly ActionUpdate[];
  readonly held: readonly HeldUpdate[];
}

/** Looks for newer versions of some refs of the lock. Nothing is written, and nothing goes back to an older version. */
export async function planUpdates(
  refs: readonly string[],
  lock: Lock,
  known: KnownActions,
  remote: RemoteActions,
  options: UpdateOptions,
): Promise<PlannedUpdates> {
  const all = withLocked(lock, known);
  let done = 0;
  const results = await inParallel(refs, remote.limits.parallel, async (ref) => {
    const result = await planUpdate(ref, lock.actions.get(ref), all, remote, options);
    options.progress?.(++done, refs.length);
    return result;
  });
  return { updates: results.filter(isUpdate), held: results.flatMap((result) => (isUpdate(result) ? [] : [result])) };
}

function isUpdate(result: ActionUpdate | HeldUpdate): result is ActionUpdate {
  return "next" in result;
}

async function planUpdate(
  ref: string,
  entry: LockEntry | undefined,
  known: KnownActions,
  remote: RemoteActions,
  options: UpdateOptions,
): Promise<ActionUpdate | HeldUpdate> {
  const uses = parseUses(ref);
  if (uses.kind !== "repository") return { ref, kind: "newest", reason: "it comes with this repository" };
  try {
    const refs = await remote.refs(`${uses.owner}/${uses.name}`);
    const chosen = await chooseVersion(uses, entry, refs, remote, options);
    if ("reason" in chosen) return { ref, ...chosen };
    const found = await remote.resolve(`${actionName(uses)}@${chosen.version}`);
    if (found.kind === "unknown") return { ref, kind: "failed", reason: found.reason };
    const newest = lockedCommit(found);
    const next = `${actionName(uses)}@${writtenRef(uses.ref, newest, refs)}`;
    // Where the ref stays in the YAML, its own commit counts, which may lag behind.
    const own = options.lines === "named" ? await remote.resolve(next) : found;
    if (own.kind === "unknown") return { ref, kind: "failed", reason: own.reason };
    const to = lockedCommit(own);
    if (entry?.sha === to.sha) return { ref, kind: "newest", reason: `${to.tag ?? to.branch ?? to.sha} is the newest` };
    const tooYoung = to.sha === newest.sha ? undefined : await youth(uses, to, remote, options);
    if (tooYoung !== undefined) return { ref, kind: "held", reason: tooYoung };
    const before = resolveInterface(ref, known);
    return {
      ref,
      next,
      from: entry !== undefined && isPinned(entry) ? entry : undefined,
      to,
      interface: own.interface,
      uses: own.uses,
      changes:
        before.kind === "resolved" && own.interface !== undefined
          ? compareInterfaces(before.interface, own.interface)
          : undefined,
    };
  } catch (error) {
    if (error instanceof RemoteError) return { ref, kind: "failed", reason: error.message };
    throw error;
  }
}

/** Why a commit that nobody chose by its age must rest. */
async function youth(
  { owner, name }: RepositoryRef,
  { tag }: LockedCommit,
  remote: RemoteActions,
  { cooldown, now }: UpdateOptions,
): Promise<string | undefined> {
  if (cooldown === 0 || tag === undefined) return undefined;
  const age = now - (await remote.releasedAt(`${owner}/${name}`, tag));
  return age >= cooldown ? undefined : explainYouth(tag, age, cooldown);
}

function explainYouth(tag: string, age: number, cooldown: number): string {
  return `${tag} is ${days(age)} old, and is let rest for ${days(cooldown)}`;
}

type Choice = { readonly version: string } | Pick<HeldUpdate, "kind" | "reason">;

/** The tag to go to; for what is no version, the ref itself. */
async function chooseVersion(
  uses: RepositoryRef,
  entry: LockEntry | undefined,
  refs: ListedRefs,
  remote: RemoteActions,
  { major, cooldown, now, lines }: UpdateOptions,
): Promise<Choice> {
  const written = isSha(uses.ref) ? undefined : parseTag(uses.ref);
  const tag = entry?.sha === undefined ? undefined : entry.tag;
  const current = parseTag(tag ?? "") ?? written;
  if (current === undefined)
    return isSha(uses.ref) ? { kind: "held", reason: "no version stands behind this commit" } : { version: uses.ref };
  if (tag !== undefined && entry?.sha !== undefined && refs.tags.has(tag) && refs.tags.get(tag) !== entry.sha)
    return {
      kind: "held",
      reason: `the tag ${tag} was moved since it was locked: find out why, then remove the action and add it again`,
    };
  const candidates = [...refs.tags.keys()]
    .flatMap((name) => parseTag(name) ?? [])
    .filter((version) => isCandidate(version, current, written, major) && isNewer(version, current, entry))
    .sort((a, b) => compareVersions(b, a) || b.numbers.length - a.numbers.length);
  let tooYoung: string | undefined;
  for (const { tag: name } of candidates) {
    const age = cooldown === 0 ? Infinity : now - (await remote.releasedAt(`${uses.owner}/${uses.name}`, name));
    if (age >= cooldown) return { version: `refs/tags/${name}` };
    tooYoung ??= explainYouth(name, age, cooldown);
  }
  if (tooYoung !== undefined) return { kind: "held", reason: tooYoung };
  const stays = tag ?? uses.ref;
  if (lines === "named" && written !== undefined && written.numbers.length < 3) return { version: uses.ref };
  // What is not pinned yet, and has no version but its own name.
  return entry?.sha === undefined ? { version: stays } : { kind: "newest", reason: `${stays} is the newest` };
}

/** Whether a version belongs to the line that a ref names, or to the major of what it is exactly; with `major`, to any of the action. */
function isCandidate(
  version: VersionTag,
  current: VersionTag,
  written: VersionTag | undefined,
  major: boolean,
): boolean {
  if (version.prefix !== current.prefix) return false;
  // Where releases have whole numbers (v17), an exact tag looks like a moving one: it is taken only where there is nothing else.
  if (version.numbers.length < Math.min(2, current.numbers.length)) return false;
  if (major) return true;
  if (written === undefined || written.numbers.length > 2) return version.numbers[0] === current.numbers[0];
  return isWithin(version, written);
}

function isNewer(version: VersionTag, current: VersionTag, entry: LockEntry | undefined): boolean {
  const order = compareVersions(version, current);
  return order > 0 || (order === 0 && entry?.sha === undefined);
}

/** As exact as the source was; a line of versions only where the repository has a ref of that name, for those who read the YAML. */
function writtenRef(before: string, to: LockedCommit, { tags, heads }: ListedRefs): string {
  const next = to.tag === undefined ? undefined : nextRef(before, { tag: to.tag, sha: to.sha });
  if (next === undefined || next === before) return before;
  return isSha(next) || tags.has(next) || heads.has(next) ? next : (to.tag ?? before);
}

function days(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds / 86_400));
  return `${whole} ${whole === 1 ? "day" : "days"}`;
}
