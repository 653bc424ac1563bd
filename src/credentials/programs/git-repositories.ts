import { applyEffect } from "../apply-effect.ts";
import { headBranch } from "../git/head.ts";
import type { Effect, Submodule } from "../effects.ts";
import type { By } from "../evidence.ts";
import { ANY_SUBMODULE } from "../find-repository.ts";
import type { Entry } from "../git/config-entries.ts";
import { parseKey } from "../git/config-key.ts";
import { fetchUrl } from "../git/remote-urls.ts";
import { baseName, resolvePath } from "../paths.ts";
import { byCommand, done, MOST_LEVELS, type Call, type Result } from "../script/walk.ts";
import type { Text } from "../text.ts";
import { runShell } from "./git-alias.ts";
import { configOf, type GitCall } from "./git-call.ts";
import { readFromRemote } from "./git-push.ts";
import { hasOption, readArguments } from "./options.ts";

const CLONE_VALUES = [
  "-b",
  "--branch",
  "-o",
  "--origin",
  "--depth",
  "-c",
  "--config",
  "--reference",
  "--template",
  "-j",
  "--jobs",
  "--filter",
  "-u",
  "--upload-pack",
  "--separate-git-dir",
  "--shallow-since",
  "--bundle-uri",
];

/** `git clone`: a repository of its own, which inherits nothing from the one around it: F25, F28. */
export function cloneRepository(call: GitCall): readonly Result[] {
  const args = readArguments(call.rest, CLONE_VALUES);
  const [url, given] = args.operands;
  if (url === undefined) return done(call.world, "likely");
  const isBare = hasOption(args, "--bare", "--mirror");
  const name =
    baseName(
      url
        .replace(/[/:]+$/, "")
        .replace(/\/?\.git$/, "")
        .replace(":", "/"),
    ) + (isBare ? ".git" : "");
  const directory = resolvePath(call.directory, given ?? name);
  const { symbols } = call.walk.analysis;
  // `clone` does not read the configuration of the repository that it happens to stand in: F45, F47.
  const outside: GitCall = { ...call, found: { kind: "none" } };
  readFromRemote(outside, url);
  const by = byCommand(call, `git clone sets origin to ${symbols.show(url)} here`);
  const entries: Entry<By>[] = [];
  for (const [at, arg] of call.rest.entries()) {
    if (arg !== "-c" && arg !== "--config") continue;
    const pair = call.rest[at + 1] ?? "";
    const key = parseKey(pair.slice(0, pair.indexOf("=")));
    if (key !== undefined) entries.push({ key, value: pair.slice(pair.indexOf("=") + 1), by });
  }
  return apply(call, {
    kind: "clone",
    url,
    directory,
    isBare,
    remote: args.options.get("-o") ?? args.options.get("--origin") ?? "origin",
    branch:
      args.options.get("-b") ??
      args.options.get("--branch") ??
      symbols.unknown("which branch is the default one of what is cloned is not known"),
    entries,
    by,
  });
}

/** `git init`: from here on the directory does not belong to the repository around it: F34. */
export function initRepository(call: GitCall): readonly Result[] {
  const args = readArguments(call.rest, [
    "-b",
    "--initial-branch",
    "--template",
    "--separate-git-dir",
    "--object-format",
  ]);
  const directory = resolvePath(call.directory, args.operands[0] ?? ".");
  const by = byCommand(call, "git init makes a repository of its own here");
  const branch = args.options.get("-b") ?? args.options.get("--initial-branch");
  const [made] = apply(call, { kind: "init", directory, isBare: hasOption(args, "--bare"), by });
  if (made === undefined || branch === undefined) return made === undefined ? [] : [made];
  return apply({ ...call, world: made.world }, { kind: "branch", gitDir: `${directory}/.git`, name: branch, by });
}

export function addWorktree(call: GitCall): readonly Result[] {
  const args = readArguments(call.rest, ["-b", "-B", "--reason"]);
  const [action, path, start] = args.operands;
  if (call.found.kind !== "found" || path === undefined) return done(call.world, "likely");
  const { commonDir } = call.found.repository;
  if (action === "remove") return apply(call, { kind: "remove", path: resolvePath(call.directory, path) });
  if (action !== "add") return done(call.world, "likely");
  const branch = args.options.get("-b") ?? args.options.get("-B") ?? start;
  return apply(call, { kind: "worktree", commonDir, path: resolvePath(call.directory, path), branch });
}

/** `git checkout -b name`, `git switch name`: which branch a bare push means. */
export function switchBranch(call: GitCall): readonly Result[] {
  const args = readArguments(call.rest, ["-b", "-B", "-c", "-C", "--orphan", "--create"]);
  const made = ["-b", "-B", "-c", "-C", "--orphan", "--create"]
    .map((name) => args.options.get(name))
    .find((name) => name !== undefined);
  const [operand] = args.operands;
  const isFiles = call.rest.includes("--") || hasOption(args, "--ours", "--theirs", "-p");
  const name =
    made ?? (isFiles || args.operands.length !== 1 || hasOption(args, "--detach", "-d") ? undefined : operand);
  if (call.found.kind !== "found" || name === undefined || name === "-" || /^[./]|[~^:]/.test(name))
    return done(call.world, "likely");
  const { gitDir } = call.found.repository;
  if (headBranch(call.world.files, gitDir) === name) return done(call.world, "likely");
  return apply(call, { kind: "branch", gitDir, name, by: byCommand(call, `the branch ${name} is checked out here`) });
}

export function updateSubmodules(call: GitCall): readonly Result[] {
  const args = readArguments(call.rest, ["--depth", "-j", "--jobs", "--reference", "-b", "--branch", "--name"]);
  const [action, url, path] = args.operands;
  if (action === "add" && url !== undefined) return addSubmodule(call, url, path);
  if (action === "foreach") return runInSubmodules(call);
  if (action !== "update" || call.found.kind !== "found" || call.found.repository.top === undefined)
    return done(call.world, "likely");
  const { top, gitDir } = call.found.repository;
  const origin = fetchUrl(configOf(call), "origin").url;
  const server = /^https?:\/\/[^/]+/.exec(origin)?.[0].replace(/\/\/.*@/, "//") ?? "https://github.com";
  const submodules = submodulesOf(call, server);
  return apply(call, {
    kind: "submodules",
    top,
    gitDir,
    submodules,
    by: byCommand(call, "git submodule fetches them here"),
  });
}

/** `git submodule add`: a repository of its own from here on. */
function addSubmodule(call: GitCall, url: Text, path: Text | undefined): readonly Result[] {
  if (call.found.kind !== "found" || call.found.repository.top === undefined) return done(call.world, "likely");
  const { top, gitDir } = call.found.repository;
  const directory = resolvePath(call.directory, path ?? baseName(url.replace(/\/+$/, "").replace(/\/?\.git$/, "")));
  if (!directory.startsWith(`${top}/`)) return done(call.world, "likely");
  const name = directory.slice(top.length + 1);
  const by = byCommand(call, "git submodule add clones it here");
  return apply(call, { kind: "submodules", top, gitDir, submodules: [{ name, path: name, url }], by });
}

/** `git submodule foreach command`: a shell's text, run in each that is there. */
function runInSubmodules(call: GitCall): readonly Result[] {
  if (call.found.kind !== "found" || call.found.repository.top === undefined || call.walk.depth >= MOST_LEVELS)
    return done(call.world, "likely");
  const { top, gitDir } = call.found.repository;
  const words = call.rest.slice(call.rest.indexOf("foreach") + 1);
  const text = words
    .slice(
      Math.max(
        0,
        words.findIndex((word) => !word.startsWith("-")),
      ),
    )
    .join(" ");
  let results = done(call.world, "likely");
  for (const { name, path } of submodulesOf(call, "https://github.com"))
    results = results.flatMap((result) => {
      if (!result.world.files.has(`${gitDir}/modules/${name}/config`)) return [result];
      const where = resolvePath(top, path ?? SOME_SUBMODULE);
      return runShell({ ...call, world: result.world }, text, [], where).map(({ world }) => ({ ...result, world }));
    });
  return results;
}

/** Where it lies nobody sees: a directory that nothing here made. */
const SOME_SUBMODULE = "(submodule)";

/** Those of `.gitmodules`, or one that stands for all where it is not in sight. */
export function submodulesOf({ walk }: Pick<Call, "walk">, server: Text): readonly Submodule[] {
  const { symbols, readRepositoryFile } = walk.analysis;
  return (
    readSubmodules(readRepositoryFile(".gitmodules")) ?? [
      {
        name: ANY_SUBMODULE,
        path: undefined,
        url: `${server}/${symbols.unknown("the submodule's URL is not in sight")}`,
      },
    ]
  );
}

export function readSubmodules(text: string | undefined): readonly Submodule[] | undefined {
  if (text === undefined) return undefined;
  return text
    .split(/^\[submodule "/m)
    .slice(1)
    .map((section) => ({
      name: /^[^"\n]*/.exec(section)?.[0] ?? "",
      path: /^\s*path\s*=\s*(.*?)\s*$/m.exec(section)?.[1],
      url: /^\s*url\s*=\s*(.*?)\s*$/m.exec(section)?.[1] ?? "",
    }));
}

function apply(call: Call, effect: Effect): readonly Result[] {
  const { files, succeeded } = applyEffect(call.world.files, effect);
  const isSure = effect.kind === "init" || effect.kind === "remove";
  return done({ ...call.world, files }, succeeded ? (isSure ? true : "likely") : false);
}
