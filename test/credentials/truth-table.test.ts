import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openCatalog, type Catalog } from "../../src/actions/catalog.ts";
import { analyzeFile } from "../../src/credentials/analyze-file.ts";
import { readFile } from "../../src/read/read-file.ts";

const folder = join(import.meta.dirname, "../fixtures/truth-table");

interface Expected {
  readonly kind: string;
  readonly name: string | null;
  /** The step whose push (or clone, or `ls-remote`) was observed on a real git. */
  readonly step: number;
  readonly title: string;
}

const cases = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Record<string, Expected>;

/** Cases whose workflow is not what was run, with the reason. */
const OTHERWISE: Readonly<Record<string, string>> = {
  // The experiment's shell had expanded $PAT_BASIC. GitHub does not expand `env`: git would send these very letters, and the
  // server would refuse them.
  C46: "none",
};

describe("the truth table: what real git sent", () => {
  let catalog: Catalog;
  beforeAll(async () => void (catalog = await openCatalog()));

  it.each(Object.entries(cases).map(([id, expected]) => ({ id, ...expected })))(
    "$id: $title",
    ({ id, kind, name, step }) => {
      const path = `.github/workflows/${id}.yml`;
      const { node } = readFile(path, readFileSync(join(folder, "workflows", `${id}.yml`), "utf8"));
      const { pushes, reads } = analyzeFile(path, node!, { catalog });
      const [found, ...others] = [...pushes, ...reads].filter((push) => push.step === step);
      expect(others.filter(({ command }) => command === found?.command)).toEqual([]);
      const want = OTHERWISE[id] === undefined ? { kind, name } : { kind: OTHERWISE[id], name: null };
      const identity = found?.identity;
      expect({
        kind: identity?.kind,
        name: identity !== undefined && "name" in identity ? identity.name : null,
      }).toEqual(want);
      expect(found?.evidence.length).toBeGreaterThan(0);
    },
  );
});
