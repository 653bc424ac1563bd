import { EMPTY } from "../../shell/value.ts";
import { applyEffect } from "../apply-effect.ts";
import type { Effect } from "../effects.ts";
import type { By } from "../evidence.ts";
import { findRepository } from "../find-repository.ts";
import type { Entry } from "../git/config-entries.ts";
import { globalFiles } from "../git/read-config.ts";
import { ghLogin } from "../credential-helpers.ts";
import { baseName, HOME } from "../paths.ts";
import { byCommand, done, type Program, type Result, type Call } from "../script/walk.ts";
import type { Text } from "../text.ts";
import type { GitCall } from "./git-call.ts";
import { cloneRepository } from "./git-repositories.ts";
import { pushFromHere } from "./git-push.ts";
import { hasOption, readArguments } from "./options.ts";

/** GitHub's own command line: what it does to git's credentials. Its other work goes through the API. */
export const runGh: Program = (call) => {
  const [area, action, ...rest] = call.args;
  if (area === "auth" && action === "setup-git") return setUpGit(call, rest);
  if (area === "auth" && action === "login") return logIn(call, rest);
  if (area === "auth" && action === "token") return printToken(call);
  if (area === "repo" && action === "clone") return clone(call, rest);
  if (area === "repo" && action === "fork") return fork(call, rest);
  if (area === "repo" && action === "create" && rest.includes("--push"))
    return pushFromHere(asGit(call, ["origin", "HEAD"]));
  noticeContact(call, area, action);
  return done(call.world, area === "api" || area === "pr" ? "likely" : "likely");
};

/** Its other commands use the API; these start git. */
const CONTACTS = new Set(["pr checkout", "pr create", "pr merge", "repo sync", "repo fork", "co"]);

function noticeContact({ walk, span }: Call, area = "", action = ""): void {
  const name = CONTACTS.has(area) ? area : `${area} ${action}`;
  if (!CONTACTS.has(name) || !walk.isRecording) return;
  walk.analysis.notice?.({ kind: "out-of-sight", span, text: `gh ${name} may fetch or push with git` });
}

/** Global helpers that ask `gh` at push time: `''` first, so that no other helper is asked. */
function setUpGit(call: Call, rest: readonly Text[]): readonly Result[] {
  const args = readArguments(rest, ["-h", "--hostname"]);
  // "You are not logged into any GitHub hosts": cli/cli, pkg/cmd/auth/setupgit.
  if (!hasLogin(call) && !hasOption(args, "--force") && !hasOption(args, "-f")) return done(call.world, false);
  const host = args.options.get("--hostname") ?? args.options.get("-h") ?? "github.com";
  const by = byCommand(call, "gh auth setup-git makes gh a credential helper here: it reads GH_TOKEN when git asks");
  const file = globalFiles(call).at(-1) ?? `${HOME}/.gitconfig`;
  const key = { section: "credential", subsection: `https://${host}`, name: "helper" };
  let { files } = call.world;
  for (const value of ["", "!gh auth git-credential"]) {
    const entry: Entry<By> = { key, value, by };
    files = applyEffect(files, { kind: "config", file, change: { action: "add", entry } }).files;
  }
  return done({ ...call.world, files });
}

/** `gh auth login --with-token < file`; with `GH_TOKEN` set it does nothing. */
function logIn(call: Call, rest: readonly Text[]): readonly Result[] {
  const args = readArguments(rest, ["-h", "--hostname", "-p", "--git-protocol", "-s", "--scopes"]);
  if (!hasOption(args, "--with-token") || call.input === undefined) return done(call.world, "likely");
  const text = call.walk.analysis.symbols.encode(call.input).trim();
  const by = byCommand(call, "gh auth login keeps a token here");
  const path = ghLogin(call.variable("HOME") ?? HOME);
  return apply(call, { kind: "write", path, text, append: false, by });
}

/** Whether gh has a token to work with: one in the environment, known or not, or one that it was given to keep. */
function hasLogin({ world, variable }: Call): boolean {
  return (
    Boolean(variable("GH_TOKEN") || variable("GITHUB_TOKEN")) || world.files.has(ghLogin(variable("HOME") ?? HOME))
  );
}

function printToken(call: Call): readonly Result[] {
  const { world, variable, walk } = call;
  const login = world.files.get(ghLogin(variable("HOME") ?? HOME));
  const token = variable("GH_TOKEN") || variable("GITHUB_TOKEN") || (login?.kind === "text" ? login.text : undefined);
  return done(world, "likely", token === undefined ? EMPTY : walk.analysis.symbols.decode(`${token}\n`));
}

function clone(call: Call, rest: readonly Text[]): readonly Result[] {
  const [name = "", directory] = rest.filter((arg) => !arg.startsWith("-"));
  const url = name.includes("://") || name.includes("@") ? name : `https://github.com/${name}.git`;
  return cloneRepository(asGit(call, [url, ...(directory === undefined ? [] : [directory])]));
}

/** `gh repo fork owner/name --clone`: a clone of the fork, in a directory of its name. */
function fork(call: Call, rest: readonly Text[]): readonly Result[] {
  noticeContact(call, "repo", "fork");
  const args = readArguments(rest, ["--org", "--fork-name", "--remote-name"]);
  const [name] = args.operands;
  const clones = rest.includes("--clone") || rest.includes("--clone=true");
  if (name === undefined || !clones) return done(call.world, "likely");
  const owner = args.options.get("--org") ?? call.walk.analysis.symbols.unknown("the account that gh forks to");
  const repository = args.options.get("--fork-name") ?? baseName(name.replace(/\.git$/, ""));
  return cloneRepository(asGit(call, [`https://github.com/${owner}/${repository}.git`]));
}

/** The same as a call of git, with gh as its helper. */
function asGit(call: Call, rest: readonly Text[]): GitCall {
  const by = byCommand(call, "gh gives git its own token");
  const key = { section: "credential", subsection: undefined, name: "helper" };
  return {
    ...call,
    subcommand: undefined,
    rest,
    directory: call.world.shell.directory,
    entries: [
      { key, value: "", by },
      { key, value: "!gh auth git-credential", by },
    ],
    gitDir: undefined,
    found: findRepository(call.world.files, call.world.shell.directory),
  };
}

function apply(call: Call, effect: Effect): readonly Result[] {
  const { files, succeeded } = applyEffect(call.world.files, effect);
  return done({ ...call.world, files }, succeeded);
}
