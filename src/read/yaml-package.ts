import { createRequire } from "node:module";

type Yaml = typeof import("yaml");

let loaded: Yaml | undefined;

/**
 * The `yaml` package, loaded when it is first needed: it is fifty modules, a fifth of the time that a small `gen` takes, and most
 * files are read without it. `import()` would do the same only for callers that wait.
 */
export function yamlPackage(): Yaml {
  loaded ??= createRequire(import.meta.url)("yaml") as Yaml;
  return loaded;
}
