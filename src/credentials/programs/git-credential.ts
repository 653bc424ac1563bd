import { literalOf } from "../../shell/value.ts";
import { applyEffect } from "../apply-effect.ts";
import { CREDENTIAL_CACHE } from "../credential-helpers.ts";
import { HOME, resolvePath } from "../paths.ts";
import { byCommand, done, type Result } from "../script/walk.ts";
import { configOf, type GitCall } from "./git-call.ts";

/** `git credential approve` gives what it reads to the helpers that store. */
export function runGitCredential(call: GitCall): readonly Result[] {
  const [action] = call.rest;
  if ((action !== "approve" && action !== "store") || call.input === undefined) return done(call.world, "likely");
  const text = call.walk.analysis.symbols.encode(call.input);
  const line = (name: string): string => new RegExp(`^${name}=(.*)$`, "m").exec(text)?.[1] ?? "";
  const url =
    line("url") ||
    `${line("protocol") || "https"}://${line("username") || "x-access-token"}:${line("password")}@${line("host")}`;
  const by = byCommand(call, "git credential approve stores a credential here");
  const helpers = configOf(call).filter(({ key }) => key.section === "credential" && key.name === "helper");
  let { files } = call.world;
  for (const { value } of helpers) {
    const home = call.variable("HOME") ?? HOME;
    const given = /--file[= ](\S+)/.exec(value)?.[1]?.replace(/^~\//, `${home}/`);
    const path = value.startsWith("store")
      ? resolvePath(call.directory, given ?? `${home}/.git-credentials`)
      : CREDENTIAL_CACHE;
    if (value === "" || value.startsWith("!")) continue;
    files = applyEffect(files, { kind: "write", path, text: `${url}\n`, append: true, by }).files;
  }
  return done({ ...call.world, files }, literalOf(call.input) === "" ? false : true);
}
