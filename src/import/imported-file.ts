import type { Span } from "../ir/span.ts";

/** Why a file is not imported. */
export interface Refusal {
  readonly kind: "refused";
  readonly file: string;
  /** A word for statistics: `invalid-yaml`, `not-composite`, `differs`. */
  readonly code: string;
  /** A sentence. */
  readonly reason: string;
  readonly span: Span | undefined;
}

/** Something in an import that a person should look at. */
export interface ImportNote {
  readonly code: "unsafe-script" | "untyped-action" | "cast" | "alias-expanded";
  readonly message: string;
  readonly span: Span | undefined;
}

/** A file as TypeScript, not yet proved. */
export interface ImportedFile {
  readonly kind: "imported";
  /** The YAML file. */
  readonly file: string;
  /** `workflows-src/ci.ts` */
  readonly source: string;
  readonly text: string;
  readonly notes: readonly ImportNote[];
}

/** Thrown inside the importer where a file cannot be written in TypeScript; it never leaves `importFile`. */
export class CannotImport extends Error {
  readonly code: string;
  readonly span: Span | undefined;
  constructor(code: string, reason: string, span: Span | undefined) {
    super(reason);
    this.code = code;
    this.span = span;
  }
}
