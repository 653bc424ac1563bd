import type { Credential } from "./credential.ts";
import type { Hop } from "./evidence.ts";
import { parseAddress, repositoryOf } from "./git/address.ts";
import type { Entry } from "./git/config-entries.ts";
import { fetchUrl, isConfiguredRemote, pushUrls, type PushUrl } from "./git/remote-urls.ts";
import type { ReadEntry } from "./git/read-config.ts";
import { findHttpCredential } from "./http-credential.ts";
import { otherHostOf } from "./other-host.ts";
import { NONE, unknownIdentity, type Identity } from "./identity.ts";
import { withAssumedRepository, type PushView } from "./push-view.ts";
import { findSshKey } from "./ssh-key.ts";
import { hasSymbol, type Text } from "./text.ts";

/** Who one push goes out as, in one state of things. */
export interface Resolved {
  readonly identity: Identity;
  readonly intended: Identity | undefined;
  readonly hops: readonly Hop[];
  /** `owner/name` of where it goes, as far as it is known. */
  readonly repository: Text | undefined;
  /** The host it goes to, where that is another server than the workflow's own. */
  readonly otherHost?: string | undefined;
  /** No server sees it: it goes to a directory. */
  readonly isLocal: boolean;
  /** Why git ends before it asks for any credential; undefined where it does not. */
  readonly stop?: string | undefined;
}

/**
 * Finds who a push (or, with `isRead`, a fetch) to a remote or a URL authenticates as: one answer for each URL, as git pushes to all
 * of them.
 */
export function resolvePush(view: PushView, remote: Text, isRead = false): readonly Resolved[] {
  const targets = chooseUrls(view, remote, isRead);
  return targets.length === 0
    ? [resolveTarget(view, remote, undefined)]
    : targets.map((url) => resolveTarget(view, remote, url));
}

function resolveTarget(view: PushView, remote: Text, target: PushUrl<unknown> | undefined): Resolved {
  if (target === undefined) {
    const hops = [
      { span: view.by.hop.span, text: `the remote ${view.symbols.show(remote)} is not configured in sight` },
    ];
    const identity = unknownIdentity("the remote's URL is not in sight");
    return { identity, intended: undefined, hops, repository: undefined, isLocal: false };
  }
  const because = target.because.map((entry) => (entry as ReadEntry).by);
  const remoteHops = target.because.length > 0 ? because.map(({ hop }) => hop) : [];
  const address = parseAddress(target.url);
  const repository = repositoryOf(address);
  if (address.kind === "ssh") {
    const key = findSshKey(view, address.host);
    return {
      identity: key.identity,
      intended: key.identity.kind === "ssh" ? key.identity : undefined,
      hops: [...remoteHops, ...key.hops],
      repository,
      otherHost: otherHostOf(view, address),
      isLocal: false,
    };
  }
  if (address.kind === "local" && hasSymbol(address.path.slice(0, 1)))
    return unknownUrl(view, target, "the URL that is pushed to is computed when it runs");
  if (address.kind === "local") {
    const text = "it goes to a directory: no server sees who pushes";
    return {
      identity: NONE,
      intended: undefined,
      hops: [...remoteHops, { span: view.by.hop.span, text }],
      repository: undefined,
      isLocal: true,
    };
  }
  if (address.kind === "illegal") {
    const text = `git cannot read the URL ${view.symbols.show(address.text)}: there are two users in it`;
    const hops = [...remoteHops, { span: view.by.hop.span, text }];
    return { identity: NONE, intended: undefined, hops, repository: undefined, isLocal: false };
  }
  if (address.kind === "other") return unknownUrl(view, target, "git talks to this URL in a way that is not followed");
  if (hasSymbol(address.host))
    return unknownUrl(view, target, "the host that is pushed to is not known before it runs");
  const urlBy = because.filter(({ giver }) => giver !== "checkout");
  const { identity, hops, found } = findHttpCredential(view, target.url, address, urlBy);
  return {
    identity,
    intended: intendedOf(view, found),
    hops: [...unlisted(remoteHops, hops), ...hops],
    repository,
    otherHost: otherHostOf(view, address),
    isLocal: false,
  };
}

function chooseUrls(view: PushView, remote: Text, isRead: boolean): readonly PushUrl<unknown>[] {
  // A rewrite is chosen by the letters of the URL, so the repository's own name must be written out.
  const rewrites = view.entries.some(({ key }) => key.section === "url" && key.subsection !== undefined);
  const entries: readonly Entry[] = rewrites
    ? view.entries.map((entry) =>
        entry.key.section === "remote" ? { ...entry, value: withAssumedRepository(entry.value, view) } : entry,
      )
    : view.entries;
  const urls = isRead ? [fetchUrl(entries, remote)] : pushUrls(entries, remote);
  const isName = !/[/:]/.test(remote) && !hasSymbol(remote) && remote !== ".";
  // A name that is no remote's is a directory's, unless something is put in its place.
  if (isName && !isConfiguredRemote(view.entries, remote)) return urls.filter(({ url }) => url !== remote);
  return urls;
}

function unknownUrl(view: PushView, { url, because }: PushUrl<unknown>, reason: string): Resolved {
  const hops = because.map((entry) => (entry as ReadEntry).by.hop);
  const text = `${reason}: ${view.symbols.show(url)}`;
  return {
    identity: unknownIdentity(view.symbols.reasonFor(url) ?? reason),
    intended: undefined,
    hops: [...hops, { span: view.by.hop.span, text }],
    repository: undefined,
    isLocal: false,
  };
}

/**
 * What the push's own command line carries; else what the workflow gave for its pushes; else the token that it gave, in so many
 * words, to the checkout.
 */
function intendedOf({ by }: PushView, found: readonly Credential[]): Identity | undefined {
  const meantBy = ({ identity, meant = identity }: Credential): Identity | undefined =>
    meant.kind === "none" || meant.kind === "unknown" ? undefined : meant;
  const given = found.filter((credential) => credential.giver !== "checkout" && meantBy(credential) !== undefined);
  const explicit =
    given.find((credential) => credential.isOwn) ??
    // What an action leaves behind or puts back is for its own push first.
    (by.giver === "action" ? undefined : given.find(({ giver }) => giver === "given")) ??
    given[0] ??
    found.find((credential) => credential.isExplicit && meantBy(credential) !== undefined);
  return explicit && meantBy(explicit);
}

function unlisted(hops: readonly Hop[], listed: readonly Hop[]): readonly Hop[] {
  return hops.filter((hop) => !listed.includes(hop));
}
