import { writeFiles } from "../../src/emit/write-files.ts";
import { writtenSet } from "./written-set.ts";

// Run as a program of its own: writes one set of files, then the other, until it is killed.
const [root = "", first = "0"] = process.argv.slice(2);
for (let round = Number(first); ; round++) {
  writeFiles(root, writtenSet(round % 2));
  if (round === Number(first)) process.stdout.write("started\n");
}
