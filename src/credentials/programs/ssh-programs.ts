import { literal } from "../../shell/value.ts";
import { applyEffect } from "../apply-effect.ts";
import { resolvePath } from "../paths.ts";
import { byCommand, done, type Program } from "../script/walk.ts";

/** Where an agent listens that nobody gave a place. */
export const AGENT_SOCKET = "/tmp/ssh-agent.sock";

/** `eval "$(ssh-agent -s)"`: what it prints sets the variables. */
export const startAgent: Program = (call) => {
  const at = call.args.indexOf("-a");
  const path = at < 0 ? AGENT_SOCKET : (call.args[at + 1] ?? AGENT_SOCKET);
  const text = `SSH_AUTH_SOCK=${path}; export SSH_AUTH_SOCK; SSH_AGENT_PID=1; export SSH_AGENT_PID;\n`;
  return done(call.world, true, call.walk.analysis.symbols.decode(text));
};

/** `ssh-add - <<< "$KEY"`, `ssh-add <(echo "$KEY")`, `ssh-add file`: the agent has the key. */
export const addKey: Program = (call) => {
  const { world, walk, variable } = call;
  const socket = variable("SSH_AUTH_SOCK") ?? AGENT_SOCKET;
  const operand = call.args.find((arg) => arg === "-" || !arg.startsWith("-"));
  if (call.args.some((arg) => arg === "-l" || arg === "-L" || arg === "-D" || arg === "-d"))
    return done(world, "likely");
  const file = operand === undefined ? undefined : world.files.get(resolvePath(world.shell.directory, operand));
  const text =
    operand === "-" && call.input !== undefined
      ? walk.analysis.symbols.encode(call.input)
      : file?.kind === "text"
        ? file.text
        : walk.analysis.symbols.unknown("the key that ssh-add reads is not in sight");
  const by = byCommand(call, "ssh-add gives the key to the agent here");
  const { files } = applyEffect(world.files, { kind: "write", path: socket, text: `${text}\n`, append: true, by });
  return done({ ...world, files });
};

export const scanKeys: Program = ({ world }) => done(world, "likely", literal(""));
