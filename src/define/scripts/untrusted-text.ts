import { parse } from "../../expressions/parse.ts";
import { findUntrusted } from "../../expressions/untrusted.ts";

/** The paths in an expression whose text an outsider chooses. An expression that does not parse has none: it is reported elsewhere. */
export function untrustedPathsIn(source: string): readonly string[] {
  const parsed = parse(source);
  return parsed.kind === "expression" ? findUntrusted(parsed.expression).map(({ path }) => path) : [];
}
