import { GITHUB_LOCK_FILE } from "../../actions/github-lock/github-lock.ts";
import { parseGithubLock } from "../../actions/github-lock/parse-github-lock.ts";
import { pinOf } from "../../actions/github-lock/pin-of.ts";
import { judgeBump, type JudgedBump } from "../../actions/judge-bump.ts";
import { isPinned, type Lock } from "../../actions/lock.ts";
import { withBumps } from "../../actions/look-up-actions.ts";
import { parseLock } from "../../actions/parse-lock.ts";
import { placeInJson } from "../../actions/place-in-json.ts";
import { printLock } from "../../actions/print-lock.ts";
import { readBumps, type ChangedUses } from "../../actions/read-bumps.ts";
import type { RemoteActions } from "../../actions/remote/remote-actions.ts";
import type { KnownActions } from "../../actions/resolve-interface.ts";
import { isAsWritten, readSourceMap, type SourceMap } from "../../emit/source-map.ts";
import { ReadError } from "../../ir/errors.ts";
import type { Location } from "../../ir/span.ts";
import { actionName, parseUses } from "../../ir/uses-ref.ts";
import { pointAt } from "../../load/source-errors.ts";
import type { Finding } from "../../report/finding.ts";
import type { PlannedBumps } from "./apply-bumps.ts";
import type { ChangedFile } from "./bot-changes.ts";
import type { CompiledSources } from "../sources/compile-sources.ts";
import { emitSource } from "../sources/emit-source.ts";
import { LOCK_FILE, SOURCE_MAP_FILE } from "../project.ts";
import { readText } from "../read-text.ts";

/** What is to be done to take over what a bot changed. */
export interface PlannedSync {
  readonly plan: Omit<PlannedBumps, "bumps"> & { readonly bumps: readonly JudgedBump[] };
  /** What is no version bump: nothing is taken over then. */
  readonly refused: readonly Finding[];
}

/**
 * What a bot changed in the files as they lie here: the YAML is compared with what the sources come to. YAML that still is as it was
 * written differs because the lock was raised; then it is what was before.
 */
export async function changesHere(root: string, compiled: CompiledSources): Promise<readonly ChangedFile[]> {
  const map = await readMap(root);
  const workflows = await Promise.all(
    compiled.converted.map(async (source) => {
      const { path, text } = emitSource(source, compiled.locked).file;
      // A file that is not there was not changed by a bot: `gen` writes it.
      const here = (await readText(root, path)) ?? text;
      const isUntouched = map !== undefined && isAsWritten(map, path, here) === true;
      const raised = { path, before: here, after: text, raised: "lock" } as const;
      return isUntouched ? raised : { path, before: text, after: here };
    }),
  );
  const { github } = compiled.locked;
  if (github?.file === undefined || github.now === undefined) return workflows;
  return [...workflows, { path: GITHUB_LOCK_FILE, before: github.file.text, after: github.now.text }];
}

async function readMap(root: string): Promise<SourceMap | undefined> {
  try {
    const text = await readText(root, SOURCE_MAP_FILE);
    return text === undefined ? undefined : readSourceMap(SOURCE_MAP_FILE, text);
  } catch (error) {
    if (error instanceof ReadError) return undefined;
    throw error;
  }
}

/** Finds the versions that were raised in some files, and makes sure that they are. */
export async function planSync(
  files: readonly ChangedFile[],
  lock: Lock,
  known: KnownActions,
  remote: RemoteActions,
): Promise<PlannedSync> {
  const refused: Finding[] = [];
  const changes: ChangedUses[] = [];
  let before = lock;
  for (const file of files) {
    const read = await readChange(file, lock);
    if ("reason" in read) refused.push(refusal(read.reason, read.place));
    else changes.push(...read.changes);
    if (file.raised === "lock" && "changes" in read) before = read.changes.reduce(unraised, before);
  }
  const bumps = new Map<string, JudgedBump>();
  for (const change of distinct(changes)) {
    const judged = await judgeBump(change.before, change.after, before, known, remote);
    if ("kind" in judged) {
      refused.push(refusal(judged.reason, change.place));
      continue;
    }
    for (const bump of judged) {
      if (change.keepsRef === true && bump.next !== bump.ref) {
        refused.push(refusal(`${bump.ref} is put at a commit of ${nameOf(bump)}, which is another line`, change.place));
        continue;
      }
      const other = bumps.get(bump.ref);
      if (other !== undefined && (other.next !== bump.next || other.to.sha !== bump.to.sha))
        refused.push(
          refusal(`${bump.ref} is raised to two versions: ${nameOf(other)} and ${nameOf(bump)}`, change.place),
        );
      bumps.set(bump.ref, bump);
    }
  }
  const all = [...bumps.values()];
  if (refused.length > 0) return { plan: { bumps: all, lock: before, known }, refused };
  const { commits = new Map(), ...looked } = await withBumps(all, known, remote);
  // What was not pinned by its importer's choice stays so.
  const left = new Set(
    all.filter(({ ref }) => before.actions.get(ref)?.unpinned === "as imported").map(({ next }) => next),
  );
  const pinned = new Map([...commits].filter(([ref]) => !left.has(ref)));
  return { plan: { bumps: all, lock: before, known: { ...looked, commits: pinned } }, refused };
}

type ReadChange = { readonly changes: readonly ChangedUses[] } | { readonly reason: string; readonly place: Location };

async function readChange({ path, before, after }: ChangedFile, lock: Lock): Promise<ReadChange> {
  // GitHub's lock is made from what is known, whatever is in it: it can only tell of commits.
  if (path === GITHUB_LOCK_FILE && (before === undefined || after === undefined)) return { changes: [] };
  if (before === undefined || after === undefined)
    return {
      reason: `${path} is ${before === undefined ? "new" : "gone"}, and that is no version bump`,
      place: pointAt({ file: path }),
    };
  if (path === LOCK_FILE) return readLockChange(before, after);
  if (path === GITHUB_LOCK_FILE) return readGithubLockChange(before, after, lock);
  if (!/\.ya?ml$/.test(path))
    return { reason: `${path} is changed, too, and that is no version bump`, place: pointAt({ file: path }) };
  const read = readBumps(path, before, after);
  return read.kind === "refused" ? read.refused : { changes: read.changes };
}

/** Commits and tags of entries may change, and nothing else. */
async function readLockChange(before: string, after: string): Promise<ReadChange> {
  const [old, now] = [await parseLock(before, LOCK_FILE), await parseLock(after, LOCK_FILE)];
  if (old.kind === "unreadable" || now.kind === "unreadable")
    return { reason: `${LOCK_FILE} cannot be read any more`, place: pointAt({ file: LOCK_FILE }) };
  const changes: ChangedUses[] = [];
  const raised = new Map(old.lock.actions);
  for (const [ref, is] of now.lock.actions) {
    const was = raised.get(ref);
    const uses = parseUses(ref);
    if (was === undefined || !isPinned(was) || !isPinned(is) || uses.kind !== "repository") continue;
    const { sha, tag } = is;
    if (was.sha === sha && was.tag === tag) continue;
    raised.set(ref, { ...was, sha, tag });
    const name = actionName(uses);
    changes.push({
      before: { ref: `${name}@${was.sha}`, comment: was.tag },
      after: { ref: `${name}@${sha}`, comment: tag },
      place: await placeInJson(after, LOCK_FILE, ["actions", ref]),
    });
  }
  if (printLock({ ...old.lock, actions: raised }) !== printLock(now.lock))
    return {
      reason: `${LOCK_FILE} is changed in another way than by raising versions`,
      place: pointAt({ file: LOCK_FILE }),
    };
  return { changes };
}

/**
 * The commits of GitHub's lock that stand for refs that are the same as before. What else is in it follows from the workflows, and is
 * written anew; but a repository must stay the one that it was.
 */
async function readGithubLockChange(before: string, after: string, { actions }: Lock): Promise<ReadChange> {
  const [old, now] = [await parseGithubLock(before, GITHUB_LOCK_FILE), await parseGithubLock(after, GITHUB_LOCK_FILE)];
  if (old.kind === "unreadable" || now.kind === "unreadable")
    return { reason: `${GITHUB_LOCK_FILE} cannot be read any more`, place: pointAt({ file: GITHUB_LOCK_FILE }) };
  const changes: ChangedUses[] = [];
  for (const [pin, is] of now.lock.dependencies) {
    const was = old.lock.dependencies.get(pin);
    if (was === undefined) continue;
    const place = await placeInJson(after, GITHUB_LOCK_FILE, ["dependencies", pin]);
    if (was.owner_id !== is.owner_id || was.repo_id !== is.repo_id)
      return { reason: `${pin} is another repository than it was, and that is no version bump`, place };
    if (was.commit === is.commit) continue;
    for (const ref of actions.keys()) {
      const uses = parseUses(ref);
      if (uses.kind !== "repository" || pinOf(ref) !== pin) continue;
      const name = actionName(uses);
      changes.push({
        before: { ref: `${name}@${was.commit}`, comment: was.ref },
        after: { ref: `${name}@${is.commit}`, comment: is.ref },
        place,
        keepsRef: true,
      });
    }
  }
  return { changes };
}

/** A bot changes the same action in many files; the same change is judged once. */
function distinct(changes: readonly ChangedUses[]): readonly ChangedUses[] {
  const keyOf = ({ before, after }: ChangedUses) => JSON.stringify([before.ref, before.comment, after]);
  return [...new Map(changes.map((change) => [keyOf(change), change])).values()];
}

/** The lock as it was before the bot raised the commit of some entries in it. */
function unraised(lock: Lock, { before, after }: ChangedUses): Lock {
  const [old, now] = [parseUses(before.ref), parseUses(after.ref)];
  if (old.kind !== "repository" || now.kind !== "repository") return lock;
  const actions = [...lock.actions].map(([ref, entry]) => {
    const uses = parseUses(ref);
    const isRaised =
      uses.kind === "repository" && isPinned(entry) && actionName(uses) === actionName(now) && entry.sha === now.ref;
    return [ref, isRaised ? { ...entry, sha: old.ref, tag: before.comment } : entry] as const;
  });
  return { ...lock, actions: new Map(actions) };
}

function nameOf({ next, to }: JudgedBump): string {
  return `${next} (${to.tag ?? to.sha})`;
}

function refusal(message: string, span: Location): Finding {
  return { ruleId: "not-a-bump", severity: "error", message, span, related: [] };
}
