import type { Path } from "../../ir/origin.ts";
import { expressionData } from "../expressions/expression-value.ts";
import { commentOn, definitionOf, withComment } from "../model.ts";

/** What GitHub reads of a file, and what the reader of YAML refuses beyond: docs/reader-disagreements.md. */
const MOST_LEVELS = 50;
const MOST_VALUES = 250_000;
/** Comments make no level of their own. */
const MOST_NESTED = 1000;

/**
 * What a definition holds, read once: lists and plain objects as plain data, whatever getters and proxies they were made of.
 * Expressions, handles, functions and instances of classes stay what they are.
 *
 * Who reads the copy meets no circle, no more levels than GitHub reads, and nothing that fails when it is read.
 *
 * @param path where the value stands
 * @param refuse says what is wrong at a path
 */
export function plainCopy<T>(given: T, path: Path, refuse: (message: string, path: Path) => never): T {
  return new Copier([...path], refuse).copy(given) as T;
}

type Looked =
  | { readonly kind: "as it is" }
  | { readonly kind: "comment"; readonly comment: NonNullable<ReturnType<typeof commentOn>> }
  | { readonly kind: "list"; readonly length: number; readonly list: readonly unknown[] }
  | { readonly kind: "mapping"; readonly entries: readonly (readonly [string, unknown])[] };

class Copier {
  readonly #path: (string | number)[];
  readonly #refuse: (message: string, path: Path) => never;
  /** The objects around the one that is being copied. */
  readonly #around = new Set<object>();
  #values = 0;

  constructor(path: (string | number)[], refuse: (message: string, path: Path) => never) {
    this.#path = path;
    this.#refuse = refuse;
  }

  copy(given: unknown): unknown {
    if (typeof given !== "object" || given === null) return given;
    const looked = this.#read(() => lookAt(given));
    if (looked.kind === "as it is") return given;
    this.#enter(given);
    const copied = this.#copyInside(looked);
    this.#around.delete(given);
    return copied;
  }

  #copyInside(looked: Exclude<Looked, { readonly kind: "as it is" }>): unknown {
    switch (looked.kind) {
      case "comment":
        return withComment(looked.comment.comment, this.copy(looked.comment.node));
      case "list": {
        this.#count(looked.length);
        const items: unknown[] = [];
        for (let index = 0; index < looked.length; index++)
          items.push(this.#under(index, () => this.copy(this.#read(() => looked.list[index]))));
        return items;
      }
      case "mapping":
        this.#count(looked.entries.length);
        return Object.fromEntries(
          looked.entries.map(([key, value]) => [key, this.#under(key, () => this.copy(value))] as const),
        );
    }
  }

  #enter(given: object): void {
    if (this.#around.has(given)) this.#refuse("this contains itself", this.#path);
    if (this.#path.length > MOST_LEVELS || this.#around.size > MOST_NESTED)
      this.#refuse(`GitHub reads no more than ${MOST_LEVELS} levels of lists and mappings`, this.#path);
    this.#around.add(given);
  }

  #count(values: number): void {
    this.#values += values;
    if (!(this.#values <= MOST_VALUES))
      this.#refuse(`a file of more than ${MOST_VALUES.toLocaleString("en")} values is refused`, this.#path);
  }

  #under<T>(part: string | number, make: () => T): T {
    this.#path.push(part);
    const made = make();
    this.#path.pop();
    return made;
  }

  /** A proxy that breaks its promises, or one that was revoked, fails here and not where it is used. */
  #read<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof TypeError || error instanceof RangeError)
        return this.#refuse(`this cannot be read: ${error.message}`, this.#path);
      throw error;
    }
  }
}

function lookAt(given: object): Looked {
  const comment = commentOn(given);
  if (comment !== undefined) return { kind: "comment", comment };
  if (expressionData(given) !== undefined || definitionOf(given) !== undefined) return { kind: "as it is" };
  if (Array.isArray(given)) return { kind: "list", list: given, length: given.length };
  return isPlain(given) ? { kind: "mapping", entries: Object.entries(given) } : { kind: "as it is" };
}

/** No instance of a class. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
