import { readCredentialStore, readHelperAnswer } from "./credential-store.ts";
import type { UserAndPassword } from "./credential.ts";
import type { Address } from "./git/address.ts";
import type { ReadEntry } from "./git/read-config.ts";
import { keySpecificity } from "./git/extra-headers.ts";
import { normalizeUrl } from "./git/url.ts";
import { answer, type Answer } from "./http-credential.ts";
import { HOME } from "./paths.ts";
import type { PushView } from "./push-view.ts";
import type { Text } from "./text.ts";

type HttpAddress = Extract<Address, { kind: "http" }>;

/** What the credential helpers answer, in the order in which git asks them. Only the first that answers counts. */
export function askHelpers(view: PushView, address: HttpAddress): readonly Answer[] {
  for (const entry of helperChain(view, address)) {
    const pair = askHelper(view, entry.value, address);
    if (pair !== undefined) return [{ ...answer(view, pair, [entry.by], "the credential helper"), giver: "given" }];
  }
  return [];
}

/** `credential.helper` and `credential.<url>.helper` add up, however specific; an empty value takes away what came before. */
function helperChain({ entries }: PushView, { scheme, host, path, user }: HttpAddress): readonly ReadEntry[] {
  const url = normalizeUrl(`${scheme}://${user === undefined ? "" : `${user}@`}${host}/${path}`);
  let chain: ReadEntry[] = [];
  for (const entry of entries) {
    const { section, subsection, name } = entry.key;
    if (section !== "credential" || name !== "helper") continue;
    if (subsection !== undefined && !matchesHost(subsection, host, url)) continue;
    if (entry.value === "") chain = [];
    else chain.push(entry);
  }
  return chain;
}

/** A key's URL, or a part of one: `github.com`. */
function matchesHost(subsection: Text, host: Text, url: ReturnType<typeof normalizeUrl>): boolean {
  if (url !== undefined && normalizeUrl(subsection) !== undefined) return keySpecificity(url, subsection) !== undefined;
  return subsection.toLowerCase() === host;
}

function askHelper(view: PushView, helper: Text, address: HttpAddress): UserAndPassword | undefined {
  const { files, variable } = view;
  const home = variable("HOME") ?? HOME;
  if (/^!?\S*gh auth git-credential$/.test(helper.replace(/["']/g, "").trim())) return askGh(view);
  const store = /^(?:!?git[- ]credential-)?store\b(?:.*--file[= ]["']?([^\s"']+))?/.exec(helper);
  if (store !== null) {
    const given = store[1]?.replace(/^~\//, `${home}/`);
    const xdg = variable("XDG_CONFIG_HOME") || `${home}/.config`;
    const paths = given === undefined ? [`${home}/.git-credentials`, `${xdg}/git/credentials`] : [given];
    return firstOf(paths, (path) => {
      const file = files.get(path);
      return file?.kind === "text" ? readCredentialStore(file.text, address) : undefined;
    });
  }
  if (/^cache\b/.test(helper)) {
    const file = files.get(CREDENTIAL_CACHE);
    return file?.kind === "text" ? readCredentialStore(file.text, address) : undefined;
  }
  const isProgram = helper.startsWith("!") || helper.startsWith("/");
  if (!isProgram) return undefined;
  // git puts the operation behind the helper's text, for the shell to run: `f() { …; }; f get`. gitcredentials(7)
  return readHelperAnswer(view.runProgram(`${helper.startsWith("!") ? helper.slice(1) : helper} get`, ["get"]));
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
