import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { addActions } from "../../src/actions/add-actions.ts";
import { openCatalog } from "../../src/actions/catalog.ts";
import { emptyLock } from "../../src/actions/lock.ts";
import { TSCONFIG } from "../../src/cli/setup/init-files.ts";
import { withoutHeader } from "../../src/emit/header.ts";
import { generate } from "../../src/pipeline.ts";
import { BINDINGS_FILE } from "../../src/project/project.ts";
import type { Finding } from "../../src/report/finding.ts";
import type { Diagnostic } from "../define/types/run-tsc.ts";
import { withProject } from "../end-to-end/compile-project.ts";
import { typeCheck } from "../end-to-end/type-check.ts";
import type { Sample } from "./samples.ts";

/** What becomes of a sample. */
export interface CompiledSample {
  readonly sample: Sample;
  /** Without the header; undefined where `gen` refuses it, or where it is no workflow and no action. */
  readonly yaml: string | undefined;
  /** Where the YAML would lie. */
  readonly output: string;
  readonly findings: readonly Finding[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles all samples: with the compiler all at once, and with `gen` those below one heading together. */
export async function compileSamples(samples: readonly Sample[]): Promise<readonly CompiledSample[]> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "flowkeep-docs-")));
  try {
    await writeSamples(folder, samples);
    const diagnostics = await typeCheck(folder, tsconfig(), { [BINDINGS_FILE]: await bindings(samples) });
    const strays = diagnostics.filter(({ file }) => samples.every((sample) => pathOf(sample) !== file));
    if (strays.length > 0) throw new Error(`not in a sample: ${strays.map(({ message }) => message).join("\n")}`);
    const generated = await generateSamples(folder, samples);
    return generated.map((each) => ({
      ...each,
      diagnostics: diagnostics.filter(({ file }) => file === pathOf(each.sample)),
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** From the folder in which all samples lie. */
function pathOf({ project, file }: Sample): string {
  return `${project}/${file}`;
}

async function writeSamples(folder: string, samples: readonly Sample[]): Promise<void> {
  const paths = new Set<string>();
  for (const sample of samples) {
    const path = pathOf(sample);
    if (paths.has(path))
      throw new Error(`${sample.page}:${sample.line}: two samples below one heading are ${sample.file}`);
    paths.add(path);
    await write(folder, path, sample.source);
    if (sample.shows === "config") await write(folder, `${sample.project}/workflows-src/ci.ts`, SOMETHING);
    for (const [, action] of sample.source.matchAll(/"[.$]\/(\.github\/actions\/[\w-]+)"/g))
      await write(folder, `${sample.project}/${action}/action.yml`, ACTION);
  }
}

/** A project needs a workflow. */
const SOMETHING = `import { job, run, workflow } from "flowkeep";
export default workflow({ on: "push", jobs: { a: job({ "runs-on": "x", steps: [run({ run: "make" })] }) } });
`;

/** An action that a sample uses by its path is there. */
const ACTION = "name: a\ndescription: b\nruns:\n  using: composite\n  steps:\n    - run: make\n      shell: bash\n";

async function write(folder: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

function tsconfig(): object {
  return { ...(JSON.parse(TSCONFIG) as object), include: ["."] };
}

/** The types of every action that a sample names and the catalogue knows. */
async function bindings(samples: readonly Sample[]): Promise<string> {
  const named = samples.flatMap(({ source }) => [...source.matchAll(/\buses(?:\(|: )"([\w.-]+\/[^"]+@[^"]+)"/g)]);
  const catalog = await openCatalog();
  const refs = [...new Set(named.map(([, ref = ""]) => ref))].filter((ref) => !ref.includes("/.github/workflows/"));
  const known: string[] = [];
  for (const ref of refs)
    if ((await addActions({ refs: [ref], lock: emptyLock, catalog })).kind === "added") known.push(ref);
  const added = await addActions({ refs: known, lock: emptyLock, catalog });
  if (added.kind !== "added") throw new Error("an action that is known alone is unknown among others");
  return added.bindingsText;
}

type GeneratedSample = Omit<CompiledSample, "diagnostics">;

async function generateSamples(folder: string, samples: readonly Sample[]): Promise<readonly GeneratedSample[]> {
  const generated: GeneratedSample[] = [];
  await withProject(folder, async (project) => {
    for (const name of new Set(samples.map((sample) => sample.project))) {
      const { files, findings } = await generate({ ...project, root: join(project.root, name) });
      for (const sample of samples.filter((each) => each.project === name)) {
        const output = outputOf(sample);
        const text = files.find(({ path }) => path === output)?.text;
        const own = findings.filter(({ span }) => span?.file === sample.file);
        generated.push({ sample, output, yaml: text && withoutHeader(text), findings: own });
      }
    }
  });
  return generated;
}

function outputOf({ file }: Sample): string {
  const name = file.slice(file.lastIndexOf("/") + 1, -".ts".length);
  const isAction = file.startsWith("workflows-src/actions/");
  return isAction ? `.github/actions/${name}/action.yml` : `.github/workflows/${name}.yml`;
}
