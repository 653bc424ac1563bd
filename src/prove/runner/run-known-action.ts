import { parse } from "../../expressions/parse.ts";
import type { KnownAction } from "../../credentials/actions/action-table.ts";
import { evaluateText } from "./evaluate.ts";
import { sceneOf, type Frame, type JobRun, type StepEnd } from "./job-run.ts";
import { runScript } from "./run-script.ts";

export interface KnownActionCall {
  /** Undefined: nothing is known of it. */
  readonly action: KnownAction | undefined;
  readonly inputs: ReadonlyMap<string, string>;
  /** The step's id, or what stands for one. */
  readonly id: string;
  readonly env: ReadonlyMap<string, string>;
  readonly frame: Frame;
}

/**
 * Does what an action of the table does to git: mints the token, runs the commands. What else the action would do is not done; a push
 * of it sends an empty commit.
 */
export async function runKnownAction(run: JobRun, call: KnownActionCall): Promise<StepEnd> {
  const { action, inputs, id } = call;
  const mints = action?.mints ?? (action === undefined ? mintedByInputs(inputs) : undefined);
  const outputs = new Map<string, string>();
  if (mints !== undefined) {
    const token = run.tools.credentials.appToken(id, run.tools.appRights(inputs));
    for (const output of mints) outputs.set(output, token);
  }
  if (action?.run !== undefined) {
    const end = await runCommands(run, action, action.run, call);
    return { ...end, outputs: new Map([...outputs, ...(end.outputs ?? [])]) };
  }
  if (mints !== undefined) return { outcome: "success", outputs };
  return { outcome: "skipped", reason: "this action is not reproduced here" };
}

/** An action that is given an App's id and key mints a token, whoever wrote it. */
function mintedByInputs(inputs: ReadonlyMap<string, string>): readonly string[] | undefined {
  const names = [...inputs.keys()];
  const hasApp = names.some((name) => /app[-_]?id|client[-_]id|issuer/.test(name));
  const hasKey = names.some((name) => /private[-_]?key/.test(name));
  return hasApp && hasKey ? ["token", "app_token", "app-token", "installation_token"] : undefined;
}

async function runCommands(
  run: JobRun,
  action: KnownAction,
  commands: string,
  call: KnownActionCall,
): Promise<StepEnd> {
  const inputs = new Map(call.inputs);
  const outer = sceneOf(run, call.frame, call.env);
  for (const [name, text] of Object.entries(action.inputs ?? {}))
    if (!inputs.has(name.toLowerCase())) inputs.set(name.toLowerCase(), evaluateText(text, outer));
  const scene = {
    ...outer,
    contexts: { ...outer.contexts, inputs: Object.fromEntries(inputs), revoked: { token: REVOKED } },
  };
  const own = new Map(call.env);
  for (const [name, text] of Object.entries(action.env ?? {}))
    own.set(name, parse(text).kind === "expression" ? evaluateText(`\${{ ${text} }}`, scene) : "");
  const script = /\bgit push\b/.test(commands) ? `${COMMIT_SOMETHING}\n${commands}` : commands;
  return runScript(run, { script, shell: undefined, directory: ".", env: own, frame: call.frame });
}

/** A token that the action itself revokes when it ends. */
const REVOKED = "ghs_revoked";

/** The commit that stands for what the action would have committed. */
const COMMIT_SOMETHING = `flowkeep_directory=\${DIRECTORY:-.}
if git -C "$flowkeep_directory" rev-parse --verify --quiet HEAD >/dev/null; then
  git -C "$flowkeep_directory" -c user.name='github-actions[bot]' -c user.email=41898282+github-actions[bot]@users.noreply.github.com \\
    commit --quiet --allow-empty --no-verify -m 'What the action commits'
fi
unset flowkeep_directory`;
