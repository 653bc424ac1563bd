import type { GraphJob, GraphWorkflow } from "./graph-model.ts";

/** A workflow's triggers and jobs with their places; pixels. */
export interface Layout {
  readonly workflow: GraphWorkflow;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
}

export interface LayoutNode {
  readonly kind: "triggers" | "job";
  /** The job; undefined for the triggers. */
  readonly job?: GraphJob;
  readonly lines: readonly string[];
  /** The corner at the top left. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LayoutEdge {
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Of 13 pixels in the widest of the fonts that are asked for. */
const CHARACTER = 7.85;
const LINE = 18;
const PADDING = 12;
const MOST_CHARACTERS = 34;
const LEAST_WIDTH = 96;

const TRIGGERS = "triggers";

/** Places the boxes of a workflow from left to right, with the jobs behind those that they need. */
export async function layOut(workflow: GraphWorkflow): Promise<Layout> {
  const { Graph, layout } = await import("@dagrejs/dagre");
  const graph = new Graph({ directed: true });
  graph.setGraph({ rankdir: "LR", nodesep: 18, ranksep: 52, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));

  const boxes = new Map<string, Pick<LayoutNode, "kind" | "job" | "lines">>();
  if (workflow.triggers.length > 0) boxes.set(TRIGGERS, { kind: "triggers", lines: triggerLines(workflow) });
  for (const job of workflow.jobs) boxes.set(nodeOf(job.id), { kind: "job", job, lines: jobLines(job) });
  for (const [name, { lines }] of boxes) graph.setNode(name, sizeOf(lines));
  for (const job of workflow.jobs) {
    const needed = [...new Set(job.needs)].filter((need) => need !== job.id && boxes.has(nodeOf(need)));
    for (const need of needed) graph.setEdge(nodeOf(need), nodeOf(job.id));
    if (needed.length === 0 && boxes.has(TRIGGERS)) graph.setEdge(TRIGGERS, nodeOf(job.id));
  }
  layout(graph);

  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    workflow,
    width: Math.ceil(width),
    height: Math.ceil(height),
    nodes: [...boxes].map(([name, box]) => {
      const { x = 0, y = 0, width, height } = graph.node(name) as Placed;
      return { ...box, x: round(x - width / 2), y: round(y - height / 2), width, height };
    }),
    edges: graph.edges().map((edge: { v: string; w: string }) => {
      const { points = [] } = graph.edge(edge) as { points?: { x: number; y: number }[] };
      return { points: points.map(({ x, y }) => ({ x: round(x), y: round(y) })) };
    }),
  };
}

interface Placed {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
}

/** A job may have the name that the triggers' box has. */
function nodeOf(job: string): string {
  return `job ${job}`;
}

function sizeOf(lines: readonly string[]): { width: number; height: number } {
  const longest = Math.max(...lines.map((line) => widthOf(line)));
  return {
    width: Math.ceil(Math.max(LEAST_WIDTH, longest * CHARACTER + 2 * PADDING)),
    height: lines.length * LINE + 2 * PADDING - 6,
  };
}

/** Characters of East Asian scripts and most symbols take twice the room. */
function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x10ff ? 2 : 1), 0);
}

function triggerLines({ triggers }: GraphWorkflow): readonly string[] {
  const events = triggers.map(({ event }) => shorten(event));
  return events.length > 8 ? [...events.slice(0, 7), `and ${events.length - 7} more`] : events;
}

function jobLines(job: GraphJob): readonly string[] {
  const { name, calls, matrix, runsOn } = job;
  const folded = matrix && `${matrix.jobs === undefined ? "matrix" : `${matrix.jobs} ×`} ${matrix.axes}`;
  const where = calls === undefined ? runsOn : `calls ${calls.uses.replace(/^.*\/(?=[^/]+$)/, "")}`;
  return [name, where, folded, ...wrongPushes(job)]
    .filter((line) => line !== undefined && line !== "")
    .map((line) => shorten(line ?? ""));
}

/** `✗ push: hijacked` */
export function wrongPushes(job: GraphJob): readonly string[] {
  const pushes = [...job.pushes, ...job.steps.flatMap((step) => step.pushes)].filter(({ isWrong }) => isWrong);
  const verdicts = [...new Set(pushes.map(({ verdict }) => verdict))];
  return verdicts.map((verdict) => {
    const number = pushes.filter((push) => push.verdict === verdict).length;
    return `✗ ${number === 1 ? "push" : `${number} pushes`}: ${verdict}`;
  });
}

function shorten(text: string): string {
  const characters = [...text.replace(/\s+/g, " ")];
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 1).join("")}…` : text;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
