/** A piece of a text, by offsets, and what is written instead of it. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits for one change, or why it cannot be made. */
export type Planned =
  | {
      readonly kind: "edits";
      readonly edits: readonly TextEdit[];
      /** What is in the way where the edits cannot stay; else what they do wrong says it. */
      readonly obstacle?: string | undefined;
    }
  | Refused;

export interface Refused {
  readonly kind: "refused";
  readonly reason: string;
}

export function edited(...edits: readonly TextEdit[]): Planned {
  return { kind: "edits", edits };
}

export function refused(reason: string): Refused {
  return { kind: "refused", reason };
}

/**
 * The text with all edits made; every other byte stays. Edits that are equal are one.
 *
 * @returns undefined where two of them overlap, or stand at the same place and differ
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  const sorted = [
    ...new Map(edits.map((edit) => [JSON.stringify([edit.start, edit.end, edit.text]), edit])).values(),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
  let made = "";
  let at = 0;
  let last: TextEdit | undefined;
  for (const edit of sorted) {
    if (edit.start < at || (last !== undefined && edit.start === last.start)) return undefined;
    made += text.slice(at, edit.start) + edit.text;
    at = edit.end;
    last = edit;
  }
  return made + text.slice(at);
}
