import { repositoryName, type Lock } from "../../actions/lock.ts";
import type { RemoteLimits } from "../../actions/remote/git.ts";
import { readRepositoryIds, type GithubApi } from "../../actions/remote/repository-ids.ts";
import type { KnownActions } from "../../actions/resolve-interface.ts";
import type { Config } from "../../define/define-config.ts";
import type { RemoteFlags } from "./open-remote.ts";
import type { Settings } from "../settings.ts";

interface KnownWithIds {
  readonly known: KnownActions;
  readonly notes: readonly string[];
}

/**
 * Asks GitHub's API for what only it knows, where GitHub's own lock is kept and the environment has a token: the numbers of the
 * repositories that have none in the lock yet.
 */
export async function lookUpIds(
  { io }: Settings,
  { actions }: Config,
  flags: RemoteFlags,
  lock: Lock,
  known: KnownActions,
  limits: RemoteLimits,
): Promise<KnownWithIds> {
  const api = actions?.lock === "github" && flags.offline !== true ? findApi(io.env, actions, flags) : undefined;
  if (api === undefined) return { known, notes: [] };
  const refs = [
    ...lock.actions.keys(),
    ...(known.commits?.keys() ?? []),
    ...(lock.nested?.keys() ?? []),
    ...(known.nested?.keys() ?? []),
  ];
  const names = [...new Set(refs.flatMap((ref) => repositoryName(ref) ?? []))];
  const asked = names.filter((name) => lock.repositories?.has(name) !== true);
  const { ids, notes } = await readRepositoryIds(asked, api, limits);
  return { known: { ...known, repositories: ids }, notes };
}

/** github.com has its API on a host of its own, other servers below a path: docs.github.com, "Getting started with the REST API". */
function findApi(
  env: Settings["io"]["env"],
  actions: NonNullable<Config["actions"]>,
  { serverUrl }: RemoteFlags,
): GithubApi | undefined {
  const token = env["GH_TOKEN"] || env["GITHUB_TOKEN"];
  if (!token) return undefined;
  const [server] = [serverUrl ?? actions.serverUrl ?? env["GITHUB_SERVER_URL"] ?? "https://github.com"].flat();
  const url = URL.canParse(server ?? "") ? new URL(server ?? "") : undefined;
  // The token is for GitHub alone, and for nobody who listens.
  const isLoopback = url !== undefined && /^(?:127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname);
  if (url === undefined || (url.protocol !== "https:" && !isLoopback)) return undefined;
  return { token, url: url.hostname === "github.com" ? "https://api.github.com" : `${url.origin}/api/v3` };
}
