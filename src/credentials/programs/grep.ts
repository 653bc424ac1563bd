import { isCheap, readRegularExpression } from "../../shell/regular-expression.ts";
import { readConfigFile } from "../git/config-file.ts";
import { printConfig } from "../git/print-config.ts";
import { resolvePath } from "../paths.ts";
import type { Call } from "../script/walk.ts";
import type { Status } from "../world.ts";
import { hasSymbol, type Text } from "../text.ts";

/** What a configuration has of this, the model has, too; other lines of it are not all known. */
const MODELLED = /extraheader|includeif|insteadof|git-credentials-/i;

/** Whether `grep PATTERN FILE`, or `… | grep -q PATTERN`, finds anything; `open` where that is not known. */
export function statusOfGrep(call: Call): Status {
  const letters: string[] = [];
  const operands: Text[] = [];
  let pattern: Text | undefined;
  for (let at = 0; at < call.args.length; at++) {
    const arg = call.args[at] ?? "";
    if (arg === "-e" || arg === "--regexp") pattern = call.args[++at];
    else if (/^-[A-Za-z]+$/.test(arg)) letters.push(...arg.slice(1));
    else if (arg === "--quiet" || arg === "--silent") letters.push("q");
    else if (arg.startsWith("--")) return "open";
    else operands.push(arg);
  }
  pattern ??= operands.shift();
  if (pattern === undefined || hasSymbol(pattern) || operands.length > 1) return "open";
  if (letters.some((letter) => !"qEFGisnhH".includes(letter))) return "open";
  const isFixed = letters.includes("F");
  const source = isFixed ? pattern.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&") : pattern;
  const expression = readRegularExpression(
    source,
    isFixed || letters.includes("E"),
    letters.includes("i") ? "i" : "",
    true,
  );
  const read = operands[0] === undefined ? inputText(call) : fileText(call, operands[0]);
  if (expression === undefined || read === undefined) return "open";
  const lines = read.text.split("\n");
  if (lines.some((line) => !isCheap(expression, line))) return "open";
  // A token has nothing that a word is looked for in, but what else is not known may.
  const isPlain = isFixed || /^[\w/:.@-]+$/.test(pattern);
  if (lines.some((line) => (isPlain || !hasSymbol(line)) && expression.test(line))) return true;
  return read.isWhole || MODELLED.test(pattern) ? false : "open";
}

interface Read {
  readonly text: Text;
  readonly isWhole: boolean;
}

/** What is piped to it. */
function inputText({ input, walk }: Call): Read | undefined {
  if (input === undefined || input.kind === "choice") return undefined;
  const text = walk.analysis.symbols.encode(input);
  return { text, isWhole: !hasSymbol(text) };
}

function fileText({ world }: Call, path: Text): Read | undefined {
  const file = world.files.get(resolvePath(world.shell.directory, path));
  if (file?.kind === "text") return hasSymbol(file.text) ? undefined : { text: file.text, isWhole: true };
  const config = file?.kind === "config" ? readConfigFile(file) : undefined;
  return config?.kind === "entries" ? { text: printConfig(config.entries), isWhole: false } : undefined;
}
