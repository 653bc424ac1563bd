import { escape } from "./escape.ts";
import type { GraphModel } from "./graph-model.ts";
import { layOut, type Layout } from "./lay-out.ts";
import { printPage, type PageOptions } from "./print-page.ts";
import { ALONE, printSvg } from "./print-svg.ts";

/** The page, as HTML. */
export async function renderPage(model: GraphModel, options: PageOptions): Promise<string> {
  return printPage(model, await layOutAll(model), options);
}

const XMLNS = 'xmlns="http://www.w3.org/2000/svg"';
const TITLE = 28;
const GAP = 16;

/** One picture of all workflows, one below the other. */
export async function renderSvg(model: GraphModel): Promise<string> {
  const layouts = await layOutAll(model);
  const [only] = layouts;
  if (only !== undefined && layouts.length === 1)
    return `${printSvg(only).replace("<svg ", `<svg ${XMLNS} `).replace(">", `>${ALONE}`)}\n`;
  const width = Math.max(1, ...layouts.map((layout) => layout.width));
  let top = 0;
  const parts = layouts.map((layout) => {
    const title = `<text x="8" y="${top + 20}" font-weight="bold">${escape(layout.workflow.name)}</text>`;
    const picture = printSvg(layout).replace("<svg ", `<svg y="${top + TITLE}" `);
    top += TITLE + layout.height + GAP;
    return title + picture;
  });
  return `<svg ${XMLNS} viewBox="0 0 ${width} ${top}" width="${width}" height="${top}">${ALONE}${parts.join("")}</svg>\n`;
}

async function layOutAll({ workflows }: GraphModel): Promise<readonly Layout[]> {
  const layouts: Layout[] = [];
  for (const workflow of workflows) layouts.push(await layOut(workflow));
  return layouts;
}
