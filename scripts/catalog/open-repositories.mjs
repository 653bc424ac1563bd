import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REMOTE_LIMITS, RemoteActions, RemoteError } from "./import-actions.mjs";

/** What git needs of our surroundings to reach the network; nothing that carries a credential. */
const NETWORK = /^(?:(?:https?|all|no)_proxy|SSL_CERT_(?:FILE|DIR)|GIT_SSL_CAINFO|CURL_CA_BUNDLE|PATH)$/i;

/** Why a repository, or a version of an action, could not be read. */
export class Unreadable extends Error {}

/** The repositories of a host, as src/actions reads them, without anything that the user's git knows. Always close it. */
export async function openRepositories(host) {
  const folder = await mkdtemp(join(tmpdir(), "flowkeep-catalog-"));
  const { protocol, host: name, pathname } = new URL(host);
  const remote = new RemoteActions({
    servers: [{ href: host, host: name || pathname, protocols: [protocol.slice(0, -1)] }],
    env: { ...Object.fromEntries(Object.entries(process.env).filter(([key]) => NETWORK.test(key))), HOME: folder },
    root: folder,
    cache: undefined,
    scratch: folder,
    limits: REMOTE_LIMITS,
  });
  return {
    /** `{ tags, heads }`, each from name to commit. */
    async refs(repository) {
      try {
        return await remote.refs(repository);
      } catch (error) {
        if (error instanceof RemoteError) throw new Unreadable(error.message);
        throw error;
      }
    },
    /** The interface of an action at a commit. */
    async read(action, sha) {
      const found = await remote.resolve(`${action}@${sha}`);
      if (found.kind === "unknown") throw new Unreadable(found.reason);
      return found.interface;
    },
    async close() {
      await remote.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
