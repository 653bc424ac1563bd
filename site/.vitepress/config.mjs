// The site of docs/: the pages as they are, with a menu made of docs/README.md.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitepress";

const root = join(import.meta.dirname, "../..");
const docs = join(root, "docs");
const repository = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).repository?.url;

export default defineConfig({
  title: "flowkeep",
  description: "GitHub Actions workflows as typed TypeScript, and for every push: who will GitHub see?",
  // A copy of docs/, which scripts/build-site.mjs makes: pages find Vue only below the folder that has it.
  srcDir: "pages",
  outDir: "dist",
  cacheDir: ".cache",
  cleanUrls: true,
  lastUpdated: false,
  rewrites: { "README.md": "index.md", "rules/README.md": "rules/index.md" },
  markdown: {
    config(markdown) {
      // `${{ }}` is GitHub's: Vue must not read it, neither in text nor in code.
      const { code_inline: inline, text } = markdown.renderer.rules;
      markdown.renderer.rules.code_inline = (...all) => inline(...all).replace("<code", "<code v-pre");
      markdown.renderer.rules.text = (...all) => text(...all).replaceAll("{{", "&#123;&#123;");
      // Links to the repository's other files lead there, or are texts where nobody knows where it lies.
      const link = markdown.renderer.rules.link_open;
      markdown.renderer.rules.link_open = (tokens, at, options, env, self) => {
        const href = tokens[at].attrGet("href") ?? "";
        if (href.startsWith("../") && leavesDocs(href, env.relativePath ?? ""))
          tokens[at].attrSet("href", repository ? `${repository}/blob/main/${fromRoot(href, env.relativePath)}` : "#");
        return link === undefined ? self.renderToken(tokens, at, options) : link(tokens, at, options, env, self);
      };
    },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    sidebar: sidebar(),
    nav: [
      { text: "Start", link: "/start" },
      { text: "Rules", link: "/rules/" },
      { text: "Commands", link: "/cli" },
    ],
  },
});

function fromRoot(href, page) {
  return new URL(href, `file:///docs/${page}`).pathname.slice(1);
}

function leavesDocs(href, page) {
  return !fromRoot(href, page).startsWith("docs/");
}

/** The index's headings and the tables below them. */
function sidebar() {
  const groups = [];
  for (const line of readFileSync(join(docs, "README.md"), "utf8").split("\n")) {
    const heading = /^## (.+)/.exec(line)?.[1];
    if (heading !== undefined) groups.push({ text: heading, items: [] });
    const [, text, page] = /^\| \[([^\]]+)\]\(([^)]+)\.md\)/.exec(line) ?? [];
    if (page !== undefined) groups.at(-1)?.items.push({ text, link: `/${page.replace(/(^|\/)README$/, "$1")}` });
  }
  return groups.filter(({ items }) => items.length > 0);
}
