/** Where repositories are: github.com, a GitHub Enterprise Server, a proxy, or a folder of mirrors. */
export interface ServerUrl {
  /** Without a slash at the end. */
  readonly href: string;
  /** For people: `github.com`. */
  readonly host: string;
  /** What git may speak with it: its own protocol, and what a user's `url.<base>.insteadOf` usually leads to. */
  readonly protocols: readonly string[];
}

const PROTOCOLS = new Set(["https", "http", "ssh", "file"]);

/** Reads a server's URL; gives a sentence where it is none that git should be pointed to. */
export function parseServerUrl(text: string): ServerUrl | { readonly wrong: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const protocol = url?.protocol.slice(0, -1);
  if (url === undefined || protocol === undefined || !PROTOCOLS.has(protocol))
    return { wrong: `${JSON.stringify(text)} is no server: write an https, http, ssh or file URL` };
  // It would stand in a committed config, and in the messages of git.
  if (url.password !== "" || (url.username !== "" && protocol !== "ssh"))
    return { wrong: `the URL of ${url.host} holds a credential: leave it out, git asks your credential helper` };
  if (url.search !== "" || url.hash !== "") return { wrong: `${url.host}: a server's URL has no ? and no #` };
  return {
    href: url.href.replace(/\/+$/, ""),
    host: url.host === "" ? url.pathname : url.host,
    protocols: [...new Set(["https", "ssh", protocol])],
  };
}

export function isServerUrl(parsed: ReturnType<typeof parseServerUrl>): parsed is ServerUrl {
  return "href" in parsed;
}
