import { join } from "node:path/posix";
import { WORKSPACE } from "../../credentials/paths.ts";
import { actionName, parseUses } from "../../ir/uses-ref.ts";
import type { UsesStep } from "../../ir/workflow.ts";
import { inputOf } from "./foreign-code.ts";

/** Whether an upload or a cache takes the `.git` of a checkout along. */
export function carriesGitFolder(step: UsesStep, directory: string): boolean {
  const ref = parseUses(step.uses.text);
  if (ref.kind !== "repository") return false;
  switch (actionName(ref).toLowerCase()) {
    case "actions/upload-artifact":
      return carries(inputOf(step, "path"), directory, takesHidden(step, ref.ref));
    case "actions/cache":
    case "actions/cache/save":
      return carries(inputOf(step, "path"), directory, true);
    default:
      return false;
  }
}

/** From 4.4.0 on hidden files are left out, unless they are asked for; which version a commit is, its comment tells. */
function takesHidden(step: UsesStep, ref: string): boolean {
  const input = inputOf(step, "include-hidden-files");
  if (input !== undefined) return input.toLowerCase() === "true";
  const written = /^v?\d/.test(ref) && !/^[0-9a-f]{40}$/.test(ref) ? ref : (step.uses.comments?.trailing ?? "");
  const [, major, minor] = /v?(\d+)(?:\.(\d+))?/.exec(written) ?? [];
  if (major === undefined) return false;
  // A tag like `v4` moves with the newest release.
  return Number(major) < 4 || (Number(major) === 4 && minor !== undefined && Number(minor) < 4);
}

/** Lines of patterns; those with `!` take away. */
function carries(input: string | undefined, directory: string, takesHidden: boolean): boolean {
  if (input === undefined) return false;
  const lines = input.split("\n").map((line) => line.trim());
  const wanted = lines.filter((line) => line !== "" && !line.startsWith("!") && !line.startsWith("#"));
  const isLeftOut = lines.some((line) => line.startsWith("!") && /(?:^!|\/)\.git(?:\/|$)|\.git\/config/.test(line));
  if (isLeftOut) return false;
  return wanted.some((pattern) => covers(pattern, directory, takesHidden));
}

/** A folder takes along all that is in it; `*` and `**` at the end are the same. */
function covers(pattern: string, directory: string, takesHidden: boolean): boolean {
  const path = pattern.replace(/\$\{\{\s*github\.workspace\s*\}\}/g, WORKSPACE);
  if (path.includes("${{") || path.startsWith("~")) return false;
  const absolute = path.startsWith("/") ? path : join(WORKSPACE, path);
  const config = `${directory}/.git/config`;
  if (absolute === config) return true;
  if (absolute.replace(/\/(?:\*\*(?:\/\*)?)?$/, "") === `${directory}/.git`) return takesHidden;
  const folder = absolute.replace(/(?:\/\*{1,2})*\/?$/, "");
  if (/[*?[]/.test(folder)) return false;
  return takesHidden && (directory === folder || directory.startsWith(`${folder}/`));
}
