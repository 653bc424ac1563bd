import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { PushVerdict } from "../../src/credentials/verdicts.ts";
import { yamlToCheck } from "../../src/project/lint/check-yaml.ts";
import { findYaml } from "../../src/project/find-yaml.ts";
import { fixProject, type FixedProject } from "../../src/project/lint/fix-project.ts";
import type { Project } from "../../src/project/project.ts";
import { pushAnalysis } from "../../src/project/pushes/push-analysis.ts";
import { printDiff } from "../../src/report/print-diff.ts";

/** Mends each repository of a folder, and looks at all its pushes before and after. @returns 1 where a fix did harm */
export async function main(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { diff: { type: "boolean", default: false }, refused: { type: "boolean", default: false } },
  });
  const folder = positionals[0] ?? join(root, "../shared/data/corpus");
  const scratch = mkdtempSync(join(tmpdir(), "flowkeep-fix-corpus-"));
  const totals = { repositories: 0, files: 0, applied: 0, refused: 0, meant: 0 };
  const byRule = new Map<string, number>();
  const harm: string[] = [];
  try {
    for (const name of readdirSync(folder).sort()) {
      if (!statSync(join(folder, name)).isDirectory()) continue;
      const project: Project = {
        root: join(folder, name),
        flowkeep: pathToFileURL(join(root, "dist/index.js")),
        scratch,
      };
      const fixed = await fixProject(project, { paths: [""], mayRun: false });
      totals.repositories++;
      totals.files += fixed.files.length;
      totals.applied += fixed.applied.length;
      totals.refused += fixed.refused.length;
      for (const { ruleId } of fixed.applied) byRule.set(ruleId, (byRule.get(ruleId) ?? 0) + 1);
      if (values.diff)
        for (const { path, before, text } of fixed.files) console.log(printDiff(`${name}/${path}`, before, text));
      if (values.refused)
        for (const { file, span, description, reason } of fixed.refused)
          console.log(`${name}/${file}:${span?.startLine ?? ""} ${description}: ${reason}`);
      const found = await compare(project, fixed);
      totals.meant += found.meant;
      harm.push(...found.harm.map((line) => `${name}/${line}`));
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.log(
    `${totals.applied} fixes in ${totals.files} files of ${totals.repositories} repositories; ${totals.refused} not made`,
  );
  for (const [rule, count] of [...byRule].sort((a, b) => b[1] - a[1])) console.log(`  ${rule} ${count}`);
  console.log(`pushes that come out as meant now: ${totals.meant}; that come out otherwise, unmeant: ${harm.length}`);
  for (const line of harm) console.log(`  ${line}`);
  return harm.length > 0 ? 1 : 0;
}

const BROKEN = ["hijacked", "other-identity", "no-credential", "duplicate-header"];
const GOOD = ["as-intended", "undeclared"];

/** Every push of a repository before and after, by itself: the fixes' own judgement plays no part. */
async function compare(project: Project, { files }: FixedProject): Promise<{ meant: number; harm: readonly string[] }> {
  if (files.length === 0) return { meant: 0, harm: [] };
  const mended = new Map(files.map(({ path, text }) => [path, text]));
  const yaml = findYaml(project.root, [""]);
  const before = yamlToCheck(yaml).files;
  const after = yamlToCheck(
    yaml.map((file) => (file.kind === "text" ? { ...file, text: mended.get(file.path) ?? file.text } : file)),
  ).files;
  const [old, now] = [await pushAnalysis(project), await pushAnalysis(project, undefined, undefined, mended)];
  const harm: string[] = [];
  let meant = 0;
  for (const [at, file] of before.entries()) {
    const other = after[at];
    if (other?.node === undefined && file.node !== undefined) harm.push(`${file.path}: it cannot be read any more`);
    if (other === undefined) continue;
    const [was, is] = [old.traced(file).pushes, now.traced(other).pushes];
    if (was.length !== is.length) harm.push(`${file.path}: ${was.length} pushes are ${is.length}`);
    for (const [index, push] of was.entries()) {
      const next = is[index];
      if (next === undefined || same(push) === same(next)) continue;
      if (BROKEN.includes(push.verdict) && GOOD.includes(next.verdict)) meant++;
      else harm.push(`${file.path}:${push.span?.startLine ?? ""} ${same(push)} is ${same(next)}`);
    }
  }
  return { meant, harm };
}

function same({ identity, intended, verdict, alternatives }: PushVerdict): string {
  return JSON.stringify([verdict, identity, intended, alternatives]);
}
