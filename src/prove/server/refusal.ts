import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Account } from "./authenticate.ts";
import type { RefUpdate } from "./receive-commands.ts";
import type { RefusalCondition } from "./update-hook.ts";

/** Why a ref may not move. */
export interface Refusal {
  readonly ref: string;
  readonly condition: RefusalCondition;
  /** What the server says: lines that git shows behind `remote:`. */
  readonly says: readonly string[];
  /** In parentheses behind `! [remote rejected]`. */
  readonly reason: string;
}

/** A push as the server judges it. */
export interface JudgedPush {
  readonly account: Account;
  readonly repository: string;
  readonly updates: readonly RefUpdate[];
}

/** Says what of a push is refused. */
export type Judge = (push: JudgedPush) => readonly Refusal[];

/** Refusals as the `update` hook reads them. */
export interface WrittenRefusals {
  readonly env: Readonly<Record<string, string>>;
  /** Those that the hook found to hold: ref → reason. */
  readonly held: () => Promise<ReadonlyMap<string, string>>;
}

/** Writes down for the hook what is refused; into a new folder below the root. */
export async function writeRefusals(root: string, refusals: readonly Refusal[]): Promise<WrittenRefusals> {
  if (refusals.length === 0) return { env: {}, held: () => Promise.resolve(new Map()) };
  const folder = await mkdtemp(join(root, "push-"));
  const file = join(folder, "refusals");
  const held = join(folder, "held");
  const why = (at: number): string => join(folder, `why-${at}`);
  await Promise.all(refusals.map(({ says }, at) => writeFile(why(at), says.map((line) => `${line}\n`).join(""))));
  const lines = refusals.map(({ ref, condition }, at) => `${ref}\t${condition}\t${why(at)}\n`);
  await writeFile(file, lines.join(""));
  return {
    env: { FLOWKEEP_REFUSALS: file, FLOWKEEP_HELD: held },
    async held() {
      const named = (await readFile(held, "utf8").catch(() => "")).split("\n");
      return new Map(refusals.flatMap(({ ref, reason }, at) => (named.includes(why(at)) ? [[ref, reason]] : [])));
    },
  };
}
