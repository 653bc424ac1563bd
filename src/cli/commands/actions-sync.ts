import { openCatalog } from "../../actions/catalog.ts";
import { isRefName } from "../../actions/remote/safe-names.ts";
import type { KnownActions } from "../../actions/resolve-interface.ts";
import { UsageError } from "../../ir/errors.ts";
import {
  applyBumps,
  changesHere,
  compileSources,
  findBreaks,
  planSync,
  type AppliedBumps,
  type GeneratedFiles,
  type PlannedSync,
} from "../../pipeline.ts";
import { LocalCommits } from "../../project/actions/bot-changes.ts";
import { readLocalActions } from "../../project/actions/local-actions.ts";
import { readLock } from "../../project/actions/lock-actions.ts";
import { sortFindings, type Finding } from "../../report/finding.ts";
import { exitCodeOfCompiling } from "../exit-code.ts";
import { fail } from "../fail.ts";
import { holdSignals } from "../process/hold-signals.ts";
import { lookUpIds } from "./look-up-ids.ts";
import { openRemote, type RemoteFlags } from "./open-remote.ts";
import { withProgress } from "../terminal/progress.ts";
import { reportFindings } from "../report-findings.ts";
import { isForeign, refuseForeignSources, type Settings } from "../settings.ts";

export interface SyncFlags extends RemoteFlags {
  readonly from?: string;
  readonly commitTo?: string;
}

/** Who writes what is taken over: the account that GitHub gives to runs. Bots are told to let such commits be. */
const AUTHOR = {
  name: "github-actions[bot]",
  email: "41898282+github-actions[bot]@users.noreply.github.com",
} as const;

/** `flowkeep actions sync` */
export async function syncWithBots(settings: Settings, flags: SyncFlags): Promise<number> {
  const { project, io } = settings;
  const commits = new LocalCommits(project.root, io.env);
  checkCommitTo(flags);
  await refuseForeignTree(settings, flags, commits);
  const { lock, errors } = await readLock(project.root);
  if (errors.length > 0) return fail(settings, errors);
  const compiled = await withProgress(settings, "compiling workflows-src/", () => compileSources(project));
  if (compiled.errors.length > 0) return fail(settings, compiled.errors);
  const files =
    flags.from === undefined ? await changesHere(project.root, compiled) : await commits.changes(flags.from);
  const local = await readLocalActions(project.root, [...lock.actions.keys()], compiled.converted);
  const known: KnownActions = { catalog: await openCatalog(), given: local.interfaces };
  const remote = openRemote(settings, compiled.config, flags);
  const { plan, refused } = await withProgress(settings, "looking at what was raised", async () => {
    try {
      const { plan, refused } = await planSync(files, lock, known, remote);
      const { config } = compiled;
      const withIds = await lookUpIds(settings, config, flags, plan.lock, plan.known, remote.limits);
      return { plan: { ...plan, known: withIds.known }, refused };
    } finally {
      await remote.close();
    }
  });
  const interfaces = plan.bumps.flatMap(({ ref, interface: found }) =>
    found === undefined ? [] : [[ref, found] as const],
  );
  const wrong = sortFindings([...refused, ...(refused.length > 0 ? [] : findBreaks(compiled, new Map(interfaces)))]);
  const isRefused = wrong.some(({ severity }) => severity === "error");
  const isApplied = !isRefused && plan.bumps.length > 0;
  const generated = isApplied ? await holdSignals(() => applyBumps(project, compiled, plan)) : undefined;
  // What a bot wrote into these files was read line by line, and is taken over: no edit of anybody's is undone.
  const read = new Set(files.map(({ path }) => path));
  const told = (generated?.findings ?? []).filter(
    ({ ruleId, span }) => ruleId !== "hand-edit" || !read.has(span?.file ?? ""),
  );
  report(settings, plan, [...wrong, ...told], generated);
  if (isRefused) return 1;
  if (generated?.written !== undefined && flags.commitTo !== undefined)
    await commitSync(settings, flags, plan.bumps, generated, commits);
  return generated === undefined ? 0 : exitCodeOfCompiling(generated.findings, "error");
}

function checkCommitTo({ from, commitTo }: SyncFlags): void {
  if (commitTo === undefined) return;
  if (from === undefined) throw new UsageError("--commit-to goes with --from: it puts the commit on top of the bot's");
  if (!isRefName(commitTo)) throw new UsageError(`${JSON.stringify(commitTo)} cannot be the name of a branch`);
}

/** Puts what was taken over on top of the bot's commit, with nothing else of what is checked out here. */
async function commitSync(
  { project, io, quiet }: Settings,
  { from = "", commitTo = "" }: SyncFlags,
  bumps: PlannedSync["plan"]["bumps"],
  { files, placed, orphans }: AppliedBumps,
  commits: LocalCommits,
): Promise<void> {
  const texts = new Map<string, string | undefined>(orphans.map((path) => [path, undefined]));
  for (const { path, text } of [...placed, ...files]) texts.set(path, text);
  const list = bumps.map(({ ref, next, to }) => `- ${ref === next ? ref : `${ref} → ${next}`} (${to.tag ?? to.sha})\n`);
  // Dependabot goes on with a branch that others pushed to only where the commit says so: docs.github.com, "Managing pull requests
  // for dependency updates".
  const message = `Take over raised versions of actions\n\n${[...new Set(list)].join("")}\n[dependabot skip]\n`;
  const commit = await commits.commitOn(await commits.commit(from), texts, {
    ...AUTHOR,
    branch: commitTo,
    message,
    scratch: project.scratch,
  });
  if (!quiet) io.err(commit === undefined ? "nothing to commit\n" : `committed ${commit} to ${commitTo}\n`);
}

/**
 * Where a run has secrets and began with a stranger's change, only what is checked out of the default branch may be run: then a bot's
 * commit is named, and only read.
 */
async function refuseForeignTree({ io }: Settings, { from }: SyncFlags, commits: LocalCommits): Promise<void> {
  if (!isForeign(io)) return;
  if (from === undefined) return refuseForeignSources(io);
  const head = await commits.commit("HEAD");
  if (head !== io.env["GITHUB_SHA"] || (await commits.isChanged()))
    throw new UsageError(
      "sources are not run here: what is checked out is not the commit of the default branch that this run began with. Check that out, fetch the bot's commit, and name it with --from",
    );
}

function report(
  settings: Settings,
  { bumps }: PlannedSync["plan"],
  findings: readonly Finding[],
  generated: GeneratedFiles | undefined,
): void {
  const { io, format, quiet, paint, paintError } = settings;
  const written = generated?.written?.written ?? [];
  const taken = bumps.map(({ ref, next, to }) => ({ ref, next, to }));
  const shown = findings.filter(({ severity }) => severity !== "note");
  reportFindings(settings, shown, { json: { taken, written }, write: io.err, paint: paintError });
  if (format === "json" || format === "sarif") return;
  if (findings.some(({ severity }) => severity === "error")) io.err(`${paintError("red", "nothing was taken over")}\n`);
  else if (bumps.length === 0 && !quiet) io.out("nothing to take over\n");
  else if (!quiet) {
    const lines = taken.map(
      ({ ref, next, to }) => `${ref} → ${ref === next ? "" : `${next} `}${to.tag ?? to.branch ?? to.sha}`,
    );
    io.out(
      [...lines, ...written.map((path) => `${paint("green", "wrote")} ${path}`)].map((line) => `${line}\n`).join(""),
    );
  }
}
