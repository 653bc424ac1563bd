import { UsageError } from "../../ir/errors.ts";
import type { Io } from "../io.ts";

/** Asks a person whether to go on. Where nobody can be asked, the answer must have been given. */
export async function confirm(io: Io, question: string, given: boolean | undefined): Promise<boolean> {
  if (given === true) return true;
  if (!io.isTerminal.in)
    throw new UsageError(`${question} There is no terminal to ask on: --yes goes ahead without asking`);
  const answer = await io.ask(`${question} [y/N] `);
  if (answer !== undefined) return /^y(es)?$/i.test(answer.trim());
  io.err("\n");
  throw new UsageError("there was no answer, so nothing was changed");
}
