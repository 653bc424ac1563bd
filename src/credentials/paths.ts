import type { Text } from "./text.ts";

/**
 * The directories of a GitHub-hosted Linux runner. Other runners have others; what counts is only that the same name leads to
 * the same place.
 */
export const WORKSPACE = "/home/runner/work/repository/repository";
export const RUNNER_TEMP = "/home/runner/work/_temp";
export const HOME = "/home/runner";

/** An absolute path without `.`, `..`, and doubled slashes. */
export function resolvePath(from: Text, path: Text): Text {
  const whole = path.startsWith("/") ? path : `${from}/${path}`;
  const segments: string[] = [];
  for (const segment of whole.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment === "..") segments.pop();
    else segments.push(segment);
  }
  return `/${segments.join("/")}`;
}

export function parentOf(path: Text): Text {
  const slash = path.lastIndexOf("/");
  return slash <= 0 ? "/" : path.slice(0, slash);
}

export function baseName(path: Text): Text {
  return path.slice(path.lastIndexOf("/") + 1);
}
