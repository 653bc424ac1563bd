import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escape, escapeJson } from "../../src/graph/escape.ts";
import { layOut } from "../../src/graph/lay-out.ts";
import { printMermaid } from "../../src/graph/print-mermaid.ts";
import { renderPage, renderSvg } from "../../src/graph/render.ts";
import { packJson, unpackJson } from "../../src/graph/pack-json.ts";
import { FILES, modelOf } from "./model-of.ts";

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(1)>"'&\u0000\ud800`;

const hostileFiles = {
  [`.github/workflows/<b>"'.yml`]: `name: ${JSON.stringify(HOSTILE)}\non: push\njobs:\n  j:\n    name: ${JSON.stringify(HOSTILE)}\n    runs-on: ${JSON.stringify(HOSTILE)}\n    steps:\n      - name: ${JSON.stringify(HOSTILE)}\n        run: git push "https://x:\${{ secrets.PAT }}@github.com/a/b" HEAD:x\n`,
};

describe("texts in pages", () => {
  it("are never markup", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escape(text)).not.toMatch(/[<>"']|&(?!#\d+;)/);
        expect(escape(text)).not.toMatch(/[\u0000-\u0008\u000b\ufffe]|[\ud800-\udfff]/u);
        expect(escapeJson({ text })).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(escapeJson({ text }))).toEqual({ text });
      }),
    );
  });

  it("of hostile workflows end no element", async () => {
    const page = await renderPage(modelOf(hostileFiles), { script: "run()", style: "a{}", link: "./{file}#L{line}" });
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).not.toContain("<img");
    expect(page).not.toContain("</script><script>alert");
    const svg = await renderSvg(modelOf(hostileFiles));
    expect(svg).not.toMatch(/<(?!\/?(?:svg|style|defs|marker|path|g|rect|text)\b)/);
    expect(printMermaid(modelOf(hostileFiles)).replaceAll("<br>", "").replaceAll("-->", "")).not.toMatch(/[<>]/);
  });
});

describe("packed JSON", () => {
  it("gives back what it was given", () => {
    const text = fc.constantFrom("~", "~0", "a text that is long", "another long text", "short", "__proto__");
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        text,
        fc.integer(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(text, tie("value"), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(value, (made) => {
        expect(unpackJson(packJson(made))).toEqual(made);
      }),
    );
    const pooled = packJson({ a: "a text that is long", b: ["a text that is long"] });
    expect(pooled).toEqual({
      strings: ["a text that is long"],
      shapes: [["a", "b"]],
      value: [1, "~0", [0, "~0"]],
    });
  });
});

describe("pictures", () => {
  it("place jobs behind those that they need, and none over another", async () => {
    const [workflow] = modelOf(FILES).workflows;
    if (workflow === undefined) throw new Error("no workflow");
    const { nodes, edges, width, height } = await layOut(workflow);
    const left = new Map(nodes.map((node) => [node.job?.id ?? "triggers", node]));
    const before = (first: string, second: string) =>
      expect((left.get(first)?.x ?? NaN) + (left.get(first)?.width ?? NaN)).toBeLessThan(left.get(second)?.x ?? NaN);
    before("triggers", "build");
    before("build", "refresh");
    before("refresh", "release");
    expect(edges).toHaveLength(4);
    for (const node of nodes) {
      expect(node.x).toBeGreaterThanOrEqual(0);
      expect(node.x + node.width).toBeLessThanOrEqual(width);
      expect(node.y + node.height).toBeLessThanOrEqual(height);
      for (const other of nodes) {
        const isApart =
          node === other ||
          node.x + node.width <= other.x ||
          other.x + other.width <= node.x ||
          node.y + node.height <= other.y ||
          other.y + other.height <= node.y;
        expect(isApart).toBe(true);
      }
    }
  });

  it("bear jobs that need themselves, each other, or nobody that is there", async () => {
    const text =
      "on: push\njobs:\n  a: { needs: [a, b, c], runs-on: x, steps: [{ run: a }] }\n  b: { needs: a, runs-on: x, steps: [{ run: a }] }\n";
    expect(await renderSvg(modelOf({ "w/.github/workflows/x.yml": text }))).toContain("</svg>");
  });

  it("are the same each time", async () => {
    const model = modelOf(FILES);
    const options = { script: "s", style: "t" };
    expect(await renderPage(model, options)).toBe(await renderPage(modelOf(FILES), options));
    expect(await renderSvg(model)).toBe(await renderSvg(model));
  });

  it("say in Mermaid who GitHub sees", () => {
    expect(printMermaid(modelOf(FILES))).toBe(`flowchart LR
  subgraph w0["Refresh"]
    w0on(["schedule<br>push"])
    w0j0["build"]
    w0j1["Refresh the map<br>push: GitHub sees GITHUB_TOKEN, not the secret CACHE_PUSH_TOKEN"]
    w0j2["release<br>push: GitHub sees GITHUB_TOKEN"]
    w0on --> w0j0
    w0j0 --> w0j1
    w0j0 --> w0j2
    w0j1 --> w0j2
  end
  subgraph w1[".github/workflows/release.yml"]
    w1on(["workflow_call"])
    w1j0["publish<br>push: GitHub sees GITHUB_TOKEN"]
    w1on --> w1j0
  end
  w0j2 -. calls .-> w1
`);
  });
});
