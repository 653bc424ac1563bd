import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "../../ir/errors.ts";
import { describeSystemError, isSystemError } from "../../ir/system-error.ts";
import { graph as graphProject } from "../../pipeline.ts";
import { printMermaid } from "../../graph/print-mermaid.ts";
import { GENERATOR } from "../../graph/print-page.ts";
import { renderPage, renderSvg } from "../../graph/render.ts";
import type { GraphModel } from "../../graph/graph-model.ts";
import { countFindings, printFindings } from "../../report/print-text.ts";
import { printJson } from "../json.ts";
import { withProgress } from "../terminal/progress.ts";
import { isForeign, type Settings } from "../settings.ts";

export interface GraphFlags {
  readonly out?: string;
  readonly open?: true;
  readonly link?: string;
  readonly force?: true;
}

/** Where a page is written when nobody says. */
const PAGE_FILE = "flowkeep-graph.html";

/** `flowkeep graph` */
export async function graph(settings: Settings, paths: readonly string[], flags: GraphFlags): Promise<number> {
  const { project, io, quiet, format } = settings;
  const fromRoot = paths.map((path) => relative(project.root, resolve(io.cwd, path)).replaceAll("\\", "/"));
  const { model, findings, missing } = await withProgress(settings, "drawing", () =>
    graphProject(project, { paths: fromRoot, mayRun: !isForeign(io) }),
  );
  // The page says it, too: who trusts it must know.
  io.err(printFindings(missing, settings.paintError));
  if (model.workflows.length === 0) {
    const where = paths.length === 0 ? "workflows-src/ or .github/workflows/" : paths.join(", ");
    throw new UsageError(
      missing.length > 0
        ? `no workflow in ${where} can be drawn before that is mended`
        : `there is no workflow in ${where}: name .yml files, or the folder that holds .github/ or workflows-src/`,
    );
  }
  const picture = pictureOf(format);
  const out = flags.out ?? (picture === "html" ? PAGE_FILE : "-");
  const text = await print(model, picture, settings, linkTemplate(flags, settings, out));
  if (out === "-") io.out(text);
  else {
    writePage(resolve(io.cwd, out), out, text, flags.force === true || picture !== "html");
    const said = countFindings(findings.filter((finding) => !missing.includes(finding)));
    if (!quiet) io.out(`wrote ${out}${said === undefined ? "" : `, with ${said}`}\n`);
    if (flags.open) open(pathToFileURL(resolve(io.cwd, out)).href);
  }
  return missing.length > 0 ? 2 : 0;
}

type Picture = "html" | "mermaid" | "svg" | "json";

function pictureOf(format: Settings["format"]): Picture {
  return format === "mermaid" || format === "svg" || format === "json" ? format : "html";
}

async function print(model: GraphModel, picture: Picture, { io }: Settings, link: string | undefined): Promise<string> {
  switch (picture) {
    case "mermaid":
      return printMermaid(model);
    case "svg":
      return renderSvg(model);
    case "json":
      return printJson(model);
    case "html": {
      const read = (name: string): string => readFileSync(new URL(name, assetsUrl(io.flowkeep)), "utf8").trim();
      return renderPage(model, { script: read("page.js"), style: read("page.css"), link });
    }
  }
}

/** Beside the bundle; where flowkeep runs from source, in what was built last. */
function assetsUrl(entry: URL): URL {
  return new URL(entry.pathname.endsWith(".ts") ? "../dist/graph/" : "./graph/", entry);
}

/** `{file}` and `{line}` are put in; else pages lead to the files beside them. */
function linkTemplate({ link }: GraphFlags, { io, project }: Settings, out: string): string | undefined {
  if (link !== undefined) {
    if (!link.includes("{file}")) throw new UsageError(`--link needs {file}, and may have {line}: ${link}`);
    if (!/^(?:https?|file|vscode|vscode-insiders|idea|zed):|^\.{0,2}\//.test(link))
      throw new UsageError(`--link takes a web address, a file's, or an editor's: ${link}`);
    return link;
  }
  if (out === "-") return undefined;
  const folder = relative(dirname(resolve(io.cwd, out)), project.root).replaceAll("\\", "/");
  return `${folder === "" ? "." : folder.split("/").map(encodeURIComponent).join("/")}/{file}#L{line}`;
}

/** Whole or not at all, and never over a file that is somebody's own. */
function writePage(file: string, name: string, text: string, mayReplace: boolean): void {
  try {
    if (!mayReplace && existsSync(file) && !readFileSync(file, "utf8").includes(GENERATOR))
      throw new UsageError(`${name} is there already, and no page of flowkeep's: name another file, or --force`);
    mkdirSync(dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}.tmp`;
    try {
      writeFileSync(temporary, text, { flag: "wx" });
      renameSync(temporary, file);
    } finally {
      rmSync(temporary, { force: true });
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(`${name} cannot be written: ${describeSystemError(error)}`);
  }
}

/** Leaves it to the system which browser that is; a machine without one is no failure. */
function open(url: string): void {
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open", url]
      : process.platform === "win32"
        ? ["rundll32", "url.dll,FileProtocolHandler", url]
        : ["xdg-open", url];
  spawn(command ?? "", args, { stdio: "ignore", detached: true })
    .on("error", () => undefined)
    .unref();
}
