import { literal } from "../../shell/value.ts";
import { applyEffect } from "../apply-effect.ts";
import type { ConfigEffect } from "../effects.ts";
import { byCommand, done, type Result } from "../script/walk.ts";
import type { Entry } from "../git/config-entries.ts";
import { equalKeys, type ConfigKey } from "../git/config-key.ts";
import { isConfiguredRemote, pushUrls, fetchUrl } from "../git/remote-urls.ts";
import { hasSymbol, type Text } from "../text.ts";
import { configOf, type GitCall } from "./git-call.ts";
import { hasOption, readArguments } from "./options.ts";

/** `git remote add`, `set-url`, `remove`, `rename`, `get-url`. */
export function runGitRemote(call: GitCall): readonly Result[] {
  const args = readArguments(call.rest, ["-t", "-m", "--master"]);
  const [action, name = "", url = ""] = args.operands;
  const { symbols } = call.walk.analysis;
  const entries = configOf(call);
  const isThere = isConfiguredRemote(entries, name);
  switch (action) {
    case "add":
      if (isThere) return done(call.world, false);
      return change(call, [{ action: "add", entry: entryFor(call, name, "url", url) }]);
    case "set-url": {
      const key = hasOption(args, "--push") ? "pushurl" : "url";
      if (!isThere) return done(call.world, call.found.kind === "found" ? false : "likely");
      if (hasOption(args, "--delete"))
        return change(call, [{ action: "unset-all", key: keyOf(name, key), pattern: url }]);
      const entry = entryFor(call, name, key, url);
      const old = args.operands[3];
      if (old !== undefined && !hasUrl(entries, name, key, old)) return done(call.world, false);
      // One URL takes the place of one: git refuses where there are several.
      return change(call, [
        hasOption(args, "--add") ? { action: "add", entry } : { action: "set", entry, pattern: old },
      ]);
    }
    case "remove":
    case "rm":
      if (!isThere) return done(call.world, call.found.kind === "found" ? false : "likely");
      return change(call, [{ action: "remove-section", name: `remote.${name}` }]);
    case "rename":
      if (!isThere) return done(call.world, false);
      return change(call, [{ action: "rename-section", name: `remote.${name}`, to: `remote.${url}` }]);
    case "get-url": {
      if (!isThere) return done(call.world, call.found.kind === "found" ? false : "likely");
      const found = hasOption(args, "--push") ? pushUrls(entries, name)[0] : fetchUrl(entries, name);
      return done(call.world, true, symbols.decode(`${found?.url ?? ""}\n`));
    }
    case undefined: {
      const names = new Set(entries.flatMap(({ key }) => (key.section === "remote" ? [key.subsection ?? ""] : [])));
      const isPlain = call.rest.length === 0 && call.found.kind === "found" && ![...names].some(hasSymbol);
      const lines = [...names].filter((remote) => remote !== "").toSorted();
      return isPlain
        ? done(call.world, true, literal(lines.map((line) => `${line}\n`).join("")))
        : done(call.world, "likely");
    }
    default:
      return done(call.world, "likely");
  }
}

function hasUrl(entries: readonly Entry[], remote: Text, name: string, pattern: Text): boolean {
  const urls = entries.filter(({ key }) => equalKeys(key, keyOf(remote, name)));
  return hasSymbol(pattern) || urls.some(({ value }) => matchesPattern(pattern, value));
}

/** An extended regular expression; one that JavaScript cannot read finds nothing. */
function matchesPattern(pattern: Text, value: Text): boolean {
  try {
    return new RegExp(pattern).test(value);
  } catch {
    return false;
  }
}

function keyOf(remote: Text, name: string): ConfigKey {
  return { section: "remote", subsection: remote, name };
}

function entryFor(call: GitCall, remote: Text, name: string, url: Text) {
  const { symbols } = call.walk.analysis;
  const by = byCommand(call, `the remote ${symbols.show(remote)} is set to ${symbols.show(url)} here`);
  return { key: keyOf(remote, name), value: url, by };
}

function change(call: GitCall, changes: readonly ConfigEffect["change"][]): readonly Result[] {
  if (call.found.kind !== "found") return done(call.world, call.found.kind === "unknown" ? "likely" : false);
  const file = `${call.found.repository.commonDir}/config`;
  let { files } = call.world;
  let succeeded = true;
  for (const change of changes) {
    const applied = applyEffect(files, { kind: "config", file, change });
    files = applied.files;
    succeeded &&= applied.succeeded;
  }
  return done({ ...call.world, files }, succeeded);
}
