import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { flowkeep: fileURLToPath(new URL("src/index.ts", import.meta.url)) } },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/long/**"],
    server: { deps: { inline: [/@actions\//] } },
    testTimeout: 60_000,
  },
});
