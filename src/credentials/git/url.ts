/** A URL as git's `urlmatch.c` normalises it before it compares it with the URL in a configuration key. */
export interface NormalUrl {
  readonly scheme: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly host: string;
  /** Empty for the scheme's default port. */
  readonly port: string;
  /** Begins with `/`. */
  readonly path: string;
}

/** How specific a match is; the parts count in this order. */
export interface Specificity {
  readonly host: number;
  readonly path: number;
  readonly user: boolean;
}

/** Of a key without a URL: less specific than any with one. */
export const GENERIC: Specificity = { host: 0, path: 0, user: false };

const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: "80", https: "443" };
/** Characters that stay escaped, besides those below `!` and above `~`: urlmatch.c, URL_UNSAFE_CHARS and URL_RESERVED. */
const UNSAFE = ' <>"%{}|\\^`';
const RESERVED = ":/?#[]@!$&'()*+,;=";

/** @returns undefined where git takes the text for no URL */
export function normalizeUrl(text: string, { allowWildcard = false } = {}): NormalUrl | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text);
  if (scheme === null) return undefined;
  const rest = text.slice(scheme[0].length);
  const authorityEnd = rest.search(/[/?#]|$/);
  const authority = rest.slice(0, authorityEnd);
  const at = authority.lastIndexOf("@");
  const userInfo = at < 0 ? undefined : authority.slice(0, at);
  const colon = userInfo?.indexOf(":") ?? -1;
  const place = splitHost(authority.slice(at + 1), allowWildcard);
  const name = (scheme[1] ?? "").toLowerCase();
  const path = normalizePath(rest.slice(authorityEnd));
  if (place === undefined || path === undefined || (place.host === "" && name !== "file")) return undefined;
  return {
    scheme: name,
    user: userInfo === undefined ? undefined : normalizeEscapes(colon < 0 ? userInfo : userInfo.slice(0, colon)),
    password: userInfo === undefined || colon < 0 ? undefined : normalizeEscapes(userInfo.slice(colon + 1)),
    host: place.host.toLowerCase(),
    port: place.port === DEFAULT_PORTS[name] ? "" : place.port,
    path,
  };
}

function splitHost(text: string, allowWildcard: boolean): { host: string; port: string } | undefined {
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(text);
  if (parts === null) return undefined;
  const [, host = "", digits = ""] = parts;
  if (host.includes("*") && !allowWildcard) return undefined;
  const port = digits.replace(/^0+/, "");
  if (digits !== "" && (port === "" || Number(port) > 65_535)) return undefined;
  return { host, port };
}

function normalizePath(text: string): string | undefined {
  const [, path = "", rest = ""] = /^([^?#]*)([^]*)$/.exec(text) ?? [];
  const segments: string[] = [];
  const parts = path.split("/").slice(1);
  for (const [index, part] of parts.entries()) {
    const segment = normalizeEscapes(part);
    const isLast = index === parts.length - 1;
    if (segment === ".." && segments.pop() === undefined) return undefined;
    if (segment === "." || segment === "..") {
      if (isLast) segments.push("");
    } else segments.push(segment);
  }
  return `/${segments.join("/")}${normalizeEscapes(rest)}`;
}

/** Undoes escapes that are not needed, and writes the others in capitals. Symbols stay as they are. */
function normalizeEscapes(text: string): string {
  return text.replace(/%([0-9a-f]{2})|[^]/gi, (all, hex: string | undefined) => {
    if (hex === undefined) return mustEscape(all) ? escape(all) : all;
    const char = String.fromCharCode(parseInt(hex, 16));
    return mustEscape(char) || RESERVED.includes(char) ? `%${hex.toUpperCase()}` : char;
  });
}

function mustEscape(char: string): boolean {
  return char < "!" || char === "\x7f" || (char >= "\x80" && char <= "\xff") || UNSAFE.includes(char);
}

function escape(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

/**
 * Whether the URL of a key holds for a URL that git talks to, and how specifically. Scheme, host and port are equal; the key's
 * user, if it has one, is the URL's; the key's path is the URL's or whole segments of it. `*` stands for one label of the host.
 */
export function matchUrl(url: NormalUrl, key: NormalUrl): Specificity | undefined {
  if (url.scheme !== key.scheme || url.port !== key.port || !matchesHost(url.host, key.host)) return undefined;
  if (key.user !== undefined && key.user !== url.user) return undefined;
  const path = matchPath(url.path, key.path);
  return path === undefined ? undefined : { host: key.host.length, path, user: key.user !== undefined };
}

/** Label by label; a dot at the end counts for nothing: urlmatch.c, match_host. */
function matchesHost(host: string, pattern: string): boolean {
  if (host === pattern) return true;
  const [labels, wanted] = [host, pattern].map((text) => text.replace(/\.$/, "").split("."));
  if (labels === undefined || wanted === undefined || labels.length !== wanted.length) return false;
  return wanted.every((label, at) => label === "*" || label === labels[at]);
}

function matchPath(path: string, prefix: string): number | undefined {
  if (prefix === "/") return 1;
  const wanted = prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
  if (!path.startsWith(wanted)) return undefined;
  return path.length === wanted.length || path[wanted.length] === "/" ? wanted.length + 1 : undefined;
}

/** Negative where `a` is less specific than `b`. */
export function compareSpecificity(a: Specificity, b: Specificity): number {
  return a.host - b.host || a.path - b.path || Number(a.user) - Number(b.user);
}
