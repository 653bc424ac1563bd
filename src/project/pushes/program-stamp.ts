import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The packages beside flowkeep that have a say in what it finds: they read YAML and scripts. */
const READERS = ["js-yaml", "unbash", "yaml"];

/** Stands for the flowkeep that runs, its catalogue and its parsers too: another build or another parser, another stamp. */
export function programStamp(entry: URL): string {
  const folder = fileURLToPath(new URL(".", entry));
  const hash = createHash("sha256");
  for (const below of ["", "chunks", "data"]) {
    for (const name of namesIn(join(folder, below)))
      if (/\.(?:js|ts|json)$/.test(name)) hash.update(`${name}\0`).update(readFileSync(join(folder, below, name)));
  }
  for (const name of READERS) hash.update(`${name}\0`).update(manifestOf(name, folder));
  return hash.digest("hex");
}

/** The `package.json` of a package, where Node would find it. */
function manifestOf(name: string, folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return readFileSync(join(at, "node_modules", name, "package.json"), "utf8");
    } catch {
      if (dirname(at) === at) return "";
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
