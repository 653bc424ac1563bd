import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/long/**"],
    server: { deps: { inline: [/@actions\//] } },
    testTimeout: 60_000,
  },
});
