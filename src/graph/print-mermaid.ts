import { replaceInvalid } from "./escape.ts";
import type { GraphJob, GraphModel, GraphWorkflow } from "./graph-model.ts";

/** A flowchart for READMEs: each workflow a subgraph. Source: mermaid.js.org/syntax/flowchart */
export function printMermaid({ workflows }: GraphModel): string {
  const lines = workflows.flatMap((workflow, at) => printWorkflow(workflow, `w${at}`));
  const calls = workflows.flatMap((workflow, at) =>
    workflow.jobs.flatMap(({ calls: call }, job) => {
      const called = workflows.findIndex(({ id }) => id === call?.workflow);
      return called < 0 ? [] : [`  w${at}j${job} -. calls .-> w${called}`];
    }),
  );
  return `${["flowchart LR", ...lines, ...calls].join("\n")}\n`;
}

function printWorkflow(workflow: GraphWorkflow, id: string): readonly string[] {
  const ids = new Map(workflow.jobs.map((job, at) => [job.id, `${id}j${at}`]));
  const triggers = workflow.triggers.map(({ event }) => event).join("\n");
  const lines = [`  subgraph ${id}[${quote(workflow.name)}]`];
  if (triggers !== "") lines.push(`    ${id}on([${quote(triggers)}])`);
  for (const job of workflow.jobs) lines.push(`    ${ids.get(job.id) ?? ""}[${quote(labelOf(job))}]`);
  for (const job of workflow.jobs) {
    const own = ids.get(job.id) ?? "";
    const needs = job.needs.map((need) => ids.get(need)).filter((need) => need !== undefined);
    for (const need of needs) lines.push(`    ${need} --> ${own}`);
    if (needs.length === 0 && triggers !== "") lines.push(`    ${id}on --> ${own}`);
  }
  lines.push("  end");
  return lines;
}

function labelOf(job: GraphJob): string {
  const pushes = [...job.pushes, ...job.steps.flatMap((step) => step.pushes)];
  const said = pushes.map(({ seen, meant, isWrong }) =>
    isWrong && meant !== undefined
      ? `push: GitHub sees ${seen.text}, not ${meant.text}`
      : `push: GitHub sees ${seen.text}`,
  );
  return [job.name, ...new Set(said)].join("\n");
}

/** In quotes, Mermaid takes characters by number: `#34;`. Line breaks are `<br>` to it. */
function quote(text: string): string {
  const safe = replaceInvalid(text).replace(
    /[^\p{L}\p{N} ,.:()/_@'\n-]/gu,
    (character) => `#${character.codePointAt(0) ?? 63};`,
  );
  return `"${safe.replaceAll("\n", "<br>")}"`;
}
