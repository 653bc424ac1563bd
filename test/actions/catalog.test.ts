import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { catalogUrl, emptyCatalog, openCatalog, readCatalog } from "../../src/actions/catalog.ts";
import type { CatalogAction } from "../../src/actions/packed-action.ts";

const source = new URL("../../../shared/data/action-catalog.json", import.meta.url);

describe("the catalogue that ships", () => {
  test("knows 200 actions in 811 versions and what was released since, sorted, each readable", async () => {
    const catalog = await openCatalog();
    expect(catalog.names).toHaveLength(200);
    expect([...catalog.names].sort()).toEqual(catalog.names);
    const versions = catalog.names.flatMap((name) => catalog.find(name)?.versions ?? []);
    expect(versions.length).toBeGreaterThanOrEqual(811);
    for (const version of versions) {
      expect(version.sha).toMatch(/^[0-9a-f]{40}$/);
      expect(version.tag ?? version.branch).toBeTruthy();
      expect(version.interface.using).toBeTruthy();
    }
  });

  test("finds an action without regard to case, and spells it as GitHub does", async () => {
    const catalog = await openCatalog();
    expect(catalog.find("azure/LOGIN")?.name).toBe("Azure/login");
    expect(catalog.find("azure/LOGIN")).toBe(catalog.find("Azure/login"));
    expect(catalog.find("azure/nothing")).toBeUndefined();
    expect(emptyCatalog.find("actions/checkout")).toBeUndefined();
  });

  test("has one action a line", async () => {
    const text = await readFile(catalogUrl(), "utf8");
    const lines = text.trimEnd().split("\n");
    expect(lines).toHaveLength(202);
    expect(Object.keys(JSON.parse(text) as object)).toEqual(readCatalog(text).names);
  });

  test("parses only the line of the action that is asked for", () => {
    const line = '"a/b":{"inputs":[],"interfaces":[],"versions":[]}';
    expect(readCatalog(`{\n${line},\n"c/d":broken\n}\n`).find("A/B")).toEqual({ name: "a/b", versions: [] });
  });

  test.each(["dist/cli.js", "dist/chunks/cli.js", "src/actions/catalog.ts"])("is found from %s", async (module) => {
    const root = await mkdtemp(join(tmpdir(), "flowkeep-catalog-"));
    onTestFinished(() => rm(root, { recursive: true }));
    const data = join(root, module.startsWith("dist") ? "dist/data" : "data");
    await mkdir(data, { recursive: true });
    await copyFile(catalogUrl(), join(data, "action-catalog.json"));
    const found = catalogUrl(pathToFileURL(join(root, module)));
    expect(found.href).toBe(pathToFileURL(join(data, "action-catalog.json")).href);
    expect(() => catalogUrl(pathToFileURL(join(tmpdir(), "flowkeep-nowhere/x/y/z.js")))).toThrow("catalogue");
  });
});

describe.skipIf(!existsSync(source))("packed from ../shared/data/action-catalog.json", () => {
  test("is current and loses nothing", async () => {
    const script = new URL("../../scripts/pack-catalog.mjs", import.meta.url);
    await promisify(execFile)(process.execPath, [script.pathname, source.pathname, "--check"]);
    const catalog = await openCatalog();
    const original = JSON.parse(await readFile(source, "utf8")) as Record<string, { versions: unknown[] }>;
    for (const [name, { versions }] of Object.entries(original)) {
      const action = catalog.find(name);
      expect(action && asSource(action)).toEqual(versions);
    }
  });
});

/** The versions as the source has them. */
function asSource({ versions }: CatalogAction): unknown[] {
  return versions.map(
    ({ interface: { inputs, ...rest }, ...version }) =>
      JSON.parse(
        JSON.stringify({
          ...version,
          ...rest,
          inputs: Object.fromEntries(
            [...inputs].map(([name, { required, default: fallback, deprecated }]) => [
              name,
              {
                required,
                default: fallback ?? null,
                deprecated: deprecated === true,
                ...(fallback === "true" || fallback === "false" ? { kind: "boolean-like" } : {}),
              },
            ]),
          ),
        }),
      ) as unknown,
  );
}
