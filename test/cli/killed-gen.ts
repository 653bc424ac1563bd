import { once } from "node:events";
import { readdirSync, watch } from "node:fs";
import { expect } from "vitest";
import { ProjectFolder, workflowSaying } from "./project-folder.ts";

const NAMES = Array.from({ length: 12 }, (_, at) => `w${at}`);
const FOLDER = ".github/workflows";

/** Kills `gen` while it writes, each time a little later, and expects each file to be old or new. */
export async function expectOldOrNew(project: ProjectFolder, rounds: number): Promise<void> {
  const sources = NAMES.map((name) => [`workflows-src/${name}.ts`, sourceSayingState()]);
  project.write({ ...Object.fromEntries(sources), ...helper(0) });
  expect(project.run(["gen"]).code).toBe(0);
  const texts = new Map(NAMES.map((name) => [name, project.read(`${FOLDER}/${name}.yml`)]));
  let killed = 0;
  for (let round = 1; round <= rounds; round++) {
    project.write(helper(round));
    if (await killWhileWriting(project, round)) killed++;
    for (const [name, text] of texts) {
      const now = project.read(`${FOLDER}/${name}.yml`);
      const state = Number(/echo state (\d+)\n/.exec(now)?.[1]);
      expect(state).toBeLessThanOrEqual(round);
      expect(now).toBe(text.replace("echo state 0\n", `echo state ${state}\n`));
    }
    JSON.parse(project.read("generated/source-map.json"));
  }
  expect(killed).toBeGreaterThan(0);
  expect(project.run(["gen"]).code).toBe(0);
  expect(project.run(["check"]).code).toBe(0);
  // What killed runs left behind is gone too.
  expect(readdirSync(project.path(FOLDER)).sort()).toEqual(NAMES.map((name) => `${name}.yml`).sort());
  expect(readdirSync(project.path("generated"))).toEqual(["source-map.json"]);
}

function sourceSayingState(): string {
  const source = workflowSaying("STATE").replace('"echo STATE"', "`echo ${state}`");
  return `import { state } from "./lib/state.ts";\n${source}`;
}

function helper(state: number): Readonly<Record<string, string>> {
  return { "workflows-src/lib/state.ts": `export const state = "state ${state}";\n` };
}

/** Kills a run after so many changes in the folder that it writes to; false where it was faster. */
async function killWhileWriting(project: ProjectFolder, changes: number): Promise<boolean> {
  let seen = 0;
  const watcher = watch(project.path(FOLDER));
  await new Promise((resolve) => setImmediate(resolve));
  const run = project.start(["gen"]);
  watcher.on("change", () => {
    if (++seen === changes) run.kill("SIGKILL");
  });
  const [, signal] = (await once(run, "exit")) as [number | null, string | null];
  watcher.close();
  return signal === "SIGKILL";
}
