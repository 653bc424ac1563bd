import { setFlagsFromString } from "node:v8";

/** From this many characters on it is worth it: of fewer sources the rest of flowkeep is loaded at the same time. */
const MANY = 200_000;

/**
 * Lets V8 compile all functions of a module when it is loaded. Else it reads over each, and compiles it when it is called; but of
 * a project's sources all are called. That is 6 to 9 % of the processor time of `gen` over 500 sources.
 *
 * @param size of the module, in characters
 * @returns what ends that
 */
export function compileAtOnce(size: number): () => void {
  if (size < MANY) return () => undefined;
  setFlagsFromString("--no-lazy");
  return () => setFlagsFromString("--lazy");
}
