import type { ImportOutcome } from "../../src/import/prove-imports.ts";

export interface CorpusFigures {
  readonly outcomes: readonly ImportOutcome[];
  /** The workflows that GitHub's own parser accepts. */
  readonly accepted: ReadonlySet<string>;
  /** By file: what TypeScript says; undefined: it was not asked. */
  readonly types: ReadonlyMap<string, readonly string[]> | undefined;
  readonly seconds: number;
  readonly megabytes: number;
}

/** What must hold: every workflow that GitHub accepts comes over whole, and nearly every comment with it. */
export function isGood(figures: CorpusFigures): boolean {
  const { workflows, lossless, comments, kept } = count(figures);
  return lossless === workflows.length && kept >= 0.99 * comments && (figures.types?.size ?? 0) === 0;
}

function count({ outcomes, accepted }: CorpusFigures) {
  // GitHub's published parser does not look at what a job calls; its server does, and so does the reader.
  const isOfServer = (outcome: ImportOutcome) =>
    outcome.kind === "refused" && /^(?:bad-uses|unknown-tag)$/.test(outcome.code);
  const workflows = outcomes.filter(
    (outcome) => accepted.has(outcome.file) && !isAction(outcome.file) && !isOfServer(outcome),
  );
  const proved = outcomes.filter((outcome) => outcome.kind === "imported");
  return {
    workflows,
    proved,
    lossless: workflows.filter(({ kind }) => kind === "imported").length,
    comments: proved.reduce((sum, { comments }) => sum + comments.all, 0),
    kept: proved.reduce((sum, { comments }) => sum + comments.kept, 0),
  };
}

function isAction(file: string): boolean {
  return /(^|\/)action\.ya?ml$/.test(file);
}

export function printTable(figures: CorpusFigures): string {
  const { outcomes, accepted, types, seconds, megabytes } = figures;
  const { workflows, proved, lossless, comments, kept } = count(figures);
  const lines: string[] = [];
  const row = (name: string, value: string | number): void => void lines.push(`${name.padEnd(34)} ${value}`);
  row("files", outcomes.length);
  row("workflows GitHub accepts", workflows.length);
  row("  of them lossless", `${lossless} (${percent(lossless, workflows.length)})`);
  row("imported, actions and others too", proved.length);
  row("comments kept", `${kept} of ${comments} (${percent(kept, comments)})`);
  if (types !== undefined) row("sources with type errors", types.size);
  row("time", `${seconds.toFixed(1)} s`);
  row("peak memory", `${megabytes.toFixed(0)} MB`);

  const reasons = new Map<string, ImportOutcome[]>();
  for (const outcome of outcomes) {
    if (outcome.kind !== "refused") continue;
    const { file, code } = outcome;
    const who = isAction(file) ? "action" : accepted.has(file) ? "accepted by GitHub" : "refused by GitHub";
    const key = `${who}: ${code}`;
    reasons.set(key, [...(reasons.get(key) ?? []), outcome]);
  }
  lines.push("", "refused by reason");
  for (const [reason, found] of [...reasons].sort(([a], [b]) => (a < b ? -1 : 1))) row(`  ${reason}`, found.length);
  const notes = new Map<string, number>();
  for (const { notes: each } of proved) for (const { code } of each) notes.set(code, (notes.get(code) ?? 0) + 1);
  lines.push("", "notes");
  for (const [code, count] of notes) row(`  ${code}`, count);

  for (const outcome of workflows) {
    if (outcome.kind === "refused") lines.push(`REFUSED ${outcome.file}: ${outcome.code}: ${outcome.reason}`);
  }
  for (const { file, comments } of proved) {
    for (const { path, place, text } of comments.lost) lines.push(`LOST ${file}: ${path.join(".")} ${place} ${text}`);
  }
  for (const [file, errors] of types ?? []) for (const error of errors) lines.push(`TYPES ${file}: ${error}`);
  return `${lines.join("\n")}\n`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(2)} %`;
}
