import type { FileVerdicts } from "../../credentials/analyze-file.ts";
import type { JobTrace } from "../../credentials/traces/trace-job.ts";
import type { PushVerdict } from "../../credentials/verdicts.ts";
import type { MappedFile } from "../../emit/source-map.ts";
import { locate, type Location, type SourceFile, type Span } from "../../ir/span.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import type { Positions } from "../lint/findings.ts";
import { findSpan } from "../place-nodes.ts";

/** Where something is told to be, instead of where the analysis found it. */
export interface Places {
  readonly place: (span: Location) => Location;
  readonly placeSpan: (span: Span) => Span;
}

/** Of a repository in a folder: the paths that the analysis found in it, from where the command runs. */
export function inFolder(folder: string, { texts }: CheckedFile): Places {
  const own = new Set(texts.map((text) => text.path));
  return {
    place: (span) => (own.has(span.file) ? span : { ...span, file: `${folder}/${span.file}` }),
    placeSpan: (span) =>
      own.has(span.file.path) ? span : { ...span, file: { ...span.file, path: `${folder}/${span.file.path}` } },
  };
}

/**
 * Of what sources make: the builder calls. A workflow that another calls is read as the YAML that it will be, and may lie on no
 * disk yet.
 *
 * @param emitted what is made, by path
 * @param texts the sources, by path
 */
export function placesInSources(
  positions: Positions | undefined,
  texts: ReadonlyMap<string, SourceFile> | undefined,
  emitted: (path: string) => MappedFile | undefined,
): Places {
  const find = (path: string, line: number): Span | undefined => {
    const places = positions && emitted(path)?.places;
    const at = places?.findLast(({ line: first }) => first <= line)?.line;
    // The outermost node that begins on a line stands for it, as in the source map.
    const call = places?.find(({ line: first, node }) => first === at && node.origin?.call !== undefined)?.node.origin
      ?.call;
    return call && positions && texts && findSpan(call, positions, texts);
  };
  return {
    place: (span) => {
      const found = find(span.file, span.startLine);
      return found === undefined ? span : locate(found);
    },
    placeSpan: (span) => find(span.file.path, locate(span).startLine) ?? span,
  };
}

/** The verdicts with other places; with another workflow, where one is given. */
export function moveVerdicts({ pushes, reads }: FileVerdicts, place: Places["place"], workflow?: string): FileVerdicts {
  const placed = (span: Location | undefined): Location | undefined => span && place(span);
  const move = (push: PushVerdict): PushVerdict => ({
    ...push,
    workflow: workflow ?? push.workflow,
    span: placed(push.span),
    evidence: push.evidence.map((hop) => ({ ...hop, span: placed(hop.span) })),
  });
  return { pushes: pushes.map(move), reads: reads.map(move) };
}

/** The same for what jobs do with credentials. */
export function moveTrace(job: JobTrace, placeSpan: Places["placeSpan"]): JobTrace {
  const place = <T extends { readonly span: Span | undefined }>(event: T): T =>
    event.span === undefined ? event : { ...event, span: placeSpan(event.span) };
  return {
    ...job,
    checkouts: job.checkouts.map(({ uses, missed, mayUse, ...checkout }) => ({
      ...checkout,
      uses: uses.map(place),
      missed: missed.map(place),
      mayUse: mayUse.map(place),
    })),
    unsets: job.unsets.map((unset) => place({ ...unset, left: unset.left.map(place) })),
    tokenArguments: job.tokenArguments.map(place),
    leftTokens: job.leftTokens.map(place),
  };
}
