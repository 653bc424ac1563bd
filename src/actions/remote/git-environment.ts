import { devNull } from "node:os";

export type Environment = Readonly<Record<string, string | undefined>>;
export type ConfigEntries = readonly (readonly [key: string, value: string])[];

/** How git reaches a network as the user does: certificates, proxies, ssh, and who asks for passwords. */
const KEPT_VARIABLES: ReadonlySet<string> = new Set([
  "GIT_ASKPASS",
  "GIT_EXEC_PATH",
  "GIT_HTTP_USER_AGENT",
  "GIT_PROXY_SSL_CAINFO",
  "GIT_SSH",
  "GIT_SSH_COMMAND",
  "GIT_SSH_VARIANT",
  "GIT_SSL_CAINFO",
  "GIT_SSL_CAPATH",
  "GIT_SSL_CERT",
  "GIT_SSL_KEY",
]);

/** Credentials and the way to the server. Everything else of a user's configuration stays out. */
const KEPT_KEYS = /^(?:credential\.|http\.|ssh\.variant$|core\.(?:askpass|sshcommand)$|url\..+\.insteadof$)/s;

/**
 * What git is run with: the surroundings without any other word for git, and of the user's configuration what `pickUserConfig`
 * kept. No hook, attribute, filter, submodule or maintenance of anybody's has a say, and nobody is asked for a password.
 */
export function gitEnvironment(env: Environment, config: ConfigEntries, protocols: readonly string[]): Environment {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith("GIT_") || KEPT_VARIABLES.has(name));
  const entries = [...OWN_CONFIG, ...config];
  return {
    ...Object.fromEntries(kept),
    // Its messages are read.
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GCM_INTERACTIVE: "never",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_LFS_SKIP_SMUDGE: "1",
    GIT_ALLOW_PROTOCOL: protocols.join(":"),
    // Not on the command line, where other users of the machine could read a header.
    GIT_CONFIG_COUNT: `${entries.length}`,
    ...Object.fromEntries(
      entries.flatMap(([key, value], at) => [
        [`GIT_CONFIG_KEY_${at}`, key],
        [`GIT_CONFIG_VALUE_${at}`, value],
      ]),
    ),
  };
}

const OWN_CONFIG: ConfigEntries = [
  ["core.hooksPath", devNull],
  ["core.attributesFile", devNull],
  ["core.fsmonitor", "false"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
  ["fetch.recurseSubmodules", "false"],
  ["fetch.writeCommitGraph", "false"],
  ["submodule.recurse", "false"],
  ["protocol.version", "2"],
  // A server that says nothing for so many seconds is given up.
  ["http.lowSpeedLimit", "1"],
  ["http.lowSpeedTime", "20"],
];

/** The environment to read a user's configuration in: all of it, but for the repository that it may point to. */
export function userEnvironment(env: Environment): Environment {
  const { GIT_DIR: _, GIT_WORK_TREE: __, GIT_TRACE: ___, ...rest } = env;
  return rest;
}

/** What counts of the output of `git config --null --list`. */
export function pickUserConfig(listed: string): ConfigEntries {
  return listed.split("\0").flatMap((entry) => {
    const [key = "", ...lines] = entry.split("\n");
    return KEPT_KEYS.test(key) ? [[key, lines.join("\n")] as const] : [];
  });
}
