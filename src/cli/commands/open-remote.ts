import { join } from "node:path";
import type { LineTakes } from "../../actions/remote/choose-commit.ts";
import { REMOTE_LIMITS } from "../../actions/remote/git.ts";
import { RemoteActions } from "../../actions/remote/remote-actions.ts";
import { isServerUrl, parseServerUrl, type ServerUrl } from "../../actions/remote/server-url.ts";
import type { Config } from "../../define/define-config.ts";
import { UsageError } from "../../ir/errors.ts";
import type { Io } from "../io.ts";
import type { Settings } from "../settings.ts";

/** The options of a command that asks repositories. */
export interface RemoteFlags {
  readonly offline?: true;
  readonly serverUrl?: string;
}

/** Opens the servers that the flags, the config, a GitHub Actions run, or nobody names. Always close it. */
export function openRemote({ project, io }: Settings, config: Config, flags: RemoteFlags): RemoteActions {
  const { actions } = config;
  return new RemoteActions({
    servers: findServers(
      flags.serverUrl ?? actions?.serverUrl ?? (io.env["GITHUB_SERVER_URL"] || "https://github.com"),
    ),
    env: io.env,
    root: project.root,
    cache: cacheFolder(io),
    scratch: project.scratch,
    limits: REMOTE_LIMITS,
    lines: linesOf(config),
    offline: flags.offline,
  });
}

/** GitHub's own lock keeps the ref in the YAML, and GitHub wants the commit that the ref is at. */
export function linesOf({ actions }: Config): LineTakes {
  return actions?.lock === "github" ? "named" : "newest";
}

function findServers(urls: string | readonly string[]): readonly ServerUrl[] {
  return [urls].flat().map((url) => {
    const parsed = parseServerUrl(url);
    if (!isServerUrl(parsed)) throw new UsageError(parsed.wrong);
    return parsed;
  });
}

/** Where a user's programs keep what they can do without. */
function cacheFolder({ env }: Io): string | undefined {
  const home = env["HOME"];
  const system = process.platform === "win32" ? env["LOCALAPPDATA"] : home && join(home, ...CACHES);
  const folder = env["XDG_CACHE_HOME"] || system;
  // Without a home of one's own nothing is kept: a folder that others can write to is no place for it.
  return folder && join(folder, "flowkeep");
}

const CACHES = process.platform === "darwin" ? ["Library", "Caches"] : [".cache"];
