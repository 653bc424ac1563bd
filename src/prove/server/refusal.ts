import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Account } from "./authenticate.ts";
import type { RefUpdate } from "./receive-commands.ts";
import type { RefusalCondition } from "./update-hook.ts";

/** What a server has to say of a ref that is pushed. */
export interface Refusal {
  readonly ref: string;
  readonly condition: RefusalCondition;
  /** `tell`: it is said, and the ref moves. Default: `refuse`. */
  readonly action?: "refuse" | "tell";
  /** What the server says above this and others like it. */
  readonly heading: string;
  /** What the server says: lines that git shows behind `remote:`. */
  readonly says: readonly string[];
  /** In parentheses behind `! [remote rejected]`; `{found}` stands for what the condition found. */
  readonly reason: string;
  /** What GitHub does not say. */
  readonly note?: string | undefined;
}

/** A push as the server judges it. */
export interface JudgedPush {
  readonly account: Account;
  readonly repository: string;
  readonly defaultBranch: string;
  readonly updates: readonly RefUpdate[];
}

/** Says what of a push is refused. */
export type Judge = (push: JudgedPush) => readonly Refusal[];

/** Refusals as the `update` hook reads them. */
export interface WrittenRefusals {
  readonly env: Readonly<Record<string, string>>;
  /** Those that the hook found to hold, the reasons with what it found. */
  readonly held: () => Promise<readonly Refusal[]>;
}

/** Writes down for the hook what is refused; into a new folder below the root. */
export async function writeRefusals(root: string, refusals: readonly Refusal[]): Promise<WrittenRefusals> {
  if (refusals.length === 0) return { env: {}, held: () => Promise.resolve([]) };
  const folder = await mkdtemp(join(root, "push-"));
  const file = join(folder, "refusals");
  const held = join(folder, "held");
  const words = (at: number): string => join(folder, `words-${at}`);
  await Promise.all(refusals.map(({ says }, at) => writeFile(words(at), says.map((line) => `${line}\n`).join(""))));
  const lines = refusals.map(
    ({ ref, condition, action = "refuse", heading }, at) =>
      `${ref}\t${condition}\t${action}\t${words(at)}\t${heading}\n`,
  );
  await writeFile(file, lines.join(""));
  return {
    env: { FLOWKEEP_REFUSALS: file, FLOWKEEP_HELD: held },
    async held() {
      const named = (await readFile(held, "utf8").catch(() => "")).split("\n").map((line) => line.split("\t"));
      return named.flatMap(([path, found = ""]) => {
        const refusal = refusals.find((_, at) => words(at) === path);
        return refusal === undefined ? [] : [{ ...refusal, reason: refusal.reason.replace("{found}", found) }];
      });
    },
  };
}
