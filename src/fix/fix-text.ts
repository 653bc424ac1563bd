import type { FileNode } from "../ir/any-node.ts";
import type { Location } from "../ir/span.ts";
import type { Aim, Change, Mend } from "../rules/mend.ts";
import { differenceElsewhere, keyOfChange } from "./compare-files.ts";
import { whyNot, type Verdicts } from "./compare-verdicts.ts";
import { applyEdits, refused, type Planned, type TextEdit } from "./text-edit.ts";

/** A finding that there are mends for. */
export interface Mendable {
  readonly ruleId: string;
  readonly span: Location | undefined;
  /** The best first. */
  readonly mends: readonly Mend[];
}

/** A text, and what is known of it. */
export interface Judged {
  readonly text: string;
  readonly node: FileNode;
  readonly verdicts: Verdicts;
  readonly mendables: readonly Mendable[];
}

export interface Fixed {
  readonly text: string;
  readonly applied: readonly Outcome[];
  /** What was not done, with the reason. */
  readonly refused: readonly (Outcome & { readonly reason: string })[];
}

export interface Outcome {
  readonly ruleId: string;
  /** Where it was found, in the text as it was then. */
  readonly span: Location | undefined;
  readonly description: string;
}

export interface FixMeans {
  /** The edits that carry a change out. */
  readonly plan: (judged: Judged, change: Change) => Planned | Promise<Planned>;
  /** Reads and analyses a text; undefined, or why, where it is no such file any more. */
  readonly judge: (text: string) => Promise<Judged | string>;
}

/** More fixes than this are not made to one file at once. */
const MOST_FIXES = 200;

/**
 * Mends what there are mends for, one after the other. After each fix the file is read and analysed again: where a push comes out
 * otherwise than intended, or the file says something else elsewhere, the fix is taken back, and the next way is tried.
 */
export async function fixText(start: Judged, means: FixMeans): Promise<Fixed> {
  let current = start;
  const applied: Outcome[] = [];
  const refused = new Map<string, Outcome & { readonly reason: string }>();
  const all = await tryAll(current, means);
  if (all !== undefined) {
    current = all.judged;
    applied.push(...all.applied);
  }
  for (let round = 0; round < MOST_FIXES; round++) {
    const next = current.mendables.find((each) => each.mends.length > 0 && !refused.has(keyOf(current.node, each)));
    if (next === undefined) break;
    const made = await tryEach(current, next, means);
    const told = [{ mendable: next, mend: made.mend }, ...made.others];
    if (made.kind === "made") {
      current = made.judged;
      applied.push(...told.map(({ mendable, mend }) => outcomeOf(mendable, mend)));
    } else {
      for (const { mendable, mend } of told)
        refused.set(keyOf(current.node, mendable), { ...outcomeOf(mendable, mend), reason: made.reason });
    }
  }
  return { text: current.text, applied, refused: [...refused.values()] };
}

function keyOf(node: FileNode, { ruleId, mends }: Mendable): string {
  return `${ruleId} ${mends.map(({ change }) => keyOfChange(node, change)).join("; ")}`;
}

function outcomeOf({ ruleId, span }: Mendable, mend: Mend): Outcome {
  return { ruleId, span, description: mend.description };
}

/** All first choices at once: mostly they do not get in each other's way, and one analysis is enough. */
async function tryAll(current: Judged, means: FixMeans) {
  const firsts = current.mendables.flatMap((mendable) => {
    const [mend] = mendable.mends;
    return mend === undefined || mend.doubt !== undefined ? [] : [{ mendable, mend }];
  });
  if (firsts.length < 2) return undefined;
  const edits = await editsFor(
    current,
    firsts.map(({ mend }) => mend),
    means,
  );
  if (edits.kind === "refused") return undefined;
  const judged = await judgeEdits(
    current,
    edits.edits,
    firsts.map(({ mend }) => mend),
    means,
  );
  if (typeof judged === "string") return undefined;
  return { judged, applied: firsts.map(({ mendable, mend }) => outcomeOf(mendable, mend)) };
}

type EditsToMake = Extract<Planned, { readonly kind: "edits" }>;

interface MendedFinding {
  readonly mendable: Mendable;
  readonly mend: Mend;
}

type Tried = (
  { readonly kind: "made"; readonly judged: Judged } | { readonly kind: "refused"; readonly reason: string }
) & {
  readonly mend: Mend;
  /** What the same edits mend, too: it need not be tried again. */
  readonly others: readonly MendedFinding[];
};

async function tryEach(current: Judged, mendable: Mendable, means: FixMeans): Promise<Tried> {
  const refusals: Refusal[] = [];
  let first: Pick<Tried, "mend" | "others"> | undefined;
  for (const mend of mendable.mends) {
    const edits = mend.doubt === undefined ? await editsFor(current, [mend], means) : refused(mend.doubt);
    if (edits.kind === "refused") {
      refusals.push({ mend, reason: edits.reason });
      first ??= { mend, others: [] };
      continue;
    }
    const others = await mendedToo(current, mendable, edits, means);
    const mends = [mend, ...others.map((other) => other.mend)];
    const judged = await judgeEdits(current, edits.edits, mends, means);
    if (typeof judged !== "string") return { kind: "made", judged, mend, others };
    refusals.push({ mend, reason: edits.obstacle ?? judged });
    first ??= { mend, others };
  }
  if (first === undefined) throw new TypeError("a finding without a mend was to be mended");
  return { kind: "refused", reason: tellRefusals(refusals), ...first };
}

interface Refusal {
  readonly mend: Mend;
  readonly reason: string;
}

/** Why each way is not gone; the first is told by whoever tells what was not fixed. */
function tellRefusals([first, ...others]: readonly Refusal[]): string {
  const told = others.map(({ mend, reason }) =>
    reason === first?.reason ? `nor does it help to ${mend.description}` : `nor ${mend.description}: ${reason}`,
  );
  return [first?.reason, ...told].join("; ");
}

/** The findings that the very same edits mend, as in a step that several jobs share. */
async function mendedToo(
  current: Judged,
  mendable: Mendable,
  edits: EditsToMake,
  means: FixMeans,
): Promise<readonly MendedFinding[]> {
  const found: MendedFinding[] = [];
  const place = JSON.stringify(mendable.span);
  for (const other of current.mendables) {
    if (other === mendable || JSON.stringify(other.span) !== place) continue;
    for (const mend of other.mends) {
      if (mend.doubt !== undefined) continue;
      const planned = await means.plan(current, mend.change);
      if (planned.kind === "refused" || JSON.stringify(planned.edits) !== JSON.stringify(edits.edits)) continue;
      found.push({ mendable: other, mend });
      break;
    }
  }
  return found;
}

async function editsFor(current: Judged, mends: readonly Mend[], { plan }: FixMeans): Promise<Planned> {
  const edits: TextEdit[] = [];
  let obstacle: string | undefined;
  for (const { change } of mends) {
    const planned = await plan(current, change);
    if (planned.kind === "refused") return planned;
    edits.push(...planned.edits);
    obstacle ??= planned.obstacle;
  }
  return { kind: "edits", edits, obstacle };
}

/** What a text with edits comes to; why it may not be, where something else than was intended changes. */
async function judgeEdits(
  current: Judged,
  edits: readonly TextEdit[],
  mends: readonly Mend[],
  { judge }: FixMeans,
): Promise<Judged | string> {
  const text = applyEdits(current.text, edits);
  if (text === undefined) return "two fixes want to write at the same place";
  if (text === current.text) return "it stands there already";
  const judged = await judge(text);
  if (typeof judged === "string") return judged;
  const elsewhere = differenceElsewhere(
    current.node,
    judged.node,
    mends.map(({ change }) => change),
  );
  if (elsewhere !== undefined) return elsewhere;
  return (
    whyNot(
      current.verdicts,
      judged.verdicts,
      mends.flatMap(({ aim }): readonly Aim[] => (aim === undefined ? [] : [aim])),
    ) ?? judged
  );
}
