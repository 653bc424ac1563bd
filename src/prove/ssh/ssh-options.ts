/** What ssh is told on its command line: ssh(1). */
export interface SshCall {
  readonly host: string;
  /** What is to be run there; empty for a shell. */
  readonly command: string;
  /** `-i`, in order. */
  readonly identities: readonly string[];
  /** `-o`: names in lower case; the first of a name holds. */
  readonly options: ReadonlyMap<string, string>;
  /** `-F` */
  readonly config: string | undefined;
}

const TAKE_VALUE = "BbcDEeFIiJLlmOopPQRSWw";

export function readSshCall(args: readonly string[]): SshCall {
  const identities: string[] = [];
  const options = new Map<string, string>();
  let config: string | undefined;
  let at = 0;
  for (; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (!arg.startsWith("-") || arg === "-") break;
    const letter = arg[1] ?? "";
    if (!TAKE_VALUE.includes(letter)) continue;
    const value = arg.length > 2 ? arg.slice(2) : (args[++at] ?? "");
    if (letter === "i") identities.push(value);
    if (letter === "F") config = value;
    if (letter === "o") {
      const [, name = "", text = ""] = /^\s*(\w+)\s*[=\s]\s*"?(.*?)"?\s*$/.exec(value) ?? [];
      if (name.toLowerCase() === "identityfile") identities.push(text);
      else if (!options.has(name.toLowerCase())) options.set(name.toLowerCase(), text);
    }
  }
  const host = (args[at] ?? "").replace(/^ssh:\/\//, "");
  return { host, command: args.slice(at + 1).join(" "), identities, options, config };
}

/** What `~/.ssh/config` adds for a host: ssh_config(5). The first value of a name holds, and files of keys add up. */
export function withConfig(call: SshCall, text: string): SshCall {
  const options = new Map(call.options);
  const identities = [...call.identities];
  const host = call.host.replace(/^[^@]*@/, "");
  let applies = true;
  for (const line of text.split("\n")) {
    const [, name = "", value = ""] = /^\s*(\w+)(?:\s*=\s*|\s+)"?(.*?)"?\s*$/.exec(line) ?? [];
    if (/^host$/i.test(name)) applies = fits(host, value.split(/\s+/));
    else if (/^match$/i.test(name)) applies = /^all$/i.test(value);
    else if (!applies || name === "") continue;
    else if (/^identityfile$/i.test(name)) identities.push(value);
    else if (!options.has(name.toLowerCase())) options.set(name.toLowerCase(), value);
  }
  return { ...call, identities, options };
}

function fits(host: string, patterns: readonly string[]): boolean {
  const isLike = (pattern: string): boolean =>
    new RegExp(
      `^${pattern
        .replace(/[\\^$+.()[\]{}|]/g, String.raw`\$&`)
        .replace(/\*/g, ".*")
        .replace(/\?/g, ".")}$`,
    ).test(host);
  if (patterns.some((pattern) => pattern.startsWith("!") && isLike(pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith("!") && isLike(pattern));
}
