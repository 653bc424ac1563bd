import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Account } from "./authenticate.ts";
import type { RefUpdate } from "./receive-commands.ts";
import { rewriteReport } from "./report-status.ts";
import type { SeenUpdate } from "./seen-request.ts";
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

/** Where the `update` hook finds what is refused, and tells what of it held. */
export interface RefusalFiles {
  readonly env: Readonly<Record<string, string>>;
  /** Before the hook runs. */
  readonly write: (refusals: readonly Refusal[]) => Promise<void>;
  /** Those that the hook found to hold, the reasons with what it found. */
  readonly held: () => Promise<readonly Refusal[]>;
}

/** Makes a place for what is refused of one push: a new folder below the root. */
export async function openRefusals(root: string): Promise<RefusalFiles> {
  const folder = await mkdtemp(join(root, "push-"));
  const file = join(folder, "refusals");
  const heldFile = join(folder, "held");
  const words = (at: number): string => join(folder, `words-${at}`);
  let written: readonly Refusal[] = [];
  return {
    env: { FLOWKEEP_REFUSALS: file, FLOWKEEP_HELD: heldFile },
    async write(refusals) {
      written = refusals;
      await Promise.all(refusals.map(({ says }, at) => writeFile(words(at), says.map((line) => `${line}\n`).join(""))));
      const lines = refusals.map(
        ({ ref, condition, action = "refuse", heading }, at) =>
          `${ref}\t${condition}\t${action}\t${words(at)}\t${heading}\n`,
      );
      await writeFile(file, lines.join(""));
    },
    async held() {
      if (written.length === 0) return [];
      const named = (await readFile(heldFile, "utf8").catch(() => "")).split("\n").map((line) => line.split("\t"));
      return named.flatMap(([path, found = ""]) => {
        const refusal = written.find((_, at) => words(at) === path);
        return refusal === undefined ? [] : [{ ...refusal, reason: refusal.reason.replace("{found}", found) }];
      });
    },
  };
}

/** What became of the refs of a push, by git's answer to it: where it was refused, GitHub's reason is put in. */
export async function settle(
  answer: Buffer,
  updates: readonly RefUpdate[],
  files: RefusalFiles,
): Promise<{ readonly data: Buffer; readonly seen: readonly SeenUpdate[] }> {
  const held = (await files.held()).filter(({ action }) => action !== "tell");
  const { data, results } = rewriteReport(answer, new Map(held.map(({ ref, reason }) => [ref, reason])));
  const seen = updates.map((update) => ({
    ...update,
    // Without a report nothing is known to have moved.
    refused: results.has(update.ref) ? results.get(update.ref) : "git did not say",
    note: held.find(({ ref, note }) => ref === update.ref && note !== undefined)?.note,
  }));
  return { data, seen };
}
