import { createInterface } from "node:readline";
import { Interrupted } from "../process/interrupted.ts";

/** Asks a person for one line. Undefined where the input ends instead: Ctrl-D. */
export function ask(question: string): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise<string | undefined>((resolve, reject) => {
    lines.on("SIGINT", () => reject(new Interrupted()));
    lines.on("close", () => resolve(undefined));
    lines.question(question, resolve);
  }).finally(() => lines.close());
}
