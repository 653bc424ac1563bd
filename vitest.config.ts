import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Tests that put something in the place of a module, for which each file needs modules of its own. */
const MOCKING = ["test/emit/write-rollback.test.ts"];

export default defineConfig(({ mode }) => {
  // `npm run test:long` runs them with `--mode long`.
  const isLong = mode === "long";
  const others = isLong ? [] : ["test/long/**"];
  return {
    resolve: { alias: { flowkeep: fileURLToPath(new URL("src/index.ts", import.meta.url)) } },
    test: {
      server: { deps: { inline: [/@actions\//] } },
      setupFiles: ["test/seed.ts"],
      env: { SUITE: isLong ? "long" : "short" },
      testTimeout: 60_000,
      hookTimeout: 60_000,
      // vitest would leave one core to a person who watches; on two cores that is half.
      maxWorkers: "100%",
      // A browser or a server that a busy CI machine starves once is no defect; what is broken fails again, and what
      // passed the second time is marked so in the report.
      retry: process.env["CI"] === undefined ? 0 : 1,
      projects: [
        {
          extends: true,
          // Loading the modules for each file anew takes a quarter of the time. They keep no state, which this holds, too.
          test: { name: "tests", isolate: false, include: ["test/**/*.test.ts"], exclude: [...MOCKING, ...others] },
        },
        { extends: true, test: { name: "mocking", include: MOCKING } },
      ],
    },
  };
});
