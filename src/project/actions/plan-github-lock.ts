import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { compareGithubLock, type GithubLockProblem } from "../../actions/github-lock/compare-github-lock.ts";
import { editGithubLock } from "../../actions/github-lock/edit-github-lock.ts";
import { GITHUB_LOCK_FILE } from "../../actions/github-lock/github-lock.ts";
import { mergeGithubLock, type MergedLock } from "../../actions/github-lock/merge-github-lock.ts";
import { parseGithubLock, type ReadGithubLock } from "../../actions/github-lock/parse-github-lock.ts";
import { pinOf, repositoryOfPin } from "../../actions/github-lock/pin-of.ts";
import { wantGithubLock, type WantedLock } from "../../actions/github-lock/want-github-lock.ts";
import type { Lock } from "../../actions/lock.ts";
import { findUses, type UsesPlace } from "../../actions/pin-uses.ts";
import { placeInJson } from "../../actions/place-in-json.ts";
import { isGenerated } from "../../emit/header.ts";
import type { OutputFile } from "../../emit/plan-writes.ts";
import type { UserError } from "../../ir/errors.ts";
import type { FileNode } from "../../ir/any-node.ts";
import { locate } from "../../ir/span.ts";
import { parseUses } from "../../ir/uses-ref.ts";
import { pointAt } from "../../load/source-errors.ts";
import { readFile } from "../../read/read-file.ts";
import type { Finding } from "../../report/finding.ts";
import type { ConvertedSource } from "../sources/convert-sources.ts";
import { placeFinding, type Positions } from "../lint/findings.ts";
import { LOCK_FILE } from "../project.ts";
import { readText } from "../read-text.ts";

/** GitHub's own lock of a project: as it is, and as it should be. */
export interface PlannedGithubLock {
  readonly now: ReadGithubLock | undefined;
  readonly wanted: WantedLock;
  readonly merged: MergedLock;
  /** What workflows use, by path: those of sources, and those that people wrote and that are in the lock. */
  readonly workflows: ReadonlyMap<string, WorkflowInLock>;
  /** Undefined where it cannot be written, or nothing belongs into it. */
  readonly file: OutputFile | undefined;
}

interface WorkflowInLock {
  readonly uses: readonly UsesPlace[];
  /** Undefined for YAML that people wrote. */
  readonly source: ConvertedSource | undefined;
}

export type GithubLockPlan = PlannedGithubLock | { readonly errors: readonly UserError[] };

/** Works out GitHub's lock from the sources and flowkeep's lock. What it has of workflows that people wrote stays. */
export async function planGithubLock(
  root: string,
  converted: readonly ConvertedSource[],
  lock: Lock,
): Promise<GithubLockPlan> {
  const text = await readText(root, GITHUB_LOCK_FILE);
  const now = text === undefined ? undefined : await parseGithubLock(text, GITHUB_LOCK_FILE);
  if (now?.kind === "unreadable") return { errors: now.errors };
  const own = new Map(
    converted
      .filter(({ source }) => source.output.startsWith(".github/workflows/"))
      .map((source) => [source.source.output, { uses: findUses(source.node), source }] as const),
  );
  const written = await writtenWorkflows(root, new Set(own.keys()));
  const wanted = wantGithubLock(
    [...own].map(([path, { uses }]) => ({ path, uses: uses.map(({ ref, path: place }) => ({ ref, place })) })),
    lock,
  );
  const merged = mergeGithubLock(now?.lock, wanted, (path) => written.has(path));
  const others = [...written].flatMap(([path, node]) =>
    now?.lock.workflows.has(path) === true ? [[path, { uses: findUses(node), source: undefined }] as const] : [],
  );
  const isLeft = wanted.problems.some(({ code }) => code === "missing-lock-entry") || merged.incomplete.length > 0;
  const isNothing = now === undefined && merged.lock.workflows.size === 0;
  const file =
    isLeft || isNothing || now?.isNewer === true
      ? undefined
      : { path: GITHUB_LOCK_FILE, text: editGithubLock(now, merged.lock) };
  return { now, wanted, merged, workflows: new Map<string, WorkflowInLock>([...own, ...others]), file };
}

/** Workflows that people wrote, by path. */
async function writtenWorkflows(root: string, own: ReadonlySet<string>): Promise<ReadonlyMap<string, FileNode>> {
  const names = await readdir(join(root, ".github/workflows")).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw error;
  });
  const found = new Map<string, FileNode>();
  for (const path of names.filter((name) => /\.ya?ml$/.test(name)).map((name) => `.github/workflows/${name}`)) {
    const text = own.has(path) ? undefined : await readText(root, path);
    // One with flowkeep's header and without a source is about to be removed.
    if (text === undefined || isGenerated(text)) continue;
    found.set(path, readFile(path, text).node ?? { kind: "workflow", keys: [], unknown: [] });
  }
  return found;
}

/** Why GitHub's lock cannot be what it should be; with what to do. */
export function explainGithubLock(
  { now, wanted, merged, workflows }: PlannedGithubLock,
  severity: Finding["severity"],
  positions: Positions | undefined,
): readonly Finding[] {
  const problems = wanted.problems.map(({ code, message, workflow, place }) => {
    const { source, uses = [] } = workflows.get(workflow) ?? {};
    const at = uses.find(({ path }) => path === place)?.scalar;
    if (source === undefined || at === undefined) return remark(code, severity, message, workflow);
    return placeFinding({ severity, message, at, path: place }, code, source.source.file, positions);
  });
  const unknown = [...new Set(merged.incomplete.map(repositoryOfPin))].join(", ");
  const numbers =
    merged.incomplete.length === 0
      ? []
      : [
          `${GITHUB_LOCK_FILE} is not written: GitHub's numbers of ${unknown} are not known, or no tag or branch that has the commit. Run \`gh actions-lock\`, and \`npx flowkeep check\` on what it wrote; or give \`npx flowkeep actions update\` a token in GH_TOKEN`,
        ];
  const newer =
    now?.isNewer === true
      ? [
          `${GITHUB_LOCK_FILE} has the form ${now.lock.version}, which a newer \`gh actions-lock\` wrote: flowkeep reads it as far as it understands it, and does not write it. Run \`gh actions-lock\` where it is out of date`,
        ]
      : [];
  return [
    ...problems,
    ...numbers.map((message) => remark("missing-lock-entry", severity, message, LOCK_FILE)),
    ...newer.map((message) => remark("lock-unverified", "note", message, GITHUB_LOCK_FILE)),
  ];
}

function remark(ruleId: string, severity: Finding["severity"], message: string, file: string): Finding {
  return { ruleId, severity, message, span: pointAt({ file }), related: [] };
}

/** Where GitHub's lock, as it is committed, and what workflows use do not agree. */
export async function checkGithubLock(
  plan: PlannedGithubLock,
  positions: Positions | undefined,
): Promise<readonly Finding[]> {
  const { now, merged, wanted, workflows } = plan;
  const findings = [...explainGithubLock(plan, "error", positions)];
  if (now === undefined) return findings;
  const lists = [...workflows].flatMap(([path, { uses, source }]) => {
    const pins = source === undefined ? pinsOf(uses) : wanted.workflows.get(path);
    return pins === undefined ? [] : [[path, pins] as const];
  });
  for (const problem of compareGithubLock(now.lock, merged.lock, new Map(lists)))
    findings.push(await placeProblem(problem, plan, now.text, positions));
  return findings;
}

function pinsOf(uses: readonly UsesPlace[]): readonly string[] {
  return [...new Set(uses.flatMap(({ ref }) => pinOf(ref) ?? []))];
}

async function placeProblem(
  { code, message, path, isKey = false, missing }: GithubLockProblem,
  { workflows }: PlannedGithubLock,
  text: string,
  positions: Positions | undefined,
): Promise<Finding> {
  const severity = code === "unused-action" ? "warning" : "error";
  const user = missing && workflows.get(missing.workflow);
  const uses =
    user?.uses.find(({ ref }) => pinOf(ref) === missing?.pin) ??
    user?.uses.find(({ ref }) => parseUses(ref).kind === "repository");
  if (user?.source !== undefined && uses !== undefined) {
    const problem = { severity, message, at: uses.scalar, path: uses.path } as const;
    return placeFinding(problem, code, user.source.source.file, positions);
  }
  const span =
    uses?.scalar.span === undefined ? await placeInJson(text, GITHUB_LOCK_FILE, path, isKey) : locate(uses.scalar.span);
  return { ruleId: code, severity, message, span, related: [] };
}
