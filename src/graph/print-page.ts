import { createHash } from "node:crypto";
import { escape, escapeJson } from "./escape.ts";
import type { GraphFinding, GraphJob, GraphModel, GraphPush, GraphWorkflow, Place } from "./graph-model.ts";
import type { Layout } from "./lay-out.ts";
import { printSvg, ARROW } from "./print-svg.ts";
import { packJson } from "./pack-json.ts";

export interface PageOptions {
  /** The bundled page/page.ts and page/page.css. */
  readonly script: string;
  readonly style: string;
  /** How a place becomes a link: `https://github.com/octo/app/blob/main/{file}#L{line}`; undefined: places are only said. */
  readonly link?: string | undefined;
}

/**
 * One page that needs nothing else: the pictures are made, the rest of the model lies in it as JSON and is shown when a job is
 * opened. What comes from workflows is text in it, and never markup or script; the page's policy allows its own script only.
 *
 * @param layouts of the model's workflows, in the same order
 */
export function printPage(model: GraphModel, layouts: readonly Layout[], { script, style, link }: PageOptions): string {
  const policy = `default-src 'none'; script-src '${digest(script)}'; style-src '${digest(style)}'; base-uri 'none'; form-action 'none'`;
  const pushes = model.workflows
    .flatMap((workflow) => workflow.jobs.flatMap((job) => pushesOf(job).map((push) => ({ workflow, job, push }))))
    .toSorted((a, b) => Number(b.push.isWrong) - Number(a.push.isWrong));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
${GENERATOR}
<title>Who pushes? ${escape(summarize(model))}</title>
<style>${style}</style>
</head>
<body>
<svg class="marker" aria-hidden="true"><defs>${ARROW}</defs></svg>
<a class="skip" href="#main">Skip to the workflows</a>
<header>
<h1>Who pushes?</h1>
<p${pushes.some(({ push }) => push.isWrong) ? ' class="alarm"' : ""}>${escape(summarize(model))}</p>
<div class="controls" role="search">
<label>Search <input type="search" id="search" autocomplete="off"></label>
<label>Show <select id="only"><option value="all">everything</option><option value="pushes">jobs that push</option><option value="wrong">wrong pushes</option><option value="findings">findings</option></select></label>
<span id="status" role="status"></span>
</div>
<p class="more keys">Keys: / searches, n and p go to the next and the previous job, Escape closes it.</p>
</header>
<nav aria-label="Workflows"><ul>${model.workflows.map(printEntry).join("")}</ul></nav>
<main id="main">
${(model.missing ?? []).map((finding) => printFinding(finding, link)).join("")}
${pushes.length === 0 ? "" : printPushes(pushes)}
${layouts.map((layout) => printWorkflow(layout, link)).join("\n")}
</main>
<script type="application/json" id="data">${escapeJson(packJson({ model, link: link ?? null }))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** By this a page is known as flowkeep's, which may be written again. */
export const GENERATOR = '<meta name="generator" content="flowkeep">';

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function pushesOf(job: GraphJob): readonly GraphPush[] {
  return [...job.pushes, ...job.steps.flatMap(({ pushes }) => pushes)];
}

/** `6 workflows, 14 jobs, 3 pushes; 1 is not as it was meant` */
function summarize({ workflows, missing = [] }: GraphModel): string {
  const jobs = workflows.flatMap((workflow) => workflow.jobs);
  const pushes = jobs.flatMap(pushesOf);
  const wrong = pushes.filter(({ isWrong }) => isWrong).length;
  const counts = [count(workflows.length, "workflow"), count(jobs.length, "job"), count(pushes.length, "push", "es")];
  const unread = missing.length === 0 ? "" : "; not all files could be read";
  return `${counts.join(", ")}${unread}${wrong === 0 ? "" : `; ${wrong === 1 ? "1 push is" : `${wrong} pushes are`} wrong`}`;
}

function count(number: number, name: string, plural = "s"): string {
  return `${number} ${name}${number === 1 ? "" : plural}`;
}

function printEntry(workflow: GraphWorkflow): string {
  const wrong = workflow.jobs.flatMap(pushesOf).filter(({ isWrong }) => isWrong).length;
  const mark = wrong === 0 ? "" : ` <span class="wrong"><strong>✗ ${wrong}</strong></span>`;
  return `<li id="n-${workflow.id}"><a href="#${workflow.id}">${escape(workflow.name)}</a>${mark}</li>`;
}

function printPushes(
  pushes: readonly { readonly workflow: GraphWorkflow; readonly job: GraphJob; readonly push: GraphPush }[],
): string {
  const rows = pushes.map(({ workflow, job, push }) => {
    const { seen, meant, isWrong, verdict, target } = push;
    const other = meant !== undefined && meant.key !== seen.key ? escape(meant.text) : "";
    return `<tr${isWrong ? ' class="wrong"' : ""}><td><a href="${escape(linkToJob(workflow, job))}">${escape(`${workflow.name} / ${job.name}`)}</a></td><td>${escape(target)}</td><td>${escape(seen.text)}</td><td>${other}</td><td><strong>${isWrong ? "✗ " : ""}${escape(verdict)}</strong></td></tr>`;
  });
  return `<section class="scroll" aria-labelledby="pushes" tabindex="0"><h2 id="pushes">Pushes</h2><table><thead><tr><th scope="col">Job</th><th scope="col">To</th><th scope="col">GitHub sees</th><th scope="col">Meant</th><th scope="col">Verdict</th></tr></thead><tbody>${rows.join("")}</tbody></table></section>`;
}

function linkToJob(workflow: GraphWorkflow, job: GraphJob): string {
  return `#${encodeURIComponent(workflow.id)}/${encodeURIComponent(job.id)}`;
}

function printWorkflow(layout: Layout, link: string | undefined): string {
  const { workflow } = layout;
  const { id, name, path, places, triggers, findings } = workflow;
  const linked = [places.source, places.yaml].flatMap((place) =>
    place === undefined ? [] : [printPlace(place, link)],
  );
  const details = triggers.flatMap(({ event, details: filters }) =>
    filters.map((filter) => `<li>${escape(`${event}: ${filter}`)}</li>`),
  );
  const said = findings.map((finding) => printFinding(finding, link));
  return `<section class="workflow" id="w-${id}" aria-labelledby="t-${id}"><h2 id="t-${id}">${escape(name)}</h2><div class="places">${linked.join(" ") || escape(path)}</div>${details.length === 0 ? "" : `<ul class="more">${details.join("")}</ul>`}${said.join("")}<div class="scroll" tabindex="0" role="region" aria-label="${escape(`Jobs of ${name}`)}">${printSvg(layout, (job) => linkToJob(workflow, job))}</div></section>`;
}

function printFinding({ severity, message, ruleId, at }: GraphFinding, link: string | undefined): string {
  return `<p class="finding ${severity}"><strong>${severity}</strong> ${escape(message)} <code>${escape(ruleId)}</code> ${at === undefined ? "" : printPlace(at, link)}</p>`;
}

function printPlace(place: Place, link: string | undefined): string {
  const text = escape(`${place.file}:${place.line}`);
  if (link === undefined) return `<span class="place">${text}</span>`;
  const path = place.file.split("/").map(encodeURIComponent).join("/");
  const href = link.replaceAll("{file}", path).replaceAll("{line}", String(place.line));
  return `<a class="place" href="${escape(href)}">${text}</a>`;
}
