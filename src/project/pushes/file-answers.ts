import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { CheckedFile } from "../../rules/checked-file.ts";
import { ownFiles } from "../lint/own-files.ts";
import type { Project } from "../project.ts";
import type { ReadRepositoryFile } from "../repository-files.ts";
import { openAnswerCache, type AnswerKind, type Question } from "./answer-cache.ts";
import { digest } from "./cache-file.ts";
import { lookAgain, type LookedAt, type Seen, type Surveyed } from "./looked-at.ts";
import { programStamp } from "./program-stamp.ts";

/** Answers about YAML files, which are kept from run to run with all that they came from. */
export interface FileAnswers {
  /** Notes that something was looked at for a file's answers. */
  readonly note: (file: CheckedFile, name: LookedAt) => void;
  /** The same, of what another thread looked at, with what it found there. */
  readonly noteSeen: (file: CheckedFile, seen: readonly Seen[]) => void;
  /** All that was looked at for a file so far, and what was there. */
  readonly seen: (file: CheckedFile) => readonly Seen[];
  /**
   * What is kept for a file, where nothing that it came from has changed.
   *
   * @param about what else decides the answer: plain data
   */
  readonly kept: <Answer>(kind: AnswerKind<Answer>, file: CheckedFile, about: unknown) => Answer | undefined;
  /** Keeps an answer, as one that came from all that was looked at so far. */
  readonly keep: <Answer>(kind: AnswerKind<Answer>, file: CheckedFile, about: unknown, answer: Answer) => void;
  readonly save: () => void;
}

/** Where a file belongs. */
interface Place {
  /** The folder of its repository, from the root. */
  readonly folder: string;
  readonly read: ReadRepositoryFile;
}

/** Opens the answers about a project's YAML. */
export function openFileAnswers(
  { root, flowkeep, cache: folder }: Project,
  placeOf: (file: CheckedFile) => Place,
): FileAnswers {
  const cache = openAnswerCache(folder, root, () => programStamp(flowkeep));
  const notes = new WeakMap<CheckedFile, Map<LookedAt, Seen[1]>>();
  const notesOn = (file: CheckedFile): Map<LookedAt, Seen[1]> => {
    const known = notes.get(file) ?? new Map<LookedAt, Seen[1]>();
    notes.set(file, known);
    return known;
  };
  const look = lookAgain(root);
  const own = ownFiles(root, undefined);
  const digests = new WeakMap<CheckedFile, string>();
  const digestOf = (file: CheckedFile): string => {
    const known = digests.get(file) ?? digest(file.texts.map(({ text }) => text).join("\0"));
    digests.set(file, known);
    return known;
  };
  const survey = (file: CheckedFile): Surveyed => {
    const { folder, read } = placeOf(file);
    const workflows = (): readonly string[] => listWorkflows(join(root, folder));
    return { folder, read, has: (path) => own.hasFile(file, path), workflows };
  };
  const questionOf = (file: CheckedFile, about: unknown): Question => {
    const repository = survey(file);
    return {
      about: [root, repository.folder, file.path, digestOf(file), about],
      look: (name) => look(repository, name as LookedAt),
    };
  };
  const seen = (file: CheckedFile): readonly Seen[] => {
    const repository = survey(file);
    return [...notesOn(file)].map(([name, was]) => [name, was === undefined ? look(repository, name) : was]);
  };
  const note = (file: CheckedFile, name: LookedAt): void => {
    const names = notesOn(file);
    if (!names.has(name)) names.set(name, undefined);
  };
  return {
    note,
    noteSeen(file, seen) {
      for (const [name, was] of seen) notesOn(file).set(name, was);
    },
    seen,
    kept(kind, file, about) {
      if (cache.isEmpty()) return undefined;
      const found = cache.kept(kind, questionOf(file, about));
      // What is worked out from this answer comes from the same.
      for (const name of found?.from ?? []) note(file, name as LookedAt);
      return found?.answer;
    },
    keep(kind, file, about, answer) {
      if (folder !== undefined) cache.keep(kind, questionOf(file, about), answer, seen(file));
    },
    save: cache.save,
  };
}

/** The paths of a repository's workflows. */
function listWorkflows(folder: string): readonly string[] {
  const below = ".github/workflows";
  try {
    return readdirSync(join(folder, below))
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => `${below}/${name}`);
  } catch {
    return [];
  }
}
