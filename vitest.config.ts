import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  resolve: { alias: { flowkeep: fileURLToPath(new URL("src/index.ts", import.meta.url)) } },
  test: {
    include: ["test/**/*.test.ts"],
    // `npm run test:long` runs them with `--mode long`.
    exclude: mode === "long" ? [] : ["test/long/**"],
    server: { deps: { inline: [/@actions\//] } },
    setupFiles: ["test/seed.ts"],
    env: { SUITE: mode === "long" ? "long" : "short" },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // vitest would leave one core to a person who watches; on two cores that is half.
    maxWorkers: "100%",
  },
}));
