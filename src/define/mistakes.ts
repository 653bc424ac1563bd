import type { DefinitionError } from "../ir/errors.ts";

let collected: DefinitionError[] | undefined;

/**
 * Keeps the mistakes that builders find from now on, so that one does not hide the next.
 *
 * @returns what ends that, and gives them
 * @example
 * const takeMistakes = keepMistakes();
 * try {
 *   await import(source);
 * } finally {
 *   errors.push(...takeMistakes());
 * }
 */
export function keepMistakes(): () => readonly DefinitionError[] {
  const around = collected;
  const mistakes: DefinitionError[] = [];
  collected = mistakes;
  return () => {
    collected = around;
    return mistakes;
  };
}

/** Tells a mistake. Where mistakes are kept, the builder goes on with something in its stead, which gets into no file. */
export function mistake<T>(error: DefinitionError, instead: () => T): T {
  if (collected === undefined) throw error;
  collected.push(error);
  return instead();
}
