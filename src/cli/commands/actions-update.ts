import { openCatalog } from "../../actions/catalog.ts";
import type { InterfaceChanges } from "../../actions/compare-interfaces.ts";
import type { Lock, LockedCommit } from "../../actions/lock.ts";
import { withBumps } from "../../actions/look-up-actions.ts";
import { planUpdates, type ActionUpdate, type HeldUpdate, type PlannedUpdates } from "../../actions/plan-updates.ts";
import type { KnownActions } from "../../actions/resolve-interface.ts";
import { parseSpan } from "../../actions/time-span.ts";
import type { Config } from "../../define/define-config.ts";
import { UsageError } from "../../ir/errors.ts";
import { nearestName } from "../../ir/suggest.ts";
import { actionName, parseUses } from "../../ir/uses-ref.ts";
import { applyBumps, compileSources, findBreaks, type GeneratedFiles } from "../../pipeline.ts";
import { readLocalActions } from "../../project/actions/local-actions.ts";
import { readLock } from "../../project/actions/lock-actions.ts";
import { LOCK_FILE } from "../../project/project.ts";
import { findingJson, type Finding } from "../../report/finding.ts";
import { exitCodeOfCompiling } from "../exit-code.ts";
import { fail } from "../fail.ts";
import { holdSignals } from "../process/hold-signals.ts";
import { printJson } from "../json.ts";
import { lookUpIds } from "./look-up-ids.ts";
import { linesOf, openRemote, type RemoteFlags } from "./open-remote.ts";
import { withProgress } from "../terminal/progress.ts";
import { reportFindings } from "../report-findings.ts";
import { refuseForeignSources, type Settings } from "../settings.ts";

export interface UpdateFlags extends RemoteFlags {
  readonly major?: true;
  readonly cooldown?: string;
  readonly dryRun?: true;
}

/** `flowkeep actions update` */
export async function updateLocked(settings: Settings, names: readonly string[], flags: UpdateFlags): Promise<number> {
  const { project, io } = settings;
  refuseForeignSources(io);
  const { lock, errors } = await readLock(project.root);
  if (errors.length > 0) return fail(settings, errors);
  const refs = chooseRefs(lock, names);
  const compiled = await withProgress(settings, "compiling workflows-src/", () => compileSources(project));
  if (compiled.errors.length > 0) return fail(settings, compiled.errors);
  const local = await readLocalActions(project.root, [...lock.actions.keys()], compiled.converted);
  const known: KnownActions = { catalog: await openCatalog(), given: local.interfaces };
  const { plan, looked, notes } = await plannedUpdates(settings, refs, lock, known, compiled.config, flags);
  const failed = plan.held.filter(({ kind }) => kind === "failed");
  const interfaces = plan.updates.flatMap(({ ref, interface: found }) =>
    found === undefined ? [] : [[ref, found] as const],
  );
  const breaks = findBreaks(compiled, new Map(interfaces));
  const isBroken = breaks.some(({ severity }) => severity === "error");
  const isNews = plan.updates.length > 0 || (looked.repositories?.size ?? 0) > 0;
  const isApplied = !isBroken && flags.dryRun !== true && isNews;
  const generated = isApplied
    ? await holdSignals(() => applyBumps(project, compiled, { bumps: plan.updates, lock, known: looked }))
    : undefined;
  const findings = [...breaks, ...(generated?.findings ?? [])].filter(({ severity }) => severity !== "note");
  report(settings, plan, findings, generated);
  for (const note of notes) io.err(`${note}\n`);
  if (isBroken || failed.length > 0) return isBroken ? 1 : 2;
  return generated === undefined ? 0 : exitCodeOfCompiling(generated.findings, "error");
}

/** The refs of the lock that some names mean, each a whole ref or an action; without names, all. */
function chooseRefs(lock: Lock, names: readonly string[]): readonly string[] {
  const refs = [...lock.actions.keys()].filter((ref) => parseUses(ref).kind === "repository");
  const usual = refs.filter((ref) => lock.actions.get(ref)?.unpinned !== "as imported");
  if (names.length === 0) return usual;
  return [
    ...new Set(
      names.flatMap((name) => {
        const meant = refs.filter((ref) => ref === name || isOf(ref, name));
        if (meant.length > 0) return meant;
        const near = nearestName(name, refs);
        throw new UsageError(`${name} is not in ${LOCK_FILE}${near === undefined ? "" : `; did you mean ${near}?`}`);
      }),
    ),
  ];
}

function isOf(ref: string, name: string): boolean {
  const uses = parseUses(ref);
  return uses.kind === "repository" && `${actionName(uses)}/`.toLowerCase().startsWith(`${name.toLowerCase()}/`);
}

interface Planned {
  readonly plan: PlannedUpdates;
  /** What is known of the new refs. */
  readonly looked: KnownActions;
  /** Sentences. */
  readonly notes: readonly string[];
}

async function plannedUpdates(
  settings: Settings,
  refs: readonly string[],
  lock: Lock,
  known: KnownActions,
  config: Config,
  flags: UpdateFlags,
): Promise<Planned> {
  const remote = openRemote(settings, config, flags);
  const what = "looking for newer versions";
  try {
    return await withProgress(settings, what, async (say) => {
      const options = {
        major: flags.major === true,
        cooldown: cooldownOf(flags.cooldown ?? config.actions?.cooldown ?? "0"),
        now: Math.floor(Date.now() / 1000),
        lines: linesOf(config),
        progress: (done: number, all: number) => say(`${what}: ${done} of ${all}`),
      };
      const plan = await planUpdates(refs, lock, known, remote, options);
      const looked = await withBumps(plan.updates, known, remote);
      const withIds = await lookUpIds(settings, config, flags, lock, looked, remote.limits);
      return { plan, looked: withIds.known, notes: withIds.notes };
    });
  } finally {
    await remote.close();
  }
}

function cooldownOf(text: string): number {
  const seconds = parseSpan(text);
  if (seconds === undefined)
    throw new UsageError(`--cooldown is a number of hours, days or weeks (12h, 7d, 2w), not ${text}`);
  return seconds;
}

function report(
  settings: Settings,
  { updates, held }: PlannedUpdates,
  findings: readonly Finding[],
  generated: GeneratedFiles | undefined,
): void {
  const { io, format, quiet, paint, paintError } = settings;
  const written = generated?.written?.written ?? [];
  if (format === "json") {
    const json = { updates: updates.map(updateJson), held, findings: findings.map(findingJson), written };
    return io.out(printJson(json));
  }
  if (!quiet) io.out(printTable(updates, held, paint));
  reportFindings(settings, findings, { write: io.err, paint: paintError });
  if (updates.length === 0 && generated === undefined) return;
  if (generated?.written === undefined) io.err(`${paintError("red", "nothing was written")}\n`);
  else if (!quiet) io.out(written.map((path) => `${paint("green", "wrote")} ${path}\n`).join(""));
}

function updateJson({ ref, next, from, to, changes }: ActionUpdate): object {
  return { ref, next, from, to, changes };
}

function printTable(updates: readonly ActionUpdate[], held: readonly HeldUpdate[], paint: Settings["paint"]): string {
  const shown = held.filter(({ kind }) => kind !== "newest");
  const newest = held.length - shown.length;
  const rows = updates.map(
    (update) => [update.ref, nameOf(update.from), nameOf(update.to), explainChanges(update)] as const,
  );
  const heads = ["action", "from", "to", "changes"] as const;
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd();
  return [
    ...(rows.length === 0 ? [] : [paint("dim", line(heads)), ...rows.map(line)]),
    ...shown.map(({ ref, reason }) => `${ref} ${paint("yellow", "stays")}: ${reason}`),
    ...(newest === 0 ? [] : [paint("dim", `${newest} ${newest === 1 ? "is" : "are"} the newest already`)]),
  ]
    .map((text) => `${text}\n`)
    .join("");
}

function nameOf(commit: LockedCommit | undefined): string {
  if (commit === undefined) return "not pinned";
  return (
    commit.tag ??
    (commit.branch === undefined ? commit.sha.slice(0, 12) : `${commit.branch} ${commit.sha.slice(0, 12)}`)
  );
}

function explainChanges({ ref, next, changes }: ActionUpdate): string {
  return [
    ...(ref === next ? [] : [`written ${next.slice(next.lastIndexOf("@"))}`]),
    ...(changes === undefined ? [] : listChanges(changes)),
  ].join("; ");
}

function listChanges({ runtime, inputs, outputs }: InterfaceChanges): readonly string[] {
  const list = (what: string, names: readonly string[]) => (names.length === 0 ? [] : [`${what} ${names.join(", ")}`]);
  return [
    ...(runtime === undefined ? [] : [`${runtime.from} → ${runtime.to}`]),
    ...list("new inputs:", inputs.added),
    ...list("inputs gone:", inputs.removed),
    ...list("now required:", inputs.required),
    ...list("new outputs:", outputs.added),
    ...list("outputs gone:", outputs.removed),
  ];
}
