import { findUses, type UsesPlace } from "./pin-uses.ts";
import { locate, type Location } from "../ir/span.ts";
import { readFile } from "../read/read-file.ts";

/** A `uses:` as YAML has it: what is used, and the first word of the comment behind it. */
export interface WrittenUses {
  readonly ref: string;
  readonly comment: string | undefined;
}

/** A `uses:` that was changed. */
export interface ChangedUses {
  readonly before: WrittenUses;
  readonly after: WrittenUses;
  /** In the text that was changed. */
  readonly place: Location;
  /** Only the commit behind the ref is another one: sources stay as they are. */
  readonly keepsRef?: true;
}

export interface RefusedChange {
  /** A sentence. */
  readonly reason: string;
  readonly place: Location;
}

export type ReadBumps =
  | { readonly kind: "changed"; readonly changes: readonly ChangedUses[] }
  | { readonly kind: "refused"; readonly refused: RefusedChange };

/**
 * What a bot changed in a workflow or action. Both texts are only read. Anything that differs beside the values of `uses:` and the
 * comments behind them is refused.
 */
export function readBumps(path: string, before: string, after: string): ReadBumps {
  const { node, problems } = readFile(path, after);
  const broken = node === undefined ? problems.find(({ severity }) => severity === "error") : undefined;
  if (broken !== undefined) {
    const place = locate(broken.span);
    return { kind: "refused", refused: { reason: `${path} cannot be read any more: ${broken.message}`, place } };
  }
  const [old, now] = [usesIn(path, before), usesIn(path, after)];
  const difference = firstDifference(old.rest, now.rest);
  if (difference !== undefined || old.places.length !== now.places.length) {
    const line = difference ?? 1;
    const place = { file: path, startLine: line, startColumn: 1, endLine: line, endColumn: 1 };
    return {
      kind: "refused",
      refused: { reason: `${path}:${line} is changed in another way than by raising a version`, place },
    };
  }
  const changes = now.places.flatMap((place, at): readonly ChangedUses[] => {
    const was = old.places[at];
    if (was === undefined || place.scalar.span === undefined) return [];
    const [from, to] = [writtenUses(was), writtenUses(place)];
    if (from.ref === to.ref && from.comment === to.comment) return [];
    return [{ before: from, after: to, place: locate(place.scalar.span) }];
  });
  return { kind: "changed", changes };
}

interface TextWithUses {
  readonly places: readonly UsesPlace[];
  /** The text with nothing from each value on to the end of its line. */
  readonly rest: string;
}

function usesIn(path: string, text: string): TextWithUses {
  const { node } = readFile(path, text);
  const places = node === undefined ? [] : findUses(node).filter(({ scalar }) => scalar.span !== undefined);
  const spans = places.flatMap(({ scalar }) => scalar.span ?? []).sort((a, b) => b.start - a.start);
  const rest = spans.reduce((left, { start, end }) => {
    // Behind the value there may be a comment, and nothing else: a flow mapping goes on.
    const [behind = ""] = /^[ \t]*(?:#[^\r\n]*)?(?=\r?\n|$)/.exec(left.slice(end)) ?? [];
    return `${left.slice(0, start)}\0${left.slice(end + behind.length)}`;
  }, text);
  return { places, rest };
}

function writtenUses({ ref, scalar }: UsesPlace): WrittenUses {
  return { ref, comment: /^\s*(\S+)/.exec(scalar.comments?.trailing ?? "")?.[1] };
}

/** The number of the first line that is not the same. */
function firstDifference(before: string, after: string): number | undefined {
  if (before === after) return undefined;
  const [old, now] = [before.split("\n"), after.split("\n")];
  const at = now.findIndex((line, index) => line !== old[index]);
  return (at < 0 ? now.length : at) + 1;
}
