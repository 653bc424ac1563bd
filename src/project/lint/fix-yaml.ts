import { emptyLock } from "../../actions/lock.ts";
import { sourceOf } from "../../emit/header.ts";
import { fixText, type Fixed, type Judged } from "../../fix/fix-text.ts";
import type { Verdicts } from "../../fix/compare-verdicts.ts";
import { refused } from "../../fix/text-edit.ts";
import { yamlEdits } from "../../fix/yaml-edits.ts";
import type { FileNode } from "../../ir/any-node.ts";
import { readFile } from "../../read/read-file.ts";
import { readFileToCheck, type CheckedFile } from "../../rules/checked-file.ts";
import type { Change } from "../../rules/mend.ts";
import { ruleContext } from "../../rules/rule-context.ts";
import { checkFiles } from "./check-files.ts";
import { actionsOfYaml, yamlToCheck } from "./check-yaml.ts";
import type { FilesToCheck } from "./files-to-check.ts";
import { findYaml } from "../find-yaml.ts";
import { ownFiles } from "./own-files.ts";
import type { Project } from "../project.ts";
import { pushAnalysis } from "../pushes/push-analysis.ts";
import { repositoryOf } from "../repository-files.ts";

/**
 * Mends one YAML file in memory.
 *
 * @param mended what was made of other files before, by path: later files are judged beside it
 */
export async function fixYaml(
  project: Project,
  to: FilesToCheck,
  file: CheckedFile,
  mended: ReadonlyMap<string, string>,
): Promise<Fixed | undefined> {
  const text = file.node?.span?.file.text;
  if (file.node === undefined || text === undefined) return undefined;
  const callers = isCalled(file.node) ? await callersOf(project, file, mended) : [];
  const errors = countErrors(file);
  const judgeFile = async (checked: CheckedFile, node: FileNode, now: string): Promise<Judged> =>
    judge(project, to, { checked, node, text: now, callers, mended: new Map([...mended, [file.path, now]]) });
  const start = await judgeFile(file, file.node, text);
  if (start.mendables.length === 0) return undefined;
  const source = sourceOf(text);
  return fixText(start, {
    plan: ({ node }, change) =>
      source === undefined ? yamlEdits(node, change) : refused(`the file is generated: mend ${source}, and run gen`),
    judge: async (now) => {
      const checked = readFileToCheck(readFile(file.path, now));
      if (checked.node === undefined || countErrors(checked) > errors) return "the file could not be read any more";
      return judgeFile(checked, checked.node, now);
    },
  });
}

function countErrors({ problems }: CheckedFile): number {
  return problems.filter(({ severity }) => severity === "error").length;
}

interface ToJudge {
  readonly checked: CheckedFile;
  readonly node: FileNode;
  readonly text: string;
  readonly callers: readonly CheckedFile[];
  readonly mended: ReadonlyMap<string, string>;
}

async function judge(project: Project, to: FilesToCheck, of: ToJudge): Promise<Judged> {
  const { checked, node, text, callers, mended } = of;
  const { compiled, configured, isWanted } = to;
  const analysis = await pushAnalysis(project, compiled, configured, mended);
  const actionsOf = await actionsOfYaml(project.root, [checked]);
  const lock = compiled?.locked.lock ?? emptyLock;
  const context = ruleContext({ ...analysis.forRules, actionsOf, lock, own: ownFiles(project.root, compiled) });
  const { config, configFile } = configured;
  const findings = checkFiles([checked], { context, config, configFile });
  const all = [checked, ...callers].map((each) => analysis.traced(each));
  const verdicts: Verdicts = {
    pushes: all.flatMap(({ pushes }) => pushes),
    reads: all.flatMap(({ reads }) => reads),
  };
  const mendables = findings.flatMap(({ ruleId, span, mends = [] }) => {
    const here = mends.filter(({ change }) => fileOf(change, span?.file) === checked.path);
    return here.length === 0 || !isWanted(checked.path) ? [] : [{ ruleId, span, mends: here }];
  });
  return { text, node, verdicts, mendables };
}

/** Which file a change is made to: what is wrong in an action may be mended at the checkout of the job that uses it. */
function fileOf(change: Change, found: string | undefined): string | undefined {
  return change.kind === "set-input" ? (change.step.uses.span?.file.path ?? found) : found;
}

/** Whether others may use it: then what becomes of their pushes counts, too. */
function isCalled(node: FileNode): boolean {
  if (node.kind === "action-file") return true;
  if (node.on === undefined) return false;
  if (node.on.kind === "mapping") return node.on.entries.some(({ key }) => key.text === "workflow_call");
  const triggers = node.on.kind === "scalar" ? [node.on] : node.on.items;
  return triggers.some(({ text }) => text === "workflow_call");
}

/** The other files of its repository. */
async function callersOf(
  { root }: Project,
  { path }: CheckedFile,
  mended: ReadonlyMap<string, string>,
): Promise<readonly CheckedFile[]> {
  const folder = repositoryOf(root, path);
  const yaml = findYaml(root, folder === "" ? [] : [folder]);
  const now = yaml.map((file) => (file.kind === "text" ? { ...file, text: mended.get(file.path) ?? file.text } : file));
  return yamlToCheck(now).files.filter((each) => each.path !== path);
}
