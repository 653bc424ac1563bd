import { existsSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { blocksOf, inlineCode, PAGES, readPage, ROOT } from "./markdown.ts";

interface Link {
  readonly page: string;
  readonly target: string;
}

const links = PAGES.flatMap(linksIn);

test("the pages have links", () => {
  expect(links.map(({ target }) => target)).toContain("docs/push.md");
  expect(links.filter(({ target }) => target.includes("#")).length).toBeGreaterThan(20);
});

describe.each(PAGES)("%s", (page) => {
  test("links to files that exist, and to headings in them", () => {
    const broken = links.filter((link) => link.page === page).flatMap((link) => whatIsWrong(link) ?? []);
    expect(broken).toEqual([]);
  });
});

test("every page of docs/ is linked from the index", () => {
  const targets = (folder: string) =>
    linksIn(`docs/${folder}README.md`).map(({ target }) => folder + target.replace(/#.*/, ""));
  const linked = new Set([...targets(""), ...targets("recipes/")]);
  const pages = PAGES.filter((page) => page.startsWith("docs/") && page !== "docs/README.md");
  expect(pages.filter((page) => !linked.has(relative("docs", page)))).toEqual([]);
});

test("the README links to the pages that users need", () => {
  const linked = new Set(linksIn("README.md").map(({ target }) => target));
  const pages = [
    "docs/README.md",
    "docs/pushes.md",
    "docs/prove.md",
    "docs/language.md",
    "docs/push.md",
    "docs/actions.md",
    "docs/cli.md",
    "docs/benchmarks.md",
  ];
  expect(pages.filter((page) => !linked.has(page))).toEqual([]);
});

function linksIn(page: string): readonly Link[] {
  return blocksOf(readPage(page)).flatMap((block) => {
    if (block.kind === "fence" || block.kind === "note") return [];
    const text = inlineCode(block.text).reduce((rest, code) => rest.replace(`\`${code}\``, ""), block.text);
    return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .map((target) => ({ page, target }));
  });
}

function whatIsWrong({ page, target }: Link): string | undefined {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, file))) return `${target}: no such file`;
  if (anchor === undefined || statSync(join(ROOT, file)).isDirectory()) return undefined;
  return anchorsIn(file).has(anchor) ? undefined : `${target}: no such heading`;
}

/** The names that GitHub gives to headings: github.com/gjtorikian/html-pipeline, its table of contents. */
function anchorsIn(page: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const block of blocksOf(readPage(page))) {
    if (block.kind !== "heading") continue;
    const plain = block.text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("`", "");
    const name = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
      .replaceAll(" ", "-");
    let anchor = name;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${name}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}
