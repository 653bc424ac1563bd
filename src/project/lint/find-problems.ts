import type { Config } from "../../define/define-config.ts";
import { isGenerated } from "../../emit/header.ts";
import { yamlEdits } from "../../fix/yaml-edits.ts";
import { locate } from "../../ir/span.ts";
import type { Finding } from "../../report/finding.ts";
import { USUAL_RULES } from "../../rules/all-rules.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import type { Rule } from "../../rules/define-rule.ts";
import type { RuleContext } from "../../rules/rule-context.ts";
import { runRules, type FoundProblem } from "../../rules/run-rules.ts";
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

/** What a rule has found in a file, before anybody asks whether it is ignored. */
export interface FoundInFile {
  readonly finding: Finding;
  /** Of a rule that says each thing once: what it says. */
  readonly said?: string | undefined;
}

/** All that rules find in a file. */
export function findProblems(
  file: CheckedFile,
  { context, config = {}, positions, rules = USUAL_RULES }: CheckOptions,
): readonly FoundInFile[] {
  return runRules(rules, [file], context, config.rules ?? {}).map((problem) => {
    const finding = withEdits(placeFinding(problem, problem.rule.id, file.path, positions), problem);
    return problem.rule.isSaidOnce ? { finding, said: `${problem.rule.id} ${problem.message}` } : { finding };
  });
}

/** In YAML the first way to mend it can be told as edits; what is generated is mended in its source. */
function withEdits(finding: Finding, { file: { kind, node }, mends: [mend] = [] }: FoundProblem): Finding {
  const source = node?.span?.file;
  if (
    mend === undefined ||
    mend.doubt !== undefined ||
    kind !== "read" ||
    node === undefined ||
    source === undefined ||
    isGenerated(source.text)
  )
    return finding;
  const planned = yamlEdits(node, mend.change);
  if (planned.kind === "refused") return finding;
  const edits = planned.edits.map(({ start, end, text }) => ({ span: locate({ file: source, start, end }), text }));
  return { ...finding, fixes: [...(finding.fixes ?? []), { description: mend.description, edits }] };
}
