import { escape } from "./escape.ts";
import type { GraphJob } from "./graph-model.ts";
import { wrongPushes, type Layout, type LayoutEdge, type LayoutNode } from "./lay-out.ts";

/** Where a click on a job leads; undefined: it is no link. */
export type LinkOf = (job: GraphJob) => string | undefined;

/** What a picture that stands alone needs; in a page its style sheet says the same. */
const STYLE = `
.fk-box{fill:#f6f8fa;stroke:#59636e}
.fk-triggers .fk-box{fill:#ddf4ff;stroke:#0969da}
.fk-wrong .fk-box{fill:#ffebe9;stroke:#cf222e;stroke-width:2}
.fk-edge{fill:none;stroke:#59636e;stroke-width:1.5;marker-end:url(#fk-arrow)}
.fk-head{fill:#59636e}
text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#1f2328}
.fk-more{fill:#59636e}
@media(prefers-color-scheme:dark){
.fk-box{fill:#151b23;stroke:#9198a1}
.fk-triggers .fk-box{fill:#121d2f;stroke:#4493f8}
.fk-wrong .fk-box{fill:#25171c;stroke:#f85149}
.fk-edge{stroke:#9198a1}.fk-head{fill:#9198a1}text{fill:#f0f6fc}.fk-more{fill:#9198a1}}
`.replaceAll("\n", "");

/** The head of an arrow. A page has it once, for all its pictures. */
export const ARROW =
  '<marker id="fk-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="fk-head" d="M0 0L8 4L0 8z"/></marker>';

/** What a picture needs that stands in no page. */
export const ALONE = `<style>${STYLE}</style><defs>${ARROW}</defs>`;

/** The graph of one workflow, for a page or a larger picture. It says in words, too, what it shows. */
export function printSvg(layout: Layout, linkOf: LinkOf = () => undefined): string {
  const { width, height, workflow } = layout;
  const jobs = workflow.jobs.length === 1 ? "1 job" : `${workflow.jobs.length} jobs`;
  return [
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-label="${escape(`${workflow.name}: ${jobs}`)}">`,
    ...layout.edges.map(printEdge),
    ...layout.nodes.map((node) => printNode(node, linkOf)),
    "</svg>",
  ].join("");
}

function printEdge({ points }: LayoutEdge): string {
  const [first, ...others] = points;
  if (first === undefined) return "";
  const path = others.map(({ x, y }) => `L${x} ${y}`).join("");
  return `<path class="fk-edge" d="M${first.x} ${first.y}${path}"/>`;
}

function printNode({ kind, job, lines, x, y, width, height }: LayoutNode, linkOf: LinkOf): string {
  const isWrong = job !== undefined && wrongPushes(job).length > 0;
  const texts = lines.map((line, at) => {
    const className = at > 0 && kind === "job" ? ' class="fk-more"' : "";
    // The space parts the lines where they are read out.
    return `<text${className} x="12" y="${22 + at * 18}">${escape(line)} </text>`;
  });
  const box = `<rect class="fk-box" width="${width}" height="${height}" rx="6"/>`;
  const classes = `fk-${kind}${isWrong ? " fk-wrong" : ""}`;
  const group = `<g class="${classes}" transform="translate(${x} ${y})">${box}${texts.join("")}</g>`;
  const link = job && linkOf(job);
  return link === undefined ? group : `<a href="${escape(link)}">${group}</a>`;
}
