import type { BuilderCall } from "../ir/origin.ts";
import type { CredentialData } from "./expressions/expression-value.ts";

/** What the builders leave behind their handles: the options as written, and where they were written. */
export type Definition =
  StepDefinition | JobDefinition | WorkflowDefinition | ActionDefinition | ScriptDefinition | UntypedDefinition;

export type Options = Readonly<Record<string, unknown>>;

export interface StepDefinition {
  readonly is: "step";
  readonly builder: "uses" | "run" | "push";
  /** What `uses` names: a ref, an untyped ref, or a local action's handle. */
  readonly uses?: unknown;
  readonly options: Options;
  readonly call: BuilderCall;
}

export interface JobDefinition {
  readonly is: "job";
  readonly options: Options;
  /** Stands for the job's id until the workflow gives it one. */
  readonly marker: string;
  readonly call: BuilderCall;
}

export interface WorkflowDefinition {
  readonly is: "workflow";
  readonly options: Options;
  readonly call: BuilderCall;
  /** Of a source's default export: what stands on the file as a whole, outermost first. */
  readonly comments?: readonly PlacedComment[] | undefined;
}

export interface ActionDefinition {
  readonly is: "action";
  readonly options: Options;
  readonly call: BuilderCall;
  readonly comments?: readonly PlacedComment[] | undefined;
}

/** `` sh`…` `` or `unsafeScript(…)`. */
export type ScriptDefinition =
  | { readonly is: "script"; readonly literals: readonly string[]; readonly values: readonly unknown[] }
  | { readonly is: "script"; readonly unsafe: string; readonly because: string };

export interface UntypedDefinition {
  readonly is: "untyped";
  readonly ref: string;
}

/** What only a definition knows of a step, beside the YAML that it becomes. */
export type StepIntent =
  | PushIntent
  | { readonly kind: "unsafe-script"; readonly because: string }
  | { readonly kind: "untyped"; readonly ref: string }
  /** Its inputs have the types of this action's bindings. */
  | { readonly kind: "typed"; readonly ref: string };

export interface PushIntent {
  readonly kind: "push";
  readonly as: CredentialData;
  /** The credential's expression, without `${{ }}`. */
  readonly token: string;
  /** The checkout that it pushes from: `.`, `tap`. */
  readonly path: string;
  readonly allowPersisted?: string | undefined;
}

const DEFINITION = Symbol.for("flowkeep.definition");
const COMMENT = Symbol.for("flowkeep.comment");

/** Makes a handle: the definition is hidden behind a symbol, so that only the handle's own names are seen. */
export function handleOf<T>(definition: Definition, names: object = {}): T {
  return Object.defineProperty(names, DEFINITION, { value: definition }) as T;
}

/** The definition behind a handle, or undefined where a value is none. */
export function definitionOf(value: unknown): Definition | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return Reflect.get(value, DEFINITION) as Definition | undefined;
}

/** A comment, and where it stands: above a node, at the end of its first line, or below its last entry. */
export interface PlacedComment {
  readonly place: "above" | "after" | "end";
  readonly text: string;
}

interface Commented {
  readonly comment: PlacedComment;
  readonly node: unknown;
}

/** A value with a comment. What it wraps still shows through it: a commented handle is a handle. */
export function withComment<T>(comment: PlacedComment, node: T): T {
  const around = typeof node === "object" && node !== null ? node : null;
  return Object.create(around, { [COMMENT]: { value: { comment, node } satisfies Commented } }) as T;
}

/** The comment on a value and the value below it, or undefined where there is none. */
export function commentOn(value: unknown): Commented | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, COMMENT)) return undefined;
  return Reflect.get(value, COMMENT) as Commented;
}

/** A value without the comments around it. */
export function unwrap(value: unknown): unknown {
  let inner = value;
  for (let commented = commentOn(inner); commented !== undefined; commented = commentOn(inner)) inner = commented.node;
  return inner;
}
