import type { Credential } from "./credential.ts";
import { isInTree, type File } from "./files.ts";
import { NONE, unknownIdentity, withoutDecoding, type Identity } from "./identity.ts";
import { baseName, HOME, resolvePath, WORKSPACE } from "./paths.ts";
import type { PushView } from "./push-view.ts";
import { hasSymbol, symbolsIn, type Symbols, type Text } from "./text.ts";

/** Those that ssh tries when none is named: ssh_config(5), IdentityFile. */
const DEFAULT_KEYS = ["id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk", "id_dsa"];

/** Which key ssh offers first: the agent's, the command's `-i`, those of `~/.ssh/config`, the default files. */
export function findSshKey(view: PushView, host: Text): Credential {
  const { files, variable } = view;
  const home = variable("HOME") ?? HOME;
  const command = sshCommand(view);
  const config = hostConfig(files.get(`${home}/.ssh/config`), host);
  // ssh is started where git runs: that is where it looks up a path.
  const own = [...command.keys, ...config.keys].map((path) =>
    resolvePath(view.directory, path.replace(/^(?:~|\$HOME)\//, `${home}/`)),
  );
  const agent = variable("SSH_AUTH_SOCK");
  const usesAgent = agent !== undefined && agent !== "" && !(command.identitiesOnly || config.identitiesOnly);
  const places = [
    ...(usesAgent ? [agent] : []),
    ...own,
    ...(own.length > 0 ? [] : DEFAULT_KEYS.map((name) => `${home}/.ssh/${name}`)),
  ];
  for (const path of places) {
    const file = files.get(path);
    if (file === undefined) continue;
    return keyIn(view, file, path === agent ? "the ssh agent" : path);
  }
  return nothing(view, whyUnseen(view, own));
}

/** Why there may be a key where none is in sight: whoever names a file has it from somewhere. */
function whyUnseen({ unseen }: PushView, named: readonly Text[]): string | undefined {
  if (named.some(hasSymbol)) return "the key's file is computed when it runs";
  const [path] = named;
  if (path === undefined) {
    const reason = unseen.onRunner();
    return reason === undefined ? undefined : `nothing in sight makes a key, and ${reason}`;
  }
  if (isInTree(path, WORKSPACE)) return `nothing in sight writes the key ${baseName(path)}: the repository may hold it`;
  const reason = unseen.byNow();
  return reason === undefined ? undefined : `nothing in sight writes the key ${baseName(path)}, and ${reason}`;
}

/** Where ssh goes for a host as a URL names it: another, where `~/.ssh/config` says so; undefined where nobody can tell. */
export function sshHostName({ files, variable }: PushView, host: Text): Text | undefined {
  const { hostName } = hostConfig(files.get(`${variable("HOME") ?? HOME}/.ssh/config`), host);
  if (hostName !== undefined) return hostName.replaceAll("%h", host).toLowerCase();
  // What is no domain's name is one that a configuration out of sight explains, as `github.com-deploy` is.
  return /\.[a-z]{2,}$/.test(host) && !host.startsWith("github.com") ? host : undefined;
}

function nothing(view: PushView, reason: string | undefined): Credential {
  const found = reason === undefined ? "ssh finds no key" : "no key of ssh's is in sight";
  const text = `the URL is an ssh one, and ${found}: HTTP credentials play no part`;
  const identity = reason === undefined ? NONE : unknownIdentity(reason);
  return { identity, hops: [{ span: view.by.hop.span, text }], giver: undefined, isExplicit: false };
}

function keyIn(view: PushView, file: File, place: string): Credential {
  const identity = identityOfKey(file, view.symbols);
  const text = `the URL is an ssh one, so git takes the key of ${place}; HTTP credentials play no part`;
  const by = file.kind === "text" ? file.by : view.by;
  return { identity, hops: [by.hop, { span: view.by.hop.span, text }], giver: by.giver, isExplicit: true };
}

function identityOfKey(file: File, symbols: Symbols): Identity {
  if (file.kind === "unknown") return unknownIdentity(file.reason);
  if (file.kind !== "text") return NONE;
  for (const symbol of symbolsIn(file.text)) {
    const meaning = symbols.meaningOf(symbol);
    if (meaning.kind === "reference")
      return { kind: "ssh", name: withoutDecoding(meaning.id).replace(/^(?:secrets|app)\./, "") };
    if (meaning.kind === "unknown") return unknownIdentity(meaning.reason);
  }
  const [word = ""] = file.text.trim().split(/\s/);
  return word === "" ? NONE : { kind: "ssh", name: word };
}

interface SshOptions {
  readonly keys: readonly Text[];
  readonly identitiesOnly: boolean;
  readonly hostName?: Text | undefined;
}

function sshCommand({ entries, variable }: PushView): SshOptions {
  const configured = entries.findLast(
    ({ key }) => key.section === "core" && key.subsection === undefined && key.name === "sshcommand",
  );
  const command = variable("GIT_SSH_COMMAND") ?? configured?.value ?? "";
  const keys = [...command.matchAll(/\s-i\s*("[^"]*"|'[^']*'|\S+)/g)].map(([, path = ""]) =>
    path.replace(/^["']|["']$/g, ""),
  );
  return { keys, identitiesOnly: /IdentitiesOnly[= ]yes/i.test(command) };
}

/** What `~/.ssh/config` says for a host. */
function hostConfig(file: File | undefined, host: Text): SshOptions {
  const keys: Text[] = [];
  let identitiesOnly = false;
  let hostName: Text | undefined;
  let applies = true;
  for (const line of file?.kind === "text" ? file.text.split("\n") : []) {
    const [, name = "", value = ""] = /^\s*(\w+)[\s=]+"?([^"]*?)"?\s*$/.exec(line) ?? [];
    if (/^host$/i.test(name)) applies = value.split(/\s+/).some((pattern) => pattern === "*" || pattern === host);
    else if (/^match$/i.test(name)) applies = false;
    else if (applies && /^identityfile$/i.test(name)) keys.push(value);
    else if (applies && /^hostname$/i.test(name)) hostName ??= value;
    else if (applies && /^identitiesonly$/i.test(name)) identitiesOnly ||= /^yes$/i.test(value);
  }
  return { keys, identitiesOnly, hostName };
}
