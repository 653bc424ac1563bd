// Prints how right the verdicts are: the truth table, the labelled files, and the corpus (those two only where they are).
//   npm run bench:verdicts -- [--data <folder>] [--wrong] [--reasons] [--truth | --bench | --corpus | --speed]
import { join } from "node:path";
import { runBundled } from "./run-bundled.mjs";

const root = join(import.meta.dirname, "..");
await runBundled(root, "scripts/verdicts/main.ts", "node_modules/.cache/flowkeep-verdicts/main.mjs");
