import { headBranch } from "../git/head.ts";
import { resolvePath } from "../paths.ts";
import { readRepeated, type RepeatedArguments } from "./options.ts";
import { done, type Result } from "../script/walk.ts";
import { hasSymbol, type Text } from "../text.ts";
import { joinLists, NO_WORK, type Commit, type Work } from "../work.ts";
import type { World } from "../world.ts";
import { configOf, type GitCall } from "./git-call.ts";

/** `git add`, `git rm`, `git mv`: what the next commit may change. */
export function stageFiles(call: GitCall): readonly Result[] {
  const { operands, options } = readRepeated(call.rest, []);
  const isAny = [...options].some(([name]) => /^(?:-A|--all|-u|--update|-p|--patch|--pathspec-from-file)/.test(name));
  return change(call, (work) => ({
    ...work,
    staged: isAny ? undefined : joinLists(work.staged, pathsOf(call, operands)),
  }));
}

/** `git commit` */
export function commitFiles(call: GitCall): readonly Result[] {
  const { operands, options } = readRepeated(call.rest, WITH_VALUE);
  const has = (...names: readonly string[]): boolean => names.some((name) => options.some(([other]) => other === name));
  if (has("--dry-run")) return done(call.world, "likely");
  const paths = has("-a", "--all", "-p", "--patch", "-i", "--include", "--pathspec-from-file")
    ? undefined
    : operands.length > 0
      ? pathsOf(call, operands)
      : "staged";
  const asksKey = has("-S", "--gpg-sign") || signsByConfig(call);
  const isSigned = asksKey && !has("--no-gpg-sign");
  return change(call, (work) => {
    const own = paths === "staged" ? work.staged : paths;
    const before = work.commit;
    const isSame = before !== undefined && before.branch === branchOf(call);
    const commit: Commit = {
      message: messageOf(call, options, before),
      paths: isSame ? joinLists(before.paths, own) : own,
      isSigned: isSigned && (!isSame || before.isSigned),
      branch: branchOf(call),
      isMixed: isSame && before.isMixed,
    };
    return { ...work, staged: [], commit };
  });
}

/** `git merge`, `git cherry-pick`, `git am`, `git revert`: others' commits, or others' messages. */
export function mixCommits(call: GitCall): readonly Result[] {
  return change(call, (work) => ({ ...work, commit: mixed(work.commit ?? NOTHING_YET, call) }));
}

/** `git pull` merges into what the job has committed; onto nothing, it only moves on. */
export function pullCommits(call: GitCall, world: World): World {
  const isRebase = call.rest.some((arg) => /^(?:-r$|--rebase|--ff-only)/.test(arg));
  if (isRebase) return world;
  return changed({ ...call, world }, (work) =>
    work.commit === undefined ? work : { ...work, commit: mixed(work.commit, call) },
  );
}

/** `git reset`: what was committed may be no more. */
export function resetCommits(call: GitCall): readonly Result[] {
  const { operands } = readRepeated(call.rest, []);
  const isOfFiles = operands.length === 0 || operands[0] === "HEAD";
  return change(call, (work) => (isOfFiles ? { ...work, staged: [] } : { ...work, staged: [], commit: undefined }));
}

/** `git tag` */
export function makeTag(call: GitCall): readonly Result[] {
  const { operands, options } = readRepeated(call.rest, [
    "-m",
    "--message",
    "-F",
    "--file",
    "-u",
    "--local-user",
    "--cleanup",
  ]);
  const asks = options.some(([name]) =>
    /^(?:-l|--list|-d|--delete|-v|--verify|--contains|--points-at|--sort|--merged|-n)/.test(name),
  );
  const [name] = operands;
  if (asks || name === undefined) return done(call.world, "likely");
  return change(call, (work) => ({ ...work, tags: hasSymbol(name) ? undefined : joinLists(work.tags, [name]) }));
}

/** What a push of what is checked out brings along; undefined where nobody can tell. */
export function workOf({ found, world }: GitCall): Work | undefined {
  return found.kind === "found" ? world.works.get(found.repository.gitDir) : undefined;
}

const NOTHING_YET: Commit = { message: undefined, paths: undefined, isSigned: false, branch: undefined, isMixed: true };

function mixed(commit: Commit, call: GitCall): Commit {
  return { ...commit, message: undefined, paths: undefined, branch: branchOf(call), isMixed: true };
}

function branchOf({ found, world }: GitCall): Text | undefined {
  return found.kind === "found" ? headBranch(world.files, found.repository.gitDir) : undefined;
}

function change(call: GitCall, make: (work: Work) => Work): readonly Result[] {
  return done(changed(call, make), "likely");
}

function changed({ world, found }: Pick<GitCall, "world" | "found">, make: (work: Work) => Work): World {
  if (found.kind !== "found") return world;
  const { gitDir } = found.repository;
  return { ...world, works: new Map(world.works).set(gitDir, make(world.works.get(gitDir) ?? NO_WORK)) };
}

const WITH_VALUE = [
  "-m",
  "--message",
  "-F",
  "--file",
  "-C",
  "--reuse-message",
  "-c",
  "--author",
  "--date",
  "-t",
  "--template",
  "--trailer",
  "--cleanup",
  "--fixup",
  "--squash",
];

function messageOf(call: GitCall, options: RepeatedArguments["options"], before: Commit | undefined): Text | undefined {
  const texts = options.filter(([name]) => name === "-m" || name === "--message").map(([, value]) => value);
  if (texts.length > 0) return texts.join("\n\n");
  const file = options.findLast(([name]) => name === "-F" || name === "--file")?.[1];
  const { symbols } = call.walk.analysis;
  if (file === "-") return call.input === undefined ? undefined : symbols.encode(call.input);
  if (file !== undefined) {
    const read = call.world.files.get(resolvePath(call.directory, file));
    return read?.kind === "text" ? read.text : undefined;
  }
  return options.some(([name]) => name === "--no-edit") ? before?.message : undefined;
}

/** From the top of the working tree; undefined where a path is computed, or is the whole tree. */
function pathsOf({ directory, found }: GitCall, operands: readonly Text[]): readonly Text[] | undefined {
  const top = found.kind === "found" ? found.repository.top : undefined;
  if (top === undefined || operands.length === 0) return undefined;
  const isPlain = operands.every((path) => !hasSymbol(path) && !path.startsWith(":"));
  const paths = operands.map((path) => resolvePath(directory, path));
  const isInside = paths.every((path) => path.startsWith(`${top}/`));
  return isPlain && isInside ? paths.map((path) => path.slice(top.length + 1)) : undefined;
}

function signsByConfig(call: GitCall): boolean {
  const entry = configOf(call).findLast(
    ({ key }) => key.section === "commit" && key.subsection === undefined && key.name === "gpgsign",
  );
  return entry !== undefined && /^(?:true|yes|on|1|)$/i.test(entry.value);
}
