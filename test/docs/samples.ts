import { ts } from "ts-morph";
import * as flowkeep from "../../src/index.ts";
import { blocksOf, readPage, type Block } from "./markdown.ts";

/**
 * A TypeScript fence of a page, as a source that can be compiled.
 *
 * A fence with an `export default` is a whole source. Any other is a fragment: steps, jobs, or what else a builder returns; a
 * source is made around it. HTML comments, which readers do not see, say more. Above the fence:
 *
 * - `file: workflows-src/release.ts`: its name, for other sources below the same heading that import it; also makes a source of
 *   a fence without a default export;
 * - `given: …`: statements that a fragment rests on.
 *
 * Above a text fence or a quotation further down, up to the next sample:
 *
 * - `says: types gen`: the sample is refused, by these, with this sentence; `// ✗` in the sample marks the line;
 * - `without: …`: the sentence of both where this text of the sample is left out.
 */
export interface Sample {
  readonly page: string;
  /** Of the fence, or of the quotation that changes it. */
  readonly line: number;
  /** From the folder that holds the samples of one heading: `workflows-src/release.ts`. */
  readonly file: string;
  /** The folder, the same for all samples below a heading; one that is refused has its own. */
  readonly project: string;
  readonly source: string;
  /** What the fence is: a whole file, steps, jobs, or the inside of one job. */
  readonly shows: "file" | "steps" | "jobs" | "job" | "module" | "config";
  /** The YAML fence that follows. */
  readonly yaml: string | undefined;
  /** None: it is a good sample. */
  readonly refusals: readonly Refusal[];
}

interface Refusal {
  readonly by: readonly string[];
  readonly sentence: string;
}

type Fence = Extract<Block, { readonly kind: "fence" }>;

export function samplesIn(page: string): readonly Sample[] {
  const samples: Sample[] = [];
  let section = 0;
  let notes: string[] = [];
  const blocks = blocksOf(readPage(page));
  blocks.forEach((block, at) => {
    if (block.kind === "note") {
      notes.push(block.text);
      return;
    }
    if (block.kind === "heading") section = block.line;
    // Bindings are no source; actions-page.test.ts compares them.
    if (block.kind === "fence" && block.language === "ts" && noteOf(notes, "bindings") === undefined) {
      const next = blocks.slice(at + 1).find(({ kind }) => kind !== "note");
      const yaml = next?.kind === "fence" && next.language === "yaml" ? next.text : undefined;
      samples.push({
        page,
        line: block.line,
        project: projectOf(page, section),
        yaml,
        refusals: [],
        ...read(block, notes),
      });
    }
    const by = noteOf(notes, "says");
    const without = noteOf(notes, "without");
    const last = samples.at(-1);
    if (by !== undefined || without !== undefined) {
      if (last === undefined || (block.kind !== "fence" && block.kind !== "quote"))
        throw new Error(`${page}:${block.line}: no sample above, or no sentence below the note`);
      const sentence = block.text;
      if (by !== undefined) samples.splice(-1, 1, withRefusal(last, { by: by.split(" "), sentence }));
      if (without !== undefined) samples.splice(-1, 0, withoutPart(last, without, block.line, sentence));
    }
    notes = [];
  });
  return samples;
}

function projectOf(page: string, section: number): string {
  return `${page.replace(/\W/g, "-")}-${section}`;
}

function withRefusal(sample: Sample, refusal: Refusal): Sample {
  const { project, line, refusals } = sample;
  return { ...sample, project: refusals.length > 0 ? project : `${project}-${line}`, refusals: [...refusals, refusal] };
}

function withoutPart(sample: Sample, part: string, line: number, sentence: string): Sample {
  const { page, file, source } = sample;
  if (!source.includes(part)) throw new Error(`${page}:${line}: the sample above has no ${part}`);
  const changed = { ...sample, line, file: file.replace(/\.ts$/, `-${line}.ts`), source: source.replace(part, "") };
  return withRefusal({ ...changed, yaml: undefined }, { by: ["types", "gen"], sentence });
}

function read({ line, text }: Fence, notes: readonly string[]): Pick<Sample, "file" | "source" | "shows"> {
  if (/\bdefineConfig\(/.test(text)) return { file: "flowkeep.config.ts", source: text, shows: "config" };
  const { statements } = ts.createSourceFile("sample.ts", text, ts.ScriptTarget.Latest);
  const isWhole = statements.some(ts.isExportAssignment);
  const named = noteOf(notes, "file");
  if (isWhole || named !== undefined) {
    return { file: named ?? `workflows-src/sample-${line}.ts`, source: text, shows: isWhole ? "file" : "module" };
  }
  const { source, shows, folder } = wrapFragment(text, noteOf(notes, "given") ?? "");
  return { file: `${folder}/sample-${line}.ts`, source, shows };
}

/** What a note says behind its name and a colon. */
export function noteOf(notes: readonly string[], name: string): string | undefined {
  return notes
    .find((note) => note.startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim();
}

type Wrapped = Pick<Sample, "source" | "shows"> & { readonly folder: string };

/** A source around statements: its steps in one job, its jobs in one workflow. Values that are neither are only declared. */
function wrapFragment(text: string, given: string): Wrapped {
  const file = ts.createSourceFile("fragment.ts", text, ts.ScriptTarget.Latest, true);
  const lines: string[] = [];
  const values: { readonly builder: string; readonly name: string; readonly declared: boolean }[] = [];
  for (const statement of file.statements) {
    const code = text.slice(statement.getFullStart(), statement.end);
    if (ts.isExpressionStatement(statement)) {
      const name = `value${values.length}`;
      const leading = text.slice(statement.getFullStart(), statement.getStart());
      lines.push(`${leading}const ${name} = ${text.slice(statement.getStart(), statement.end)}`);
      values.push({ builder: builderOf(statement.expression), name, declared: false });
      continue;
    }
    lines.push(code);
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations)
      if (initializer) values.push({ builder: builderOf(initializer), name: name.getText(), declared: true });
  }
  const of = (...builders: string[]) => values.filter(({ builder }) => builders.includes(builder));
  const [whole] = of("workflow", "action");
  const jobs = of("job");
  const head = imports(`${given}\n${text}`);
  const body = `${given}\n${lines.join("")}\n`;
  if (whole !== undefined) {
    const folder = whole.builder === "action" ? "workflows-src/actions" : "workflows-src";
    return { source: `${head}${body}export default ${whole.name};\n`, shows: "file", folder };
  }
  const shows = jobs.length === 0 ? "steps" : jobs.length === 1 && jobs[0]?.declared === false ? "job" : "jobs";
  const steps = of("uses", "run", "push").map(({ name }) => name);
  // A step alone says nothing of what stands before it: on such a runner a repository may be there.
  const runner = steps.length === 1 ? "self-hosted" : "ubuntu-latest";
  const listed =
    jobs.length > 0
      ? jobs.map(({ name }) => name).join(", ")
      : `sample: job({ "runs-on": "${runner}", steps: [${steps.join(", ")}] })`;
  const others = /\b(?:const|let) (?=\w+ = job\()/.test(given) ? `...{ ${jobNames(given).join(", ")} }, ` : "";
  const source = `${head}${body}export default workflow({ on: { workflow_dispatch: {} }, jobs: { ${others}${listed} } });\n`;
  return { source, shows, folder: "workflows-src" };
}

/** `comment("…", run({…}))` is a step too. */
function builderOf(expression: ts.Expression): string {
  if (!ts.isCallExpression(expression)) return "";
  const name = expression.expression.getText();
  const last = expression.arguments.at(-1);
  return name.startsWith("comment") && last !== undefined ? builderOf(last) : name;
}

function jobNames(given: string): readonly string[] {
  return [...given.matchAll(/const (\w+) = job\(/g)].map(([, name = ""]) => name);
}

/** What a fragment uses of flowkeep, which it leaves to the reader to import. */
function imports(code: string): string {
  const declared = new Set([...code.matchAll(/^(?:const|let|function) (\w+)/gm)].map(([, name]) => name));
  const names = Object.keys(flowkeep).filter(
    (name) => !declared.has(name) && (new RegExp(`\\b${name}\\b`).test(code) || ["job", "workflow"].includes(name)),
  );
  return `import { ${names.join(", ")} } from "flowkeep";\n`;
}

/** The part of the YAML that a fragment is about, as far to the left as it goes. */
export function shownOf({ shows, yaml: shown = "" }: Sample, yaml: string): string {
  const after = (text: string, ...lines: readonly string[]): string =>
    lines.reduce((rest, line) => rest.slice(rest.indexOf(`\n${line}\n`) + line.length + 2), `\n${text}`);
  switch (shows) {
    case "steps":
      return after(yaml, "  sample:", "    steps:").replace(/^ {6}/gm, "");
    case "job":
      return after(yaml, "  value0:").replace(/^ {4}/gm, "");
    case "jobs":
      return shown.startsWith("jobs:") ? `jobs:\n${after(yaml, "jobs:")}` : after(yaml, "jobs:").replace(/^ {2}/gm, "");
    default:
      return yaml.trimStart();
  }
}
