import type { CompiledSources } from "../sources/compile-sources.ts";
import { compileSources } from "../sources/compile-sources.ts";
import { fixText, type Fixed, type Judged } from "../../fix/fix-text.ts";
import { scriptEdits } from "../../fix/script-edits.ts";
import { sourceEdits } from "../../fix/source-edits.ts";
import type { SourcePlace } from "../../fix/source-tree.ts";
import { refused, type Planned, type Refused } from "../../fix/text-edit.ts";
import type { FileNode } from "../../ir/any-node.ts";
import { firstDifference } from "../../ir/compare.ts";
import type { Origin } from "../../ir/origin.ts";
import { visitParts } from "../../ir/parts.ts";
import { sourceFile } from "../../ir/span.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import type { Change } from "../../rules/mend.ts";
import { ruleContext } from "../../rules/rule-context.ts";
import { placeFiles } from "../sources/adopt-imports.ts";
import { checkFiles } from "./check-files.ts";
import type { FilesToCheck } from "./files-to-check.ts";
import { ownFiles } from "./own-files.ts";
import type { Project } from "../project.ts";
import { pushAnalysis, type PushAnalysis } from "../pushes/push-analysis.ts";
import { keepLayout } from "../sources/source-layout.ts";

/**
 * Mends one source. To see what a fix comes to, the sources are compiled with it in its place; then the text that was there is put
 * back, whatever happens.
 */
export async function fixSource(
  project: Project,
  to: FilesToCheck & { readonly compiled: CompiledSources; readonly analyse: () => Promise<PushAnalysis> },
  file: CheckedFile,
): Promise<Fixed | undefined> {
  const text = file.texts.find(({ path }) => path === file.path)?.text;
  if (file.node === undefined || text === undefined) return undefined;
  const start = await judge(project, to, { compiled: to.compiled, analysis: await to.analyse() }, file.path, text);
  if (typeof start === "string" || start.mendables.length === 0) return undefined;
  // Places are those of the sources as they were compiled, and what is tried may be taken back.
  const compiledOf = new Map<Judged, CompiledSources>([[start, to.compiled]]);
  const fixed = await fixText(start, {
    plan: (judged, change) => plan(judged, change, compiledOf.get(judged) ?? to.compiled, file.path),
    judge: async (now) => {
      const putBack = placeFiles(project.root, [{ path: file.path, text: now }]);
      try {
        const next = await compileSources(project);
        const [error] = next.errors;
        if (error !== undefined) return `the sources would not compile: ${error.message}`;
        const other = differenceInOthers(to.compiled, next, file.path);
        if (other !== undefined) return other;
        const analysis = await pushAnalysis(project, next, to.configured);
        const judged = await judge(project, to, { compiled: next, analysis }, file.path, now);
        if (typeof judged !== "string") compiledOf.set(judged, next);
        return judged;
      } finally {
        putBack();
      }
    },
  });
  return fixed.text === text ? fixed : { ...fixed, text: await keepLayout(project.root, file.path, text, fixed.text) };
}

async function judge(
  project: Project,
  { configured, isWanted }: FilesToCheck,
  { compiled, analysis }: { readonly compiled: CompiledSources; readonly analysis: PushAnalysis },
  path: string,
  text: string,
): Promise<Judged | string> {
  const file = compiled.files.find((each) => each.path === path);
  if (file?.node === undefined) return "it would define nothing any more";
  const context = ruleContext({
    ...analysis.forRules,
    actionsOf: () => compiled.locked.known,
    lock: compiled.locked.lock,
    own: ownFiles(project.root, compiled),
  });
  const { config, configFile } = configured;
  const findings = checkFiles([file], { context, config, configFile, positions: compiled.load });
  const all = compiled.files.filter(({ node }) => node !== undefined).map((each) => analysis.traced(each));
  return {
    text,
    node: file.node,
    verdicts: { pushes: all.flatMap(({ pushes }) => pushes), reads: all.flatMap(({ reads }) => reads) },
    mendables: findings.flatMap(({ ruleId, span, mends = [] }) =>
      mends.length === 0 || span === undefined || !isWanted(span.file) ? [] : [{ ruleId, span, mends }],
    ),
  };
}

/** A helper that several workflows use is none of one workflow's. */
function differenceInOthers(before: CompiledSources, after: CompiledSources, path: string): string | undefined {
  for (const { path: other, node } of before.files) {
    const now = after.files.find((each) => each.path === other)?.node;
    if (other === path || node === undefined) continue;
    if (now === undefined || firstDifference(node, now) !== undefined) return `${other} would change, too`;
  }
  return undefined;
}

/** How many steps a builder's call has made. */
function stepsOf(node: FileNode, { call }: Origin): number {
  let count = 0;
  visitParts(node, (part) => {
    if (part.kind === "uses-step" && call !== undefined && part.origin?.call === call) count++;
  });
  return count;
}

async function plan(judged: Judged, change: Change, { load }: CompiledSources, path: string): Promise<Planned> {
  switch (change.kind) {
    case "set-input": {
      const { origin } = change.step;
      if (origin === undefined) return refused("it has no place");
      const planned = await set(origin, ["with", change.name], JSON.stringify(change.value));
      const sharing = stepsOf(judged.node, origin);
      const obstacle =
        sharing > 1
          ? `${sharing} steps are made here, and not all of them can be changed: write this one out`
          : undefined;
      return planned.kind === "refused" ? planned : { ...planned, obstacle };
    }
    case "set-permission": {
      if (judged.node.kind !== "workflow") return refused("an action has no permissions");
      const job = judged.node.jobs?.entries.find(({ key }) => key.text === change.job)?.value;
      const isOwn = job?.permissions !== undefined;
      const holder = isOwn ? job : judged.node;
      if (!isOwn && (judged.node.jobs?.entries.length ?? 0) > 1)
        return refused("the workflow's permissions are those of all its jobs");
      return holder?.origin === undefined
        ? refused("it has no place")
        : set(holder.origin, ["permissions", change.scope], JSON.stringify(change.level));
    }
    case "insert-in-command": {
      const { origin } = change.step;
      const found = origin === undefined ? refused("it has no place") : placeOf(origin);
      return found.kind === "refused" ? found : scriptEdits(judged.text, { ...found, ...change });
    }
    case "insert-in-script":
    case "replace":
      return refused("what a source says is not edited here");
  }

  async function set(origin: Origin, keys: readonly string[], value: string): Promise<Planned> {
    const found = placeOf(origin);
    return found.kind === "refused" ? found : sourceEdits(judged.text, { ...found, keys, value });
  }

  function placeOf({ call, path: node }: Origin): ({ readonly kind: "place" } & SourcePlace) | Refused {
    const captured = call?.place();
    const place = captured && load.mapPlace(captured);
    if (call === undefined || place === undefined) return refused("nobody knows where it is defined");
    if (place.file !== path) return refused(`it is defined in ${place.file}: mend it there`);
    const lineStart = sourceFile(path, judged.text).lineStarts()[place.line - 1];
    if (lineStart === undefined) return refused("nobody knows where it is defined");
    const offset = lineStart + place.column - 1;
    return { kind: "place", builder: call.builder, offset, path: node };
  }
}
