import type { Position } from "./span.ts";

/** The builder call (`job(…)`, `uses(…)`) that defined a node. Its position is worked out only when someone asks. */
export interface BuilderCall {
  /** The builder's name: `push`. */
  readonly builder: string;
  /** Where in the TypeScript source the call stands; undefined where the runtime could not tell. */
  readonly place: () => SourcePlace | undefined;
}

/** A position in a TypeScript source. `file` is a path or URL as the runtime reported it. */
export interface SourcePlace extends Position {
  readonly file: string;
}

/** Where a defined node comes from. */
export interface Origin {
  /** The node's path in its file: `["jobs", "build", "steps", 2, "with"]`. */
  readonly path: Path;
  /** The nearest builder call around the value. */
  readonly call: BuilderCall | undefined;
}

export type Path = readonly (string | number)[];

/** `jobs.build.steps[2].with` */
export function printPath(path: Path): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (/^[\w-]+$/.test(part)) text += text === "" ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}
