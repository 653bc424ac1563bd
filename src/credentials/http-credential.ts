import { answer, type Answer } from "./answer.ts";
import { askHelpers } from "./credential-helpers.ts";
import { identityOfHeader, identityOfPair, tokenOfUser, type Credential } from "./credential.ts";
import type { By, Hop } from "./evidence.ts";
import type { Address } from "./git/address.ts";
import { extraHeaders, headerSpecificity } from "./git/extra-headers.ts";
import { normalizeUrl } from "./git/url.ts";
import { printKey } from "./git/config-key.ts";
import type { ReadEntry } from "./git/read-config.ts";
import { describeIdentity, DUPLICATE, NONE, sameIdentity, unknownIdentity, type Identity } from "./identity.ts";
import { readNetrc } from "./netrc.ts";
import { HOME } from "./paths.ts";
import { withAssumedRepository, type PushView } from "./push-view.ts";
import { hasSymbol, type Text } from "./text.ts";

export interface HttpAnswer {
  /** Who the server sees. */
  readonly identity: Identity;
  /** How it comes to that. */
  readonly hops: readonly Hop[];
  /** Every credential that git could find, in the order in which it would be taken; the first header or what stands in for it. */
  readonly found: readonly Credential[];
}

type HttpAddress = Extract<Address, { kind: "http" }>;

/** Which credential git sends to an HTTP URL: gitcredentials(7), http.c; the order is that of experiments B, D. */
export function findHttpCredential(view: PushView, url: Text, address: HttpAddress, urlBy: readonly By[]): HttpAnswer {
  const headers = findHeaders(view, url);
  const inUrl = urlCredential(view, address, urlBy);
  const inNetrc = netrcCredential(view, address);
  const answers = [
    // To a user name alone libcurl looks for a password itself, before git knows of the 401: differential test, git 2.39.
    ...(address.password === undefined ? [...inNetrc, ...inUrl] : [...inUrl, ...inNetrc]),
    ...askHelpers(view, address),
    ...askpassCredential(view),
  ];
  // What the workflow gives and git passes over was meant all the same.
  const given = givenHeaders(view, url).filter(({ hops }) => !headers.some((header) => header.hops[0] === hops[0]));
  const found = [...headers, ...given, ...answers];
  const [header, second] = headers;
  if (header !== undefined && second !== undefined) {
    const text = "git has two Authorization headers for this URL and sends both: GitHub answers 400";
    const hops = [...headers.flatMap(({ hops }) => hops), { span: view.by.hop.span, text }];
    return { identity: DUPLICATE, hops, found };
  }
  if (header !== undefined) return { identity: header.identity, hops: explainHeader(view, header, answers), found };
  for (const answer of answers) {
    // curl answers the 401 from a `.netrc` before git knows of it, so git still asks its helpers: D29.
    const isLast = answer.identity.kind !== "none" || answer.isFinal;
    if (isLast) return { identity: answer.identity, hops: answer.hops, found };
  }
  const text = "git has no credential for this URL: no header, none in the URL, no .netrc, no helper that answers";
  return { identity: NONE, hops: [...answers.flatMap(({ hops }) => hops), { span: view.by.hop.span, text }], found };
}

function findHeaders(view: PushView, url: Text): readonly Credential[] {
  const normal = normalizeUrl(withAssumedRepository(url, view));
  if (normal === undefined) return [];
  const entries = view.entries.map((entry) => withConcreteKey(entry, view));
  return extraHeaders(normal, entries).flatMap((entry): readonly Credential[] => {
    const identity = identityOfHeader(entry.value, view.symbols);
    if (identity === undefined) return [];
    const { by, key } = entry as ReadEntry;
    const isGenericAfterAll = headerSpecificity(normal, entry)?.host === 0;
    const more = isGenericAfterAll ? [{ span: by.hop.span, text: `${printKey(key)} holds for every URL` }] : [];
    return [
      {
        identity,
        hops: [by.hop, ...more],
        giver: by.giver,
        isExplicit: by.isExplicit ?? false,
        isOwn: isOwn(view, by),
      },
    ];
  });
}

/** Every header for this URL that the workflow itself sets, whether git takes it or not. */
function givenHeaders(view: PushView, url: Text): readonly Credential[] {
  const normal = normalizeUrl(withAssumedRepository(url, view));
  if (normal === undefined) return [];
  return view.entries.flatMap((entry): readonly Credential[] => {
    if (entry.by.giver === "checkout" || headerSpecificity(normal, entry) === undefined) return [];
    const identity = identityOfHeader(entry.value, view.symbols);
    if (identity === undefined) return [];
    const { by } = entry;
    return [{ identity, hops: [by.hop], giver: by.giver, isExplicit: true, isOwn: isOwn(view, by) }];
  });
}

/** Whether the command that pushes gave it, and no earlier one. */
function isOwn({ by: { hop } }: PushView, { hop: { span } }: By): boolean {
  return span !== undefined && span.file === hop.span?.file && span.start === hop.span.start;
}

function withConcreteKey(entry: ReadEntry, view: PushView): ReadEntry {
  const { subsection } = entry.key;
  if (entry.key.section !== "http" || subsection === undefined || !hasSymbol(subsection)) return entry;
  return { ...entry, key: { ...entry.key, subsection: withAssumedRepository(subsection, view) } };
}

function explainHeader(view: PushView, header: Credential, answers: readonly Answer[]): readonly Hop[] {
  const [hidden] = answers
    .map(({ identity, meant = identity, hops }) => ({ identity: meant, hops }))
    .filter(({ identity }) => identity.kind !== "none");
  const who = describeIdentity(header.identity);
  const text =
    hidden === undefined
      ? `git finds the header for this URL and sends it: GitHub sees ${who}`
      : `git finds the header for this URL and sends it with the first request: GitHub sees ${who}; ` +
        (sameIdentity(hidden.identity, header.identity)
          ? "nothing else is asked for"
          : `${describeIdentity(hidden.identity)} is never sent`);
  return [...header.hops, ...(hidden?.hops.slice(0, 1) ?? []), { span: view.by.hop.span, text }];
}

function urlCredential(view: PushView, { user, password }: HttpAddress, urlBy: readonly By[]): readonly Answer[] {
  // A user name that is only a name: helpers are asked for its password.
  if (user === undefined || (password === undefined && !hasSymbol(user))) return [];
  const identity = identityOfPair({ user, password }, view.symbols);
  // A token that GitHub does not take as a user name was meant all the same.
  const carried = identity.kind === "none" && hasSymbol(user) ? tokenOfUser(user, view.symbols) : identity;
  const text = `the URL of this push carries ${describeIdentity(carried)}`;
  const own: By = carried.kind === "none" ? view.by : { ...view.by, hop: { ...view.by.hop, text } };
  const by = urlBy.at(-1) ?? own;
  return [
    {
      ...answer(view, { user, password }, urlBy.length === 0 ? [own] : urlBy, "the URL"),
      giver: by.giver,
      isOwn: urlBy.length === 0,
      meant: carried,
      // A user name alone libcurl sends itself; where that is refused git asks its helpers for a password: differential test.
      isFinal: password !== undefined,
    },
  ];
}

function netrcCredential(view: PushView, { host, user }: HttpAddress): readonly Answer[] {
  const path = `${view.variable("HOME") ?? HOME}/.netrc`;
  const file = view.files.get(path);
  if (file?.kind !== "text") return [];
  const found = readNetrc(file.text, host, user);
  if (found.kind === "none") return [];
  if (found.kind === "found") return [{ ...answer(view, found.pair, [file.by], ".netrc"), isFinal: false }];
  const reason = ".netrc has other users only than the URL's: what libcurl makes of that depends on its version";
  const hops = [file.by.hop, { span: view.by.hop.span, text: reason }];
  return [{ identity: unknownIdentity(reason), hops, giver: "given", isExplicit: true, isFinal: true }];
}

function askpassCredential(view: PushView): readonly Answer[] {
  const configured = view.entries.findLast(
    ({ key }) => key.section === "core" && key.subsection === undefined && key.name === "askpass",
  );
  const fromEnvironment = view.variable("GIT_ASKPASS");
  const program = fromEnvironment ?? configured?.value ?? view.variable("SSH_ASKPASS") ?? "";
  if (program === "" || /(?:^|\/)(?:true|echo|false)$/.test(program)) return [];
  const by = fromEnvironment === undefined && configured !== undefined ? configured.by : view.by;
  const password = view.runProgram(program, ["Password for 'https://x-access-token@github.com': "]).trim();
  return [{ ...answer(view, { user: "", password }, [by], "the askpass program"), giver: "given", isFinal: true }];
}
