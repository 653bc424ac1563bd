/** How GitHub starts a script: docs.github.com, "Workflow syntax", jobs.<job_id>.steps[*].shell. */
export type ShellCommand =
  | { readonly kind: "command"; readonly args: readonly string[] }
  | { readonly kind: "missing"; readonly reason: string };

/**
 * The command that runs a script's file.
 *
 * @param shell undefined where neither the step nor its job names one
 * @param file the script
 */
export function shellCommand(shell: string | undefined, file: string): ShellCommand {
  const run = (...args: readonly string[]): ShellCommand => ({ kind: "command", args });
  switch (shell) {
    case undefined:
    case "":
      return run("bash", "-e", file);
    case "bash":
      return run("bash", "--noprofile", "--norc", "-eo", "pipefail", file);
    case "sh":
      return run("sh", "-e", file);
    case "python":
      return run("python3", file);
    case "pwsh":
    case "powershell":
    case "cmd":
      return { kind: "missing", reason: `its shell is ${shell}: only bash, sh and what runs on Linux is tried here` };
  }
  const words = shell.trim().split(/\s+/);
  if (!words.includes("{0}")) return { kind: "missing", reason: `its shell \`${shell}\` has no {0} for the script` };
  return run(...words.map((word) => (word === "{0}" ? file : word)));
}
