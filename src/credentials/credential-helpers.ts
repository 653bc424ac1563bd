import { answer, type Answer } from "./answer.ts";
import { NONE, unknownIdentity } from "./identity.ts";
import type { By } from "./evidence.ts";
import { readCredentialStore, readHelperAnswer, saysQuit, type HelperAnswer } from "./credential-store.ts";
import type { UserAndPassword } from "./credential.ts";
import type { Address } from "./git/address.ts";
import type { ReadEntry } from "./git/read-config.ts";
import { keySpecificity } from "./git/extra-headers.ts";
import { normalizeUrl, type NormalUrl } from "./git/url.ts";
import { HOME, resolvePath } from "./paths.ts";
import { withAssumedRepository, type PushView } from "./push-view.ts";
import type { Text } from "./text.ts";

type HttpAddress = Extract<Address, { kind: "http" }>;

/** What the credential helpers answer, in the order in which git asks them. Only the first that answers counts. */
export function askHelpers(view: PushView, address: HttpAddress): readonly Answer[] {
  const usesPath = isTrue(settingsFor(view, address, "usehttppath").at(-1));
  for (const entry of helperChain(view, address)) {
    const given = askHelper(view, entry.value, address, usesPath);
    if (given === "quit") return [];
    if (given === undefined) continue;
    const user = given.user ?? address.user ?? settingsFor(view, address, "username").at(-1)?.value;
    const pair = { user: user ?? "", password: given.password };
    const by = [entry.by];
    if (pair.user === "") return [withoutUser(view, by)];
    return [{ ...answer(view, pair, by, "the credential helper"), giver: "given" }];
  }
  return [];
}

/** git sends no password without a user name: http.c, init_curl_http_auth. Where none is given it asks a terminal, and there is none. */
function withoutUser(view: PushView, by: readonly By[]): Answer {
  const text = "the credential helper gives a password and no user name, and without one git sends nothing";
  const hops = [...by.map(({ hop }) => hop), { span: view.by.hop.span, text }];
  const isAskpassSet = view.variable("GIT_ASKPASS") || view.variable("SSH_ASKPASS") || hasAskpass(view.entries);
  const identity = isAskpassSet ? unknownIdentity("askpass is asked for the user name to the helper's password") : NONE;
  return { identity, hops, giver: "given", isExplicit: true, isFinal: true };
}

function hasAskpass(entries: readonly ReadEntry[]): boolean {
  return entries.some(({ key, value }) => key.section === "core" && key.name === "askpass" && value !== "");
}

/** `credential.helper` and `credential.<url>.helper` add up, however specific; an empty value takes away what came before. */
function helperChain(view: PushView, given: HttpAddress): readonly ReadEntry[] {
  let chain: ReadEntry[] = [];
  for (const entry of settingsFor(view, given, "helper")) {
    if (entry.value === "") chain = [];
    else chain.push(entry);
  }
  return chain;
}

/** `credential.NAME` and `credential.<url>.NAME`, where the URL is this one's. */
function settingsFor(view: PushView, given: HttpAddress, wanted: string): readonly ReadEntry[] {
  const address = { ...given, path: withAssumedRepository(given.path, view) };
  const { scheme, host, path, user } = address;
  const url = normalizeUrl(`${scheme}://${user === undefined ? "" : `${user}@`}${host}/${path}`);
  return view.entries.filter(({ key: { section, subsection, name } }) => {
    if (section !== "credential" || name !== wanted) return false;
    return subsection === undefined || matchesAddress(withAssumedRepository(subsection, view), address, url);
  });
}

/** git-config(1), Values: boolean. */
function isTrue(entry: ReadEntry | undefined): boolean {
  return entry !== undefined && (entry.isBare === true || /^(?:true|yes|on|[1-9]\d*)$/i.test(entry.value));
}

/** A key's URL, or a part of one: `github.com`, `https://`. What it leaves out may be anything: credential.c, match_partial_url. */
function matchesAddress(
  subsection: Text,
  { scheme, host, path, user }: HttpAddress,
  url: NormalUrl | undefined,
): boolean {
  if (url !== undefined && normalizeUrl(subsection, { allowWildcard: true }) !== undefined)
    return keySpecificity(url, subsection) !== undefined;
  const [, wantedScheme, wantedUser, wantedHost, wantedPath] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:([^@/]*)@)?([^/]*)\/*([^]*?)\/*$/i.exec(subsection) ?? [];
  return (
    (wantedScheme === undefined || wantedScheme === scheme) &&
    (wantedUser === undefined || wantedUser === user) &&
    (!wantedHost || wantedHost === host) &&
    (!wantedPath || wantedPath === path)
  );
}

function askHelper(
  view: PushView,
  helper: Text,
  address: HttpAddress,
  usesPath: boolean,
): HelperAnswer | "quit" | undefined {
  const { files, variable } = view;
  const home = variable("HOME") ?? HOME;
  if (/^!?\S*gh auth git-credential$/.test(helper.replace(/["']/g, "").trim())) return askGh(view);
  const store = /^(?:!?git[- ]credential-)?store\b(?:.*--file[= ]["']?([^\s"']+))?/.exec(helper);
  if (store !== null) {
    const given = store[1] && resolvePath(view.directory, store[1].replace(/^~\//, `${home}/`));
    const xdg = variable("XDG_CONFIG_HOME") || `${home}/.config`;
    const paths = given === undefined ? [`${home}/.git-credentials`, `${xdg}/git/credentials`] : [given];
    return firstOf(paths, (path) => {
      const file = files.get(path);
      return file?.kind === "text" ? readCredentialStore(file.text, address, usesPath) : undefined;
    });
  }
  if (/^cache\b/.test(helper)) {
    const file = files.get(CREDENTIAL_CACHE);
    return file?.kind === "text" ? readCredentialStore(file.text, address, usesPath) : undefined;
  }
  const isProgram = helper.startsWith("!") || helper.startsWith("/");
  if (!isProgram) return undefined;
  // git starts it by a shell, with what it asks for behind it: credential.c, run_credential_helper.
  const printed = view.runProgram(`${helper.startsWith("!") ? helper.slice(1) : helper} get`, []);
  return readHelperAnswer(printed) ?? (saysQuit(printed) ? "quit" : undefined);
}

/** What `git credential approve` leaves with the helper `cache`: a stand-in for its memory. */
export const CREDENTIAL_CACHE = "/run/git-credential-cache";

/** `gh` reads the environment when git asks it, then its own login: K30, D07, D08. */
function askGh({ files, variable }: PushView): UserAndPassword | undefined {
  const token = variable("GH_TOKEN") || variable("GITHUB_TOKEN");
  if (token !== undefined && token !== "") return { user: "x-access-token", password: token };
  const login = files.get(ghLogin(variable("HOME") ?? HOME));
  return login?.kind === "text" ? { user: "x-access-token", password: login.text } : undefined;
}

/** Where `gh auth login` keeps its token. */
export function ghLogin(home: Text): Text {
  return `${home}/.config/gh/hosts.yml`;
}

function firstOf<T, R>(values: readonly T[], find: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
