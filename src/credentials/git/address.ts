import type { Text } from "../text.ts";

/** A URL as git takes it apart before it connects. */
export type Address =
  | {
      readonly kind: "http";
      readonly scheme: "http" | "https";
      readonly user: Text | undefined;
      readonly password: Text | undefined;
      readonly host: Text;
      /** Without the slash in front. */
      readonly path: Text;
    }
  | { readonly kind: "ssh"; readonly user: Text | undefined; readonly host: Text; readonly path: Text }
  /** A directory, `file://`, a bundle: no server sees who pushes. */
  | { readonly kind: "local"; readonly path: Text }
  /** git takes the user up to the first `@`, and libcurl refuses what is left. */
  | { readonly kind: "illegal"; readonly text: Text }
  /** `git://`, `ext::`, and other transports. */
  | { readonly kind: "other"; readonly text: Text };

/** git-push(1), GIT URLS. */
export function parseAddress(url: Text): Address {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url);
  if (scheme === null) return parseWithoutScheme(url);
  const name = (scheme[1] ?? "").toLowerCase();
  const rest = url.slice(scheme[0].length);
  const slash = rest.search(/[/?#]|$/);
  const [authority, path] = [rest.slice(0, slash), rest.slice(slash).replace(/^\/+/, "")];
  if (name === "file") return { kind: "local", path: `/${path}` };
  const at = authority.lastIndexOf("@");
  const userInfo = at < 0 ? undefined : authority.slice(0, at);
  const host = authority.slice(at + 1);
  if (name === "ssh" || name === "git+ssh" || name === "ssh+git")
    return { kind: "ssh", user: userInfo, host: host.replace(/:\d*$/, "").toLowerCase(), path };
  if (name !== "http" && name !== "https") return { kind: "other", text: url };
  if (userInfo?.includes("@") === true) return { kind: "illegal", text: url };
  const colon = userInfo?.indexOf(":") ?? -1;
  const user = colon < 0 ? userInfo : userInfo?.slice(0, colon);
  const password = colon < 0 ? undefined : userInfo?.slice(colon + 1);
  return { kind: "http", scheme: name, user, password, host: host.toLowerCase(), path };
}

function parseWithoutScheme(url: Text): Address {
  // `host:path` is ssh unless a slash stands before the first colon.
  const scp = /^(?:([^@/]*)@)?(\[[^\]]+\]|[^:/]+):(?!:)([^]*)$/.exec(url);
  if (scp === null) return /^[a-z]+::/i.test(url) ? { kind: "other", text: url } : { kind: "local", path: url };
  const [, user, host = "", path = ""] = scp;
  return { kind: "ssh", user, host: host.toLowerCase(), path: path.replace(/^\/+/, "") };
}

/** `owner/name`, without `.git`; undefined where the path is another. */
export function repositoryOf(address: Address): Text | undefined {
  if (address.kind !== "http" && address.kind !== "ssh") return undefined;
  const path = address.path.replace(/\/+$/, "").replace(/\.git$/, "");
  return path === "" ? undefined : path;
}
