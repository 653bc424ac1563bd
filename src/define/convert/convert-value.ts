import { DefinitionError } from "../../ir/errors.ts";
import { scalar, type Comments, type Entry, type Mapping, type Scalar, type Value } from "../../ir/node.ts";
import { printPath, type BuilderCall, type Origin } from "../../ir/origin.ts";
import { blockText } from "../scripts/block-text.ts";
import { definitionError } from "../definition-error.ts";
import { expressionData, writtenOut } from "../expressions/expression-value.ts";
import { JOB_MARKER } from "../expressions/make.ts";
import { commentOn, definitionOf, type PlacedComment } from "../model.ts";
import { keepMistakes } from "../mistakes.ts";
import { plainCopy } from "./plain-copy.ts";

/** Takes down what was thrown while a part of a file was made, and the builder call around it. */
export type ReportThrown = (thrown: unknown, call: BuilderCall | undefined) => void;

/** Turns plain values of a definition into the IR's, and knows where it stands while it does. */
export abstract class ValueConverter {
  readonly #path: (string | number)[] = [];
  /** The builder calls around the value, innermost last. */
  readonly #calls: BuilderCall[] = [];
  /** Job ids by their markers. */
  protected readonly jobIds = new Map<string, string>();
  readonly #report: ReportThrown | undefined;

  constructor(report: ReportThrown | undefined) {
    this.#report = report;
  }

  protected get call(): BuilderCall | undefined {
    return this.#calls.at(-1);
  }

  protected under<T>(part: string | number, body: () => T): T {
    this.#path.push(part);
    const result = body();
    this.#path.pop();
    return result;
  }

  protected within<T>(call: BuilderCall, body: () => T): T {
    this.#calls.push(call);
    const result = body();
    this.#calls.pop();
    return result;
  }

  /** Makes one part of a file. Where that fails, it is reported, the part is left out, and the others are made all the same. */
  protected attempt<T>(make: () => T): T | undefined {
    const report = this.#report;
    if (report === undefined) return make();
    const levels = this.#path.length;
    const calls = this.#calls.length;
    try {
      return make();
    } catch (thrown) {
      report(thrown, this.call);
      this.#path.length = levels;
      this.#calls.length = calls;
      return undefined;
    }
  }

  /** What a function of a definition gives, as plain data. All mistakes in it are told, not the first alone. */
  protected called(given: Function, context: object): unknown {
    const report = this.#report;
    if (report === undefined) return this.settled(given(context));
    const takeMistakes = keepMistakes();
    try {
      return this.settled(given(context));
    } finally {
      for (const mistake of takeMistakes()) report(mistake, this.call);
    }
  }

  /** What a definition holds, or what a function of it has given, as plain data. */
  protected settled<T>(given: T): T {
    return plainCopy(given, this.#path, (message, path) => {
      // Nobody reads a path of 50 levels to its end.
      const place = path.length <= 10 ? printPath(path) : `${printPath(path.slice(0, 10))}…`;
      throw definitionError(`${place}: ${message}`, this.call);
    });
  }

  protected origin(): Origin {
    return { path: [...this.#path], call: this.call };
  }

  protected fail(message: string): never {
    throw definitionError(`${printPath(this.#path)}: ${message}`, this.call);
  }

  /** What `make` finds wrong is said of this place. */
  protected here<T>(make: () => T): T {
    try {
      return make();
    } catch (error) {
      if (error instanceof DefinitionError && error.location === undefined) return this.fail(error.message);
      throw error;
    }
  }

  /** A scalar with its origin. Texts of several lines are written as blocks. */
  protected text(value: string | number | boolean | null): Scalar {
    if (typeof value === "number" && !Number.isFinite(value))
      this.fail(`${value} is no number that YAML and GitHub agree on`);
    const resolved = typeof value === "string" ? this.resolve(blockText(value)) : value;
    return scalar(resolved, { origin: this.origin() });
  }

  /** The value of any key that has no meaning of its own. */
  protected value(given: unknown): Value {
    const commented = commentOn(given);
    if (commented !== undefined) return putComment(commented.comment, this.value(commented.node));
    const data = expressionData(given);
    if (data !== undefined) return this.text(writtenOut(data));
    if (given === null || typeof given === "string" || typeof given === "number" || typeof given === "boolean")
      return this.text(given);
    if (Array.isArray(given)) return this.list(given, (item) => this.value(item));
    if (isPlainObject(given)) return this.mapping(given, (_, value) => this.value(value));
    return this.fail(`${describe(given)} cannot stand in a workflow`);
  }

  /** What `make` makes of a value, with the comments that stood around it. */
  protected commented(given: unknown, make: (value: unknown) => Value): Value {
    const commented = commentOn(given);
    return commented === undefined ? make(given) : putComment(commented.comment, this.commented(commented.node, make));
  }

  protected list(given: readonly unknown[], item: (item: unknown) => Value): Value {
    const origin = this.origin();
    const items = given.flatMap((each, index) => {
      const made = this.attempt(() => this.under(index, () => item(each)));
      return made === undefined ? [] : [made];
    });
    return { kind: "sequence", origin, items };
  }

  /** A mapping in the author's order; keys whose value is undefined are left out. */
  protected mapping(
    given: object,
    each: (key: string, value: unknown) => Value | readonly Entry[] | undefined,
  ): Mapping {
    const entries: Entry[] = [];
    const origin = this.origin();
    for (const [key, value] of Object.entries(given)) {
      if (value === undefined) continue;
      this.attempt(() =>
        this.under(key, () => {
          const made = each(key, value);
          if (made === undefined) return;
          if (isEntries(made)) entries.push(...made);
          else entries.push(this.entry(key, made));
        }),
      );
    }
    return { kind: "mapping", origin, entries };
  }

  /** An entry; a comment on the value stands above its key. */
  protected entry(key: string, value: Value): Entry {
    const origin = value.origin;
    const { before, ...others } = value.comments ?? {};
    if (before === undefined) return { key: scalar(key, { origin }), value };
    return { key: scalar(key, { origin, comments: { before } }), value: { ...value, comments: others } };
  }

  /** Puts job ids in the place of their markers. */
  protected resolve(text: string): string {
    if (!text.includes("flowkeep_job_")) return text;
    return text.replace(JOB_MARKER, (_, marker: string) => `needs.${this.jobIds.get(marker) ?? this.#strangeJob()}`);
  }

  #strangeJob(): never {
    return this.fail("this uses the handle of a job that is not among this workflow's `jobs`");
  }
}

/** The same value with a comment. */
export function putComment<T extends Value>({ place, text }: PlacedComment, value: T): T {
  const lines = blockText(text).replace(/\n$/, "").split(/\r?\n/).map(commentLine);
  return { ...value, comments: { ...value.comments, ...placeLines(place, lines, value.comments ?? {}) } };
}

/** A row of `#` stays one. */
function commentLine(line: string): string {
  return line === "" || line.startsWith("#") ? line : ` ${line}`;
}

function placeLines(place: PlacedComment["place"], lines: readonly string[], around: Comments): Comments {
  const { before, trailing, end } = around;
  switch (place) {
    case "above":
      return { before: before === undefined ? lines : [...lines, null, ...before] };
    case "after":
      return { trailing: [lines.join(""), ...(trailing === undefined ? [] : [trailing])].join(" #") };
    case "end":
      return { end: end === undefined ? lines : [...end, null, ...lines] };
  }
}

function isEntries(made: Value | readonly Entry[]): made is readonly Entry[] {
  return Array.isArray(made);
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || definitionOf(value) !== undefined) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** What a value is, for messages. */
export function describe(value: unknown): string {
  const definition = definitionOf(value);
  if (definition !== undefined) return definition.is === "step" ? "a step" : `a ${definition.is}`;
  switch (typeof value) {
    case "function":
      return "a function";
    case "object":
      return value === null ? "null" : `an instance of ${className(value)}`;
    case "undefined":
      return "undefined";
    default:
      return `a ${typeof value}`;
  }
}

function className({ constructor }: object): string {
  const name: unknown = constructor?.name;
  return typeof name === "string" && name !== "" ? name : "a class";
}
