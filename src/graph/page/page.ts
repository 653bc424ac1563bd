import type { GraphJob, GraphModel, GraphWorkflow, Place } from "../graph-model.ts";
import { unpackJson, type Packed } from "../pack-json.ts";
import { matches } from "./matches.ts";
import { showJob } from "./show-job.ts";
import { ONLY, printView, readView, type View } from "./view.ts";

/** What `printPage` put into the page. */
interface PageData {
  readonly model: GraphModel;
  /** How a place becomes a link: `{file}`, `{line}`; null: it is only said. */
  readonly link: string | null;
}

const { model, link } = unpackJson(JSON.parse(find("data", HTMLElement).textContent) as Packed) as PageData;
const search = find("search", HTMLInputElement);
const only = find("only", HTMLSelectElement);
const status = find("status", HTMLElement);

addEventListener("hashchange", () => show(readView(location.hash)));
search.addEventListener("input", () => narrow({ query: search.value }));
only.addEventListener("change", () => narrow({ only: ONLY.find((name) => name === only.value) ?? "all" }));
addEventListener("keydown", onKey);
show(readView(location.hash));

/** Every view has a link; narrowing the list is no step that `Back` should undo. */
function narrow(changes: Partial<View>): void {
  const view = { ...readView(location.hash), ...changes };
  history.replaceState(null, "", printView(view));
  show(view, false);
}

function show(view: View, moves = true): void {
  if (search.value !== view.query) search.value = view.query;
  only.value = view.only;
  const shown = model.workflows.map((workflow) => showWorkflow(workflow, view)).filter(Boolean).length;
  status.textContent = shown === model.workflows.length ? "" : `${shown} of ${model.workflows.length} workflows`;
  const opened = openJob(view);
  if (!moves) return;
  if (opened !== undefined) {
    opened.scrollIntoView({ block: "nearest" });
    opened.focus({ preventScroll: true });
  } else if (view.workflow !== undefined) document.getElementById(`w-${view.workflow}`)?.scrollIntoView();
}

/** Whether anything of it is left. */
function showWorkflow(workflow: GraphWorkflow, view: View): boolean {
  const section = document.getElementById(`w-${workflow.id}`);
  const entry = document.getElementById(`n-${workflow.id}`);
  if (section === null) return false;
  const found = workflow.jobs.filter((job) => matches(workflow, job, view));
  const isShown = found.length > 0 || (workflow.jobs.length === 0 && view.query === "" && view.only === "all");
  section.hidden = !isShown;
  if (entry !== null) entry.hidden = !isShown;
  const names = new Set(found.map(({ id }) => id));
  for (const box of section.querySelectorAll<SVGAElement>("svg a"))
    box.classList.toggle("faint", !names.has(readView(box.getAttribute("href") ?? "").job ?? ""));
  return isShown;
}

function openJob(view: View): HTMLElement | undefined {
  for (const opened of document.querySelectorAll(".job")) opened.remove();
  for (const box of document.querySelectorAll("svg a[aria-current]")) box.removeAttribute("aria-current");
  const workflow = model.workflows.find(({ id }) => id === view.workflow);
  const job = workflow?.jobs.find(({ id }) => id === view.job);
  const section = document.getElementById(`w-${workflow?.id ?? ""}`);
  if (workflow === undefined || job === undefined || section === null) return undefined;
  const article = showJob(job, linkTo);
  section.append(article);
  for (const box of section.querySelectorAll("svg a"))
    if (readView(box.getAttribute("href") ?? "").job === job.id) box.setAttribute("aria-current", "true");
  return article;
}

function linkTo({ file, line }: Place): string | undefined {
  if (link === null) return undefined;
  const path = file.split("/").map(encodeURIComponent).join("/");
  return link.replaceAll("{file}", path).replaceAll("{line}", String(line));
}

/** `/` searches, `n` and `p` go to the next and the previous job, Escape closes the job. */
function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target === search || event.target === only;
  const view = readView(location.hash);
  if (event.key === "Escape") {
    if (isTyping) search.blur();
    else if (view.job !== undefined) location.hash = printView({ ...view, job: undefined });
  } else if (!isTyping && event.key === "/") {
    event.preventDefault();
    search.focus();
  } else if (!isTyping && (event.key === "n" || event.key === "p")) {
    const next = neighbour(view, event.key === "n" ? 1 : -1);
    if (next !== undefined) location.hash = printView({ ...view, ...next });
  }
}

function neighbour(view: View, step: 1 | -1): Pick<View, "workflow" | "job"> | undefined {
  const all = model.workflows.flatMap((workflow) =>
    workflow.jobs
      .filter((job: GraphJob) => matches(workflow, job, view))
      .map((job) => ({ workflow: workflow.id, job: job.id })),
  );
  const at = all.findIndex(({ workflow, job }) => workflow === view.workflow && job === view.job);
  return at < 0 ? all.at(step === 1 ? 0 : -1) : all[at + step];
}

function find<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`the page has no ${id}`);
}
