import type { UserAndPassword } from "./credential.ts";
import type { Text } from "./text.ts";

/** What a `.netrc` has for a host: `machine HOST login USER password TOKEN`, or its `default`. */
export function readNetrc(text: Text, host: Text): UserAndPassword | undefined {
  const words = text.split(/[ \t\r\n]+/).filter((word) => word !== "");
  let entry: { user: Text; password: Text | undefined } | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === "machine" || word === "default") {
      if (entry !== undefined) return entry;
      const isOurs = word === "default" || (words[++at] ?? "").toLowerCase() === host;
      entry = isOurs ? { user: "", password: undefined } : undefined;
    } else if (entry !== undefined && word === "login") entry.user = words[++at] ?? "";
    else if (entry !== undefined && word === "password") entry.password = words[++at];
  }
  return entry;
}
