import type { Config } from "../../define/define-config.ts";
import { pointAt } from "../../load/source-errors.ts";
import type { Ignore } from "../../report/find-ignores.ts";

/** The ignores of a config. Types demand a reason; JavaScript and JSON do not. */
export function findConfigIgnores({ ignores = [] }: Config, file: string): readonly Ignore[] {
  return ignores.map(({ rule, path, because = "" }) => ({
    rules: [rule],
    reason: because.trim(),
    file: path.replace(/^\.(?:\/|$)/, ""),
    lines: undefined,
    span: pointAt({ file }),
  }));
}
