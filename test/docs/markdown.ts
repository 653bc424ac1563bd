import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");

/** The pages that users read, from the root of the repository. */
export const PAGES: readonly string[] = [
  ...markdownIn("."),
  ...markdownIn("docs"),
  ...markdownIn("docs/recipes"),
  ...readdirSync(join(ROOT, "examples"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
    .map((name) => `examples/${name.replaceAll("\\", "/")}`),
];

function markdownIn(folder: string): readonly string[] {
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith(".md"));
  return names.sort().map((name) => (folder === "." ? name : `${folder}/${name}`));
}

export function readPage(page: string): string {
  return readFileSync(join(ROOT, page), "utf8");
}

/** A part of a page that the tests look at. Lines count from 1. */
export type Block =
  | { readonly kind: "heading"; readonly line: number; readonly text: string }
  /** An HTML comment, which readers do not see: tests read in it what a sample is. */
  | { readonly kind: "note"; readonly line: number; readonly text: string }
  | { readonly kind: "fence"; readonly line: number; readonly language: string; readonly text: string }
  | { readonly kind: "quote"; readonly line: number; readonly text: string }
  | { readonly kind: "prose"; readonly line: number; readonly text: string };

/** A page in its blocks, as far as the pages of this repository need it. */
export function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const [line = "", start] = [lines[at], at + 1];
    const take = (isLast: (line: string) => boolean): string[] => {
      const taken: string[] = [];
      while (at + 1 < lines.length && !isLast(lines[at + 1] ?? "")) taken.push(lines[++at] ?? "");
      return taken;
    };
    const fence = /^( *)(`{3,})(\w*)/.exec(line);
    if (fence !== null) {
      const [, indent = "", ticks = "", language = ""] = fence;
      const text = take((next) => next.trim() === ticks).map((each) => each.replace(indent, ""));
      blocks.push({ kind: "fence", line: start, language, text: `${text.join("\n")}\n` });
      at++;
    } else if (line.trimStart().startsWith("<!--")) {
      const all = line.includes("-->") ? [line] : [line, ...take((next) => next.includes("-->")), lines[++at] ?? ""];
      blocks.push({
        kind: "note",
        line: start,
        text: all
          .join("\n")
          .replace(/^\s*<!--|-->\s*$/g, "")
          .trim(),
      });
    } else if (/^#{1,6} /.test(line)) {
      blocks.push({ kind: "heading", line: start, text: line.replace(/^#+ /, "").trim() });
    } else if (line.startsWith(">")) {
      const all = [line, ...take((next) => !next.startsWith(">"))];
      blocks.push({ kind: "quote", line: start, text: all.map((each) => each.replace(/^> ?/, "")).join("\n") });
    } else if (line.trim() !== "") {
      blocks.push({ kind: "prose", line: start, text: line });
    }
  }
  return blocks;
}

/** `` `code` `` in a text, without its backticks. */
export function inlineCode(text: string): readonly string[] {
  return [...text.matchAll(/(`+)((?:(?!\1).)+?)\1(?!`)/g)].map(([, , code = ""]) => code.replace(/^ | $/g, ""));
}
