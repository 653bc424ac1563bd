import { NO_OPTIONS, readShellOptions, type ShellOptions } from "./shell-options.ts";

/** What runs a step's script. */
export type Shell =
  | { readonly kind: "bash" | "sh"; readonly options: ShellOptions }
  /** Others are read only where their lines mean the same in any shell. */
  | { readonly kind: "pwsh" | "powershell" | "cmd" }
  | { readonly kind: "other"; readonly command: string };

export interface ShellFacts {
  /** `shell:` of the step, of the job's defaults and of the workflow's; the first that is given counts. */
  readonly step?: string | undefined;
  readonly job?: string | undefined;
  readonly workflow?: string | undefined;
  /** The labels of `runs-on`, and the group's name. */
  readonly runsOn: readonly string[];
  /** The job has a `container`. */
  readonly isInContainer: boolean;
}

/**
 * The shells that may run a script: more than one where the runner's system is not to be seen, the likelier first.
 * docs.github.com, "Workflow syntax", jobs.<job_id>.steps[*].shell; in a container without a shell it is `sh -e`.
 */
export function findShells({ step, job, workflow, runsOn, isInContainer }: ShellFacts): readonly Shell[] {
  const given = step ?? job ?? workflow;
  if (given !== undefined && given !== "") return [readShell(given)];
  const errexit: ShellOptions = { ...NO_OPTIONS, errexit: true };
  if (isInContainer) return [{ kind: "sh", options: errexit }];
  const bash: Shell = { kind: "bash", options: errexit };
  const system = findSystem(runsOn);
  if (system === "windows") return [{ kind: "pwsh" }];
  return system === "posix" ? [bash] : [bash, { kind: "pwsh" }];
}

/** The system of the runner, as far as its labels tell. */
export function findSystem(labels: readonly string[]): "posix" | "windows" | "unknown" {
  if (labels.some((label) => /(?:^|[^a-z])windows|^win(?:dows)?(?:-|\d|$)/i.test(label))) return "windows";
  const isPosix = labels.some((label) =>
    /ubuntu|linux|macos|debian|fedora|alpine|(?:^|[^a-z])mac(?:$|[^a-z])|\bosx\b/i.test(label),
  );
  return isPosix ? "posix" : "unknown";
}

/** Reads a `shell:`: a name that GitHub knows, or a command with `{0}` for the script's file. */
export function readShell(text: string): Shell {
  const command = text.trim();
  if (command.includes("${{")) return { kind: "other", command };
  switch (command) {
    case "bash":
      // GitHub runs `bash --noprofile --norc -eo pipefail {0}` where it is named, `bash -e {0}` where it is not.
      return { kind: "bash", options: { ...NO_OPTIONS, errexit: true, pipefail: true } };
    case "sh":
      return { kind: "sh", options: { ...NO_OPTIONS, errexit: true } };
    case "pwsh":
    case "powershell":
    case "cmd":
      return { kind: command };
  }
  const [program = "", ...args] = command.split(/\s+/);
  const name = /[^/\\]*$/
    .exec(program)?.[0]
    .replace(/\.exe$/i, "")
    .toLowerCase();
  if (name === "pwsh" || name === "powershell" || name === "cmd") return { kind: name };
  if (name !== "bash" && name !== "sh" && name !== "dash") return { kind: "other", command };
  const { options, rest, isCommand } = readShellOptions(args);
  const isFile = !isCommand && (rest === args.length || args[rest] === "{0}");
  return isFile ? { kind: name === "bash" ? "bash" : "sh", options } : { kind: "other", command };
}
