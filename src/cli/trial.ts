// Runs one trial of `flowkeep prove`: an order comes on standard input, the answer goes to standard output. When the input closes
// before, whoever gave the order is gone, and so is the need for an answer.
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import { openCatalog } from "../actions/catalog.ts";
import { actionTable } from "../credentials/actions/action-table.ts";
import { KNOWN_ACTIONS } from "../credentials/actions/known-actions.ts";
import { UserError } from "../ir/errors.ts";
import { isSystemError } from "../ir/system-error.ts";
import type { Proof } from "../prove/proof.ts";
import { proveWorkflow } from "../prove/prove-workflow.ts";
import { readOrder, writeProof, type TrialAnswer, type TrialOrder } from "../prove/sandbox/trial-message.ts";
import { readWorkflow } from "../read/read-file.ts";

const cancelled = new AbortController();
// Nobody reads the answer any more.
process.stdout.on("error", () => process.exit(1));
const lines = createInterface({ input: process.stdin });
lines.once("line", (line) => {
  void answer(JSON.parse(line) as TrialOrder).then((text) => {
    process.stdout.write(`${JSON.stringify(text)}\n`, () => process.exit(0));
  });
});
lines.once("close", () => cancelled.abort());

async function answer(order: TrialOrder): Promise<TrialAnswer> {
  try {
    return { kind: "proof", proof: writeProof(await prove(order)) };
  } catch (error) {
    if (error instanceof UserError) return { kind: "wrong", message: error.message };
    if (isGone(error, order.world.folder))
      return { kind: "wrong", message: "one of the workflow's scripts removed what the trial itself needs" };
    return { kind: "failed", stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Scripts may write, and remove, wherever the trial lies. */
function isGone(error: unknown, folder: string): boolean {
  if (!isSystemError(error) || error.code !== "ENOENT") return false;
  // A program cannot be started in a folder that is gone.
  return error.path?.startsWith(folder) === true || error.syscall?.startsWith("spawn") === true;
}

async function prove(order: TrialOrder): Promise<Proof> {
  const { node } = readWorkflow(order.path, order.yaml);
  if (node === undefined) throw new Error(`${order.path} cannot be read again`);
  return proveWorkflow(
    { ...readOrder(order), workflow: node },
    {
      catalog: await openCatalog(),
      actions: actionTable(order.actions, KNOWN_ACTIONS),
      ...order.world,
      ssh: [process.execPath, fileURLToPath(new URL("ssh.js", import.meta.url))],
      now: () => Date.now(),
      signal: cancelled.signal,
    },
  );
}
