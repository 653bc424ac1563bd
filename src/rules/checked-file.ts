import type { StepIntent } from "../define/model.ts";
import { checkExpressions, type PlacedProblem } from "../expressions/check-file.ts";
import { findInjections, type Injection } from "../expressions/find-injections.ts";
import type { FileNode } from "../ir/any-node.ts";
import type { ExpressionSite } from "../ir/from-value.ts";
import type { Origin, Path } from "../ir/origin.ts";
import { sourceFile, type SourceFile } from "../ir/span.ts";
import type { SyntaxProblem } from "../ir/syntax-problem.ts";
import type { ReadProblem } from "../read/read-problem.ts";
import type { ReadResult } from "../read/read-file.ts";
import type { Place } from "./place.ts";

/** A workflow or an action as rules see it: a file of YAML, or what a source defines. */
export interface CheckedFile {
  /** The YAML file, or the source. */
  readonly path: string;
  readonly kind: "read" | "defined";
  /** Undefined where the text is no YAML, or no mapping. */
  readonly node: FileNode | undefined;
  /** What is wrong with its YAML, and with its syntax under GitHub's rules. */
  readonly problems: readonly FileProblem[];
  /** What only definitions know of their steps, by the step's origin; nothing in YAML. */
  readonly intents: ReadonlyMap<Origin, StepIntent>;
  /** The texts that it was made of, where rules need them. */
  readonly texts: readonly SourceFile[];
  /** What is wrong with its expressions; worked out once. */
  readonly expressionProblems: () => readonly PlacedProblem[];
  /** Where an outsider's text becomes part of a script; worked out once. */
  readonly injections: () => readonly Injection[];
}

export interface FileProblem {
  readonly code: ReadProblem["code"];
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly isSlip?: boolean | undefined;
  readonly at: Place;
  readonly path?: Path | undefined;
}

/** A file that was read, for rules. */
export function readFileToCheck(result: ReadResult): CheckedFile {
  return laterToCheck(result.source.path, result.source.text, () => result);
}

/** A file that is read when a rule, or what a rule asks, looks into it. */
export function laterToCheck(path: string, text: string, read: () => ReadResult): CheckedFile {
  const result = once(read);
  const problems = once(() =>
    result().problems.map(({ code, severity, message, span }) => ({ code, severity, message, at: span })),
  );
  const texts = once(() => [sourceFile(path, text)]);
  const made = once(() => analyses(result().node, result().expressions));
  return {
    path,
    kind: "read",
    get node() {
      return result().node;
    },
    get problems() {
      return problems();
    },
    get texts() {
      return texts();
    },
    intents: new Map(),
    expressionProblems: () => made().expressionProblems(),
    injections: () => made().injections(),
  };
}

interface DefinedFile {
  readonly path: string;
  readonly node: FileNode | undefined;
  readonly problems: readonly SyntaxProblem[];
  readonly expressions: readonly ExpressionSite[];
  readonly intents: ReadonlyMap<Origin, StepIntent>;
  readonly texts: readonly SourceFile[];
}

/** What a source defines, for rules. */
export function definedFileToCheck({ expressions, problems, ...file }: DefinedFile): CheckedFile {
  return {
    ...file,
    kind: "defined",
    problems: problems.map(({ node, ...problem }) => ({ ...problem, at: node })),
    ...analyses(file.node, expressions),
  };
}

function analyses(node: FileNode | undefined, sites: readonly ExpressionSite[]) {
  return {
    expressionProblems: once(() => (node === undefined ? [] : checkExpressions(node, sites))),
    injections: once(() => (node === undefined ? [] : findInjections(node))),
  };
}

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => (found ??= { value: find() }).value;
}
