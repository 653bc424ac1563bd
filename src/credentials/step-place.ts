import type { Span } from "../ir/span.ts";
import type { Identity } from "./identity.ts";

/** A step as the answer names it. */
export interface StepPlace {
  readonly job: string;
  readonly step: number;
  readonly stepName: string | undefined;
  readonly span: Span | undefined;
  /** Who was meant, where a typed `push({ as })` says so. */
  readonly declared?: Identity | undefined;
}
