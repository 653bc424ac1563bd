import { DUPLICATE, NONE, type Identity } from "../credentials/identity.ts";
import type { FakeCredentials } from "./fake-credentials.ts";
import type { TracedPush } from "./git-trace.ts";
import { NO_OBJECT } from "./server/receive-commands.ts";
import type { SeenRequest } from "./server/seen-request.ts";

export type Outcome =
  "landed" | "rejected" | "duplicate-header" | "no-credential" | "unauthorized" | "not-sent" | "no-update";

/** One push, as the server and git saw it. */
export interface ObservedPush {
  /** As it was called, with its secrets; undefined where another program than git pushed. */
  readonly argv: readonly string[] | undefined;
  /** How an alias was called that came to it, where one did. */
  readonly alias: readonly string[] | undefined;
  readonly identity: Identity;
  readonly outcome: Outcome;
  /** For people, without secrets. */
  readonly message: string;
  /** What rights and rules made of it; undefined where the server did not come to ask them, or something else stood against it. */
  readonly decision: "accepted" | "rejected" | undefined;
  readonly started: number;
}

/** Puts together what git and the server saw of pushes. A push and its requests belong together by their time. */
export function observePushes(
  traced: readonly TracedPush[],
  requests: readonly SeenRequest[],
  credentials: FakeCredentials,
): readonly ObservedPush[] {
  const connections = groupBy(requests.filter(isOfPush), ({ connection }) => connection);
  const taken = new Map<TracedPush, readonly SeenRequest[]>();
  const alone: (readonly SeenRequest[])[] = [];
  for (const group of connections.values()) {
    const push = findPush(group, traced);
    if (push === undefined) alone.push(group);
    else taken.set(push, [...(taken.get(push) ?? []), ...group]);
  }
  const pushes = [
    ...traced.map((push) => describePush(push, taken.get(push) ?? [], credentials)),
    ...alone.map((group) => describePush(undefined, group, credentials)),
  ];
  return pushes.sort((a, b) => a.started - b.started);
}

function isOfPush({ path }: SeenRequest): boolean {
  return path.includes("git-receive-pack");
}

/** The push that ran when a connection was made; of several at once, the one that goes to the same repository. */
function findPush([first]: readonly SeenRequest[], traced: readonly TracedPush[]): TracedPush | undefined {
  if (first === undefined) return undefined;
  const running = traced.filter(
    ({ started, ended }) => started <= first.at && (ended === undefined || first.at <= ended),
  );
  const repository = repositoryOf(first.path);
  return (
    running.find(({ url }) => url !== undefined && repositoryOf(new URL(url).pathname) === repository) ?? running[0]
  );
}

function repositoryOf(path: string): string {
  return (/^\/([^/]+\/[^/?]+?)(?:\.git)?(?:[/?]|$)/.exec(path)?.[1] ?? path).toLowerCase();
}

function describePush(
  push: TracedPush | undefined,
  requests: readonly SeenRequest[],
  credentials: FakeCredentials,
): ObservedPush {
  const { outcome, message } = outcomeOf(push, requests);
  return {
    argv: push?.argv,
    alias: push?.alias,
    identity: identityOf(requests, credentials),
    outcome,
    message: credentials.mask(message),
    decision: decisionOf(requests),
    started: push?.started ?? requests[0]?.at ?? 0,
  };
}

/** Who the server saw in the end: the credential of the last request that had one. */
function identityOf(requests: readonly SeenRequest[], credentials: FakeCredentials): Identity {
  const last = requests.findLast(({ identities }) => identities.length > 0);
  if (last === undefined) return NONE;
  const [only = "", ...others] = last.identities;
  return others.length > 0 ? DUPLICATE : (credentials.identityOf(only) ?? NONE);
}

function outcomeOf(
  push: TracedPush | undefined,
  requests: readonly SeenRequest[],
): { readonly outcome: Outcome; readonly message: string } {
  const last = requests.at(-1);
  const said = last?.said ?? "";
  switch (last?.status) {
    case undefined:
      return { outcome: "not-sent", message: notSent(push) };
    case 400:
      return { outcome: "duplicate-header", message: `400: ${said}` };
    case 401:
      return requests.some(({ identities }) => identities.length > 0)
        ? { outcome: "unauthorized", message: `401: ${said}` }
        : {
            outcome: "no-credential",
            message: last.method === "SSH" ? said : "401, and git had no credential to send",
          };
    case 403:
    case 404:
      return { outcome: "rejected", message: last.method === "SSH" ? said : `${last.status}: ${said}` };
  }
  const updates = requests.flatMap((request) => request.updates);
  const refused = updates.filter((update) => update.refused !== undefined);
  if (refused.length > 0) {
    const reasons = refused.map(
      ({ ref, refused, note }) => `${ref}: ${refused}${note === undefined ? "" : ` (${note})`}`,
    );
    return { outcome: "rejected", message: [...reasons, ...landed(updates)].join("; ") };
  }
  if (updates.length > 0) return { outcome: "landed", message: landed(updates).join("; ") };
  if (push !== undefined && push.code === undefined)
    return { outcome: "not-sent", message: "git was ended before it had sent everything" };
  if (push?.code === 0) return { outcome: "no-update", message: "nothing was to be updated" };
  return {
    outcome: "rejected",
    message: "git itself refused to update: the branch has moved on, or there is nothing to push",
  };
}

function decisionOf(requests: readonly SeenRequest[]): ObservedPush["decision"] {
  if (requests.some(({ status }) => status === 403 || status === 404)) return "rejected";
  const updates = requests.flatMap((request) => request.updates);
  // What a token may do to workflow files is no matter of rules for refs.
  if (updates.length === 0 || updates.some(({ refused }) => refused?.startsWith("refusing to allow"))) return undefined;
  return updates.some(({ refused }) => refused !== undefined) ? "rejected" : "accepted";
}

function notSent(push: TracedPush | undefined): string {
  if (push?.code === undefined) return "git was ended before it sent anything";
  return push.code === 0 ? "git sent nothing to a server" : `git ended with ${push.code} and sent nothing`;
}

function landed(updates: SeenRequest["updates"]): readonly string[] {
  return updates
    .filter((update) => update.refused === undefined)
    .map(({ ref, old, new: made }) => {
      if (NO_OBJECT.test(made)) return `${ref} deleted`;
      return `${ref} ${NO_OBJECT.test(old) ? "created" : "updated"}`;
    });
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
