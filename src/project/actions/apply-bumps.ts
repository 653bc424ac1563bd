import type { ActionInterface } from "../../actions/action-interface.ts";
import { withActions, type Lock } from "../../actions/lock.ts";
import { findUses } from "../../actions/pin-uses.ts";
import type { Bump } from "../../actions/plan-updates.ts";
import { refreshActions } from "../../actions/refresh-actions.ts";
import type { KnownActions } from "../../actions/resolve-interface.ts";
import type { OutputFile } from "../../emit/plan-writes.ts";
import { sortFindings, type Finding } from "../../report/finding.ts";
import { findRule } from "../../rules/all-rules.ts";
import { ruleContext } from "../../rules/rule-context.ts";
import { checkFiles } from "../lint/check-files.ts";
import type { CompiledSources } from "../sources/compile-sources.ts";
import { editRefs } from "./edit-refs.ts";
import { placeFinding } from "../lint/findings.ts";
import { LOCK_FILE } from "../project.ts";

/** What a newer version of an action can make of a step that was right. */
const INPUT_RULES = ["unknown-input", "missing-input", "bad-input-value"].flatMap((id) => findRule(id) ?? []);

/**
 * What bumps would break: findings that there are with the new manifests, and not with the old ones, at their TypeScript lines.
 *
 * @param interfaces the new manifests, by ref as sources write it now
 */
export function findBreaks(
  compiled: CompiledSources,
  interfaces: ReadonlyMap<string, ActionInterface>,
): readonly Finding[] {
  const { files, locked, load, config, configFile } = compiled;
  const findWith = (known: KnownActions) => {
    const context = ruleContext({ actionsOf: () => known, lock: locked.lock });
    return checkFiles(files, { context, config, configFile, positions: load, rules: INPUT_RULES });
  };
  const keyOf = ({ ruleId, message, span }: Finding) => JSON.stringify([ruleId, message, span]);
  const before = new Set(findWith(locked.known).map(keyOf));
  const given = new Map([...(locked.known.given ?? []), ...interfaces]);
  return sortFindings(findWith({ ...locked.known, given }).filter((finding) => !before.has(keyOf(finding))));
}

/** Newer versions, with all that is needed to take them over. */
export interface PlannedBumps {
  readonly bumps: readonly Bump[];
  /** As it was before. */
  readonly lock: Lock;
  /** Has the new commits and manifests, by their new refs. */
  readonly known: KnownActions;
}

/** The sources and the lock with bumps in them, as texts to be written. */
export async function placeBumps(
  compiled: CompiledSources,
  { bumps, lock, known }: PlannedBumps,
): Promise<readonly OutputFile[]> {
  const next = new Map(bumps.filter((bump) => bump.next !== bump.ref).map((bump) => [bump.ref, bump.next]));
  const texts = compiled.files.flatMap((file) => file.texts.filter(({ path }) => !/\.json$/.test(path)));
  const sources = await editRefs(new Map(texts.map((text) => [text.path, text])).values(), next);
  const kept = new Map([...lock.actions].filter(([ref]) => !next.has(ref)));
  for (const bump of bumps) {
    const before = lock.actions.get(bump.ref);
    if (before?.unpinned === "as imported") kept.set(bump.next, before);
  }
  const { lockText } = await refreshActions({
    refs: bumps.map((bump) => bump.next),
    // A repository is the same under its newer ref.
    lock: { ...withActions(lock, kept), repositories: lock.repositories },
    ...known,
  });
  return [...sources, { path: LOCK_FILE, text: lockText }];
}

/** Sources that still use a ref that was to be written anew: it is put together from pieces, and a person must do it. */
export function findLeft(compiled: CompiledSources, { bumps }: PlannedBumps): readonly Finding[] {
  const next = new Map(bumps.filter((bump) => bump.next !== bump.ref).map((bump) => [bump.ref, bump.next]));
  return compiled.converted.flatMap(({ node, source }) =>
    findUses(node).flatMap(({ ref, scalar, path }) => {
      const wanted = next.get(ref);
      if (wanted === undefined) return [];
      const message = `${ref} is put together from pieces here, so nothing can write ${wanted} for you: do it by hand, and run the command again`;
      return [placeFinding({ severity: "error", message, at: scalar, path }, "definition", source.file, compiled.load)];
    }),
  );
}
