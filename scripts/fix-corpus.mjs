// Mends every workflow and action of the repositories in a folder, in memory, and holds that no other push changes.
//   npm run corpus:fix -- <folder> [--diff] [--refused]
import { join } from "node:path";
import { runBundled } from "./run-bundled.mjs";

// Beside the build, whose catalogue it reads.
await runBundled(join(import.meta.dirname, ".."), "scripts/fix-corpus/main.ts", "dist/fix-corpus.mjs");
