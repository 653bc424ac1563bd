import type { Field } from "./scope.ts";
import { NO_OPTIONS } from "./shell-options.ts";
import type { Run } from "./unwrapped.ts";
import { literalOf, unknown } from "./value.ts";
import { literalsOf } from "./words.ts";

/** What a program starts whose arguments are more than options and a command. */
export function readStarter(name: string, fields: readonly Field[]): Run | undefined {
  const args = fields.slice(1);
  const reason = Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : undefined;
  if (reason !== undefined) return { kind: "elsewhere", reason, fields: args, all: fields };
  const texts = literalsOf(args);
  if (name === "find") {
    const at = texts.findIndex((text) => text === "-exec" || text === "-execdir" || text === "-ok");
    const end = texts.findIndex((text, index) => index > at && (text === ";" || text === "+"));
    if (at < 0 || end < 0) return undefined;
    const found = unknown("a file that find finds");
    return {
      kind: "program",
      fields: args
        .slice(at + 1, end)
        .map((field) => (literalOf(field.value) === "{}" ? { ...field, value: found } : field)),
    };
  }
  if (name === "script") {
    const at = texts.findIndex((text) => /^-[a-z]*c$|^--command$/.test(text ?? ""));
    const text = at < 0 ? undefined : args[at + 1]?.value;
    return text && { kind: "inline", shell: "sh", options: NO_OPTIONS, text, positional: [] };
  }
  return undefined;
}

/** Programs that start a command where other files, variables or users are. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  docker: "it runs in a container, whose files and variables are not followed",
  podman: "it runs in a container, whose files and variables are not followed",
  nerdctl: "it runs in a container, whose files and variables are not followed",
  "docker-compose": "it runs in a container, whose files and variables are not followed",
  apptainer: "it runs in a container, whose files and variables are not followed",
  singularity: "it runs in a container, whose files and variables are not followed",
  kubectl: "it runs in a cluster",
  ssh: "it runs on another machine",
  sshpass: "it runs on another machine",
  su: "it runs as another user, whose files are not followed",
  runuser: "it runs as another user, whose files are not followed",
  gosu: "it runs as another user, whose files are not followed",
  chroot: "it runs in another system, whose files are not followed",
  parallel: "GNU parallel makes the commands out of what it reads",
};
