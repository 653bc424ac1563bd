import { emptyCatalog, openCatalog, type Catalog } from "../../actions/catalog.ts";
import { withLocked } from "../../actions/bound-actions.ts";
import { doubtCommits } from "../../actions/doubt-commits.ts";
import { emptyLock, type Lock } from "../../actions/lock.ts";
import { parseLock } from "../../actions/parse-lock.ts";
import { findUses } from "../../actions/pin-uses.ts";
import { placeInJson } from "../../actions/place-in-json.ts";
import { refreshActions } from "../../actions/refresh-actions.ts";
import { isReusableWorkflow, type KnownActions } from "../../actions/resolve-interface.ts";
import type { Config } from "../../define/define-config.ts";
import type { OutputFile } from "../../emit/plan-writes.ts";
import type { UserError } from "../../ir/errors.ts";
import { parseUses } from "../../ir/uses-ref.ts";
import { pointAt } from "../../load/source-errors.ts";
import type { Finding } from "../../report/finding.ts";
import type { ConvertedSource } from "../sources/convert-sources.ts";
import { readLocalActions } from "./local-actions.ts";
import { planGithubLock, type PlannedGithubLock } from "./plan-github-lock.ts";
import { BINDINGS_FILE, LOCK_FILE } from "../project.ts";
import { readText } from "../read-text.ts";

/** The lock as it should be, and what is known of the actions in it. */
export interface LockedActions {
  readonly lock: Lock;
  readonly known: KnownActions;
  /** GitHub's own lock, where the config chose it: then the YAML keeps the refs. */
  readonly github?: PlannedGithubLock | undefined;
  /** `generated/actions.lock.json`, `generated/actions.d.ts`, and GitHub's lock. */
  readonly files: readonly OutputFile[];
  readonly errors: readonly UserError[];
  readonly remarks: readonly Finding[];
}

/** Reads the lock, and fills it with what the sources use and the catalogue knows. */
export async function lockActions(
  root: string,
  converted: readonly ConvertedSource[],
  { actions }: Config,
): Promise<LockedActions> {
  const { lock: before, errors } = await readLock(root);
  const used = new Set(converted.flatMap(({ node }) => findUses(node)).map(({ ref }) => ref));
  const refs = [...used].filter(isAction);
  const catalog = refs.length === 0 && before.actions.size === 0 ? emptyCatalog : await openCatalog();
  const local = await readLocalActions(root, [...used, ...before.actions.keys()], converted);
  const known: KnownActions = { catalog, given: local.interfaces };
  const bindings = await readText(root, BINDINGS_FILE);
  const isUnneeded = catalog === emptyCatalog && bindings === undefined;
  if (isUnneeded || errors.length > 0) return { lock: before, known, files: [], errors, remarks: local.warnings };
  const { lock, lockText, bindingsText, lost } = await refreshActions({ refs, lock: before, bindings, ...known });
  const remark = (severity: Finding["severity"], ruleId: string, message: string): Finding => {
    return { ruleId, severity, message, span: pointAt({ file: LOCK_FILE }), related: [] };
  };
  const github = actions?.lock === "github" ? await planGithubLock(root, converted, lock) : undefined;
  if (github !== undefined && "errors" in github)
    return { lock: before, known, files: [], errors: github.errors, remarks: local.warnings };
  const text = (await readText(root, LOCK_FILE)) ?? lockText;
  const unusedEntry = async (ref: string): Promise<Finding> => {
    const message = `no source uses ${ref}: \`npx flowkeep actions remove ${ref}\``;
    const span = await placeInJson(text, LOCK_FILE, ["actions", ref], true);
    return { ruleId: "unused-action", severity: "note", message, span, related: [] };
  };
  return {
    lock,
    known: withLocked(lock, known),
    github,
    files: [
      { path: LOCK_FILE, text: lockText },
      { path: BINDINGS_FILE, text: bindingsText },
      ...(github?.file === undefined ? [] : [github.file]),
    ],
    errors,
    remarks: [
      ...local.warnings,
      ...(await doubts(root, before, catalog)),
      ...lost.map(({ ref, reason }) => remark("warning", "unknown-action", `${ref} has no types any more: ${reason}`)),
      ...(await Promise.all([...lock.actions.keys()].filter((ref) => !used.has(ref)).map(unusedEntry))),
    ],
  };
}

/** Commits that the catalogue contradicts, where they stand in the lock's file. */
async function doubts(root: string, lock: Lock, catalog: Catalog): Promise<readonly Finding[]> {
  const found = doubtCommits(lock, catalog);
  const text = found.length === 0 ? undefined : await readText(root, LOCK_FILE);
  return Promise.all(
    found.map(async ({ ref, sha, tag, known }) => ({
      ruleId: "unexpected-commit",
      severity: "warning" as const,
      message: `${ref} is pinned to ${sha}, but ${tag} is ${known} in flowkeep's catalogue: compare the two on GitHub; to take the catalogue's, run \`npx flowkeep actions remove ${ref}\` and \`npx flowkeep gen\``,
      span: await placeInJson(text ?? "", LOCK_FILE, ["actions", ref, "sha"]),
      related: [],
    })),
  );
}

/** The lock as it is; empty where there is none, or where it cannot be read, with the errors. */
export async function readLock(root: string): Promise<Pick<LockedActions, "lock" | "errors">> {
  const text = await readText(root, LOCK_FILE);
  if (text === undefined) return { lock: emptyLock, errors: [] };
  const parsed = await parseLock(text, LOCK_FILE);
  return parsed.kind === "lock" ? { lock: parsed.lock, errors: [] } : { lock: emptyLock, errors: parsed.errors };
}

function isAction(ref: string): boolean {
  const uses = parseUses(ref);
  return uses.kind === "repository" && !isReusableWorkflow(uses);
}
