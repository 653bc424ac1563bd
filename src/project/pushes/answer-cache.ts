import { holdsToken } from "../../credentials/hide-tokens.ts";
import { cacheFile, digest } from "./cache-file.ts";

/** A kind of answers, and the type that they have. */
export interface AnswerKind<Answer> {
  readonly name: string;
  /** Only for the type. */
  readonly answer?: Answer;
}

/** What is asked of a file. */
export interface Question {
  /** All that decides the answer, beside what is looked at on the way: plain data. */
  readonly about: readonly unknown[];
  /** What is there now of what an answer came from: a digest, or a word; null where there is nothing, undefined: nobody can tell. */
  readonly look: (name: string) => string | null | undefined;
}

type From = readonly (readonly [name: string, was: string | null | undefined])[];

export interface Kept<Answer> {
  readonly answer: Answer;
  /** The names of what it came from. */
  readonly from: readonly string[];
}

/** Answers that need not be worked out again. */
export interface AnswerCache {
  /** Whether nothing is kept: then no question need be put together. */
  readonly isEmpty: () => boolean;
  /** What is kept, if all that the answer came from is now as it was then. */
  readonly kept: <Answer>(kind: AnswerKind<Answer>, question: Question) => Kept<Answer> | undefined;
  /**
   * Keeps an answer.
   *
   * @param answer plain data
   * @param from what it came from, and what was there when it was worked out
   */
  readonly keep: <Answer>(kind: AnswerKind<Answer>, question: Question, answer: Answer, from: From) => void;
  /** Writes down what is new. A folder that cannot be written to is no error: the next run works it out again. */
  readonly save: () => void;
}

/** Keeps nothing. */
const NO_CACHE: AnswerCache = {
  isEmpty: () => true,
  kept: () => undefined,
  keep: () => undefined,
  save: () => undefined,
};

/**
 * Opens the answers that are kept in a folder. What is asked for is found by its content, so nothing goes stale.
 *
 * @param folder `node_modules/.cache/flowkeep`, or flowkeep's folder of the user's cache; undefined: nothing is kept
 * @param project what tells its answers from those of others in the folder: its root
 * @param stamp stands for the flowkeep that runs: answers of another are none. Asked when the first question is: it reads all of
 *   flowkeep
 * @example
 * const cache = openAnswerCache(join(root, "node_modules/.cache/flowkeep"), root, () => programStamp(project.flowkeep));
 * const question = { about: [path, text], look: (name) => digestOf(read(name)) };
 * const answer = cache.kept(VERDICTS, question)?.answer ?? workOut(question);
 * cache.keep(VERDICTS, question, answer, [["ci/push.sh", digestOf(script)]]);
 * cache.save();
 */
export function openAnswerCache(folder: string | undefined, project: string, stamp: () => string): AnswerCache {
  if (folder === undefined) return NO_CACHE;
  let stamped: string | undefined;
  const file = cacheFile(folder, project, () => (stamped ??= stamp()));
  let old: ReadonlyMap<string, string> | undefined;
  const made = new Map<string, string>();
  const used = new Set<string>();
  let written = 0;
  const before = (): ReadonlyMap<string, string> => (old ??= file.read());
  return {
    isEmpty: () => made.size === 0 && before().size === 0,
    kept<Answer>(kind: AnswerKind<Answer>, question: Question) {
      const key = keyOf(kind, question);
      const line = made.get(key) ?? before().get(key);
      const entry = line === undefined ? undefined : readEntry<Answer>(line);
      if (entry === undefined || !entry.from.every(([name, was]) => question.look(name) === was)) return undefined;
      used.add(key);
      return { answer: entry.answer, from: entry.from.map(([name]) => name) };
    },
    keep(kind, question, answer, from) {
      const json = JSON.stringify({ from, answer } satisfies Entry<unknown>);
      // Nobody's token gets into a second file.
      if (!holdsToken(json)) made.set(keyOf(kind, question), json);
    },
    save() {
      if (written === made.size) return;
      file.add(made, used);
      written = made.size;
    },
  };
}

function keyOf({ name }: AnswerKind<unknown>, { about }: Question): string {
  return digest(JSON.stringify([name, about]));
}

interface Entry<Answer> {
  readonly from: From;
  readonly answer: Answer;
}

function readEntry<Answer>(line: string): Entry<Answer> | undefined {
  try {
    // What the file's sum covers, this module has written, and the key names the kind.
    return JSON.parse(line) as Entry<Answer>;
  } catch {
    return undefined;
  }
}
