import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Stands for the flowkeep that runs, its catalogue too: another build, another stamp. */
export function programStamp(entry: URL): string {
  const folder = fileURLToPath(new URL(".", entry));
  const hash = createHash("sha256");
  for (const below of ["", "chunks", "data"]) {
    for (const name of namesIn(join(folder, below)))
      if (/\.(?:js|ts|json)$/.test(name)) hash.update(`${name}\0`).update(readFileSync(join(folder, below, name)));
  }
  return hash.digest("hex");
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
