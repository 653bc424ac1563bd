import type { Config } from "../../define/define-config.ts";
import { isGenerated } from "../../emit/header.ts";
import { yamlEdits } from "../../fix/yaml-edits.ts";
import { locate } from "../../ir/span.ts";
import { applyIgnores } from "../../report/apply-ignores.ts";
import type { Finding } from "../../report/finding.ts";
import { findIgnores, type Ignore } from "../../report/find-ignores.ts";
import { ALL_RULES, findRule, USUAL_RULES } from "../../rules/all-rules.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import type { Rule } from "../../rules/define-rule.ts";
import type { RuleContext } from "../../rules/rule-context.ts";
import { isOff, runRules, severityOf, type FoundProblem, type RuleSettings } from "../../rules/run-rules.ts";
import { findConfigIgnores } from "../config/find-config-ignores.ts";
import { placeFinding, type Positions } from "./findings.ts";

export interface CheckOptions {
  readonly context: RuleContext;
  readonly config?: Config | undefined;
  /** Where the config lies. */
  readonly configFile?: string | undefined;
  /** Leads to TypeScript; not needed for YAML. */
  readonly positions?: Positions | undefined;
  readonly rules?: readonly Rule[] | undefined;
}

/** All that the rules find in files, less what is ignored with a reason, plus what is wrong with the ignores. */
export function checkFiles(files: readonly CheckedFile[], options: CheckOptions): readonly Finding[] {
  const { context, config = {}, configFile = "flowkeep.config.ts", positions, rules = USUAL_RULES } = options;
  const settings = config.rules ?? {};
  const origins = new Map<Finding, FoundProblem>();
  for (const problem of runRules(rules, files, context, settings))
    origins.set(withEdits(placeFinding(problem, problem.rule.id, problem.file.path, positions), problem), problem);
  const ignores = [...files.flatMap(ignoresOf), ...findConfigIgnores(config, configFile)];
  const lookedAt = new Set(files.map(({ path }) => path));
  const shown = applyIgnores([...origins.keys()], ignores, ruleNames(rules, settings), lookedAt);
  return applySettings(sayOnce(sayWhereItIs(shown, origins), origins), settings);
}

/** What is wrong with a push of a called workflow is found there, and again from each that calls it, who can mend nothing. */
function sayWhereItIs(findings: readonly Finding[], origins: ReadonlyMap<Finding, FoundProblem>): readonly Finding[] {
  const isOwn = (finding: Finding): boolean =>
    origins.get(finding)?.file.texts.some(({ path }) => path === finding.span?.file) === true;
  const placeOf = ({ ruleId, severity, span }: Finding): string => JSON.stringify([ruleId, severity, span]);
  const said = new Set(findings.filter(isOwn).map(placeOf));
  return findings.filter((finding) => isOwn(finding) || !said.has(placeOf(finding)));
}

/** In YAML the first way to mend it can be told as edits; what is generated is mended in its source. */
function withEdits(finding: Finding, { file: { kind, node }, mends: [mend] = [] }: FoundProblem): Finding {
  const source = node?.span?.file;
  if (mend === undefined || kind !== "read" || node === undefined || source === undefined || isGenerated(source.text))
    return finding;
  const planned = yamlEdits(node, mend.change);
  if (planned.kind === "refused") return finding;
  const edits = planned.edits.map(({ start, end, text }) => ({ span: locate({ file: source, start, end }), text }));
  return { ...finding, fixes: [...(finding.fixes ?? []), { description: mend.description, edits }] };
}

function ignoresOf({ texts, node, kind }: CheckedFile): readonly Ignore[] {
  return texts.flatMap((text) => findIgnores(text, kind === "read" ? { kind: "yaml", node } : { kind: "source" }));
}

function ruleNames(rules: readonly Rule[], settings: RuleSettings) {
  const running = new Set(rules.filter((rule) => !isOff(rule, settings)).map(({ id }) => id));
  return {
    ids: ALL_RULES.map(({ id }) => id),
    canIgnore: (id: string) => {
      const rule = findRule(id);
      return rule?.check !== undefined && !rule.isBasic;
    },
    hasRun: (id: string) => running.has(id),
  };
}

/** What `isSaidOnce` becomes one finding at its first place. */
function sayOnce(findings: readonly Finding[], origins: ReadonlyMap<Finding, FoundProblem>): readonly Finding[] {
  const groups = new Map<unknown, Finding[]>();
  for (const finding of findings) {
    const origin = origins.get(finding);
    const key = origin?.rule.isSaidOnce ? `${origin.rule.id} ${origin.message}` : finding;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (first === undefined || more.length === 0) return first ?? [];
    return {
      ...first,
      message: `${first.message} (used in ${more.length + 1} places)`,
      fixes: joinFixes([first, ...more]),
    };
  });
}

/** One fix that mends all places; none where one of them has none. */
function joinFixes(findings: readonly Finding[]): Finding["fixes"] {
  const fixes = findings.map(({ fixes }) => fixes?.[0]);
  const [first] = fixes;
  if (first === undefined || fixes.includes(undefined)) return [];
  return [{ description: first.description, edits: fixes.flatMap((fix) => fix?.edits ?? []) }];
}

/** For what rules without a check of their own have found; the others' severities are settled. */
export function applySettings(findings: readonly Finding[], settings: RuleSettings): readonly Finding[] {
  return findings.flatMap((finding) => {
    const rule = findRule(finding.ruleId);
    if (rule === undefined || rule.check !== undefined) return [finding];
    return isOff(rule, settings) ? [] : [{ ...finding, severity: severityOf(rule, settings, finding.severity) }];
  });
}
