import { textOf, unknown, type Fragment, type TextValue, type Value } from "./value.ts";

/** What a script has written to `$GITHUB_ENV`, `$GITHUB_OUTPUT` or `$GITHUB_STATE`. */
export interface EnvFileEntry {
  readonly name: string;
  readonly value: Value;
}

export interface EnvFile {
  readonly entries: readonly EnvFileEntry[];
  /** Why there may be more entries than these: a line is not known. */
  readonly reason: string | undefined;
}

type Line = readonly Fragment[];

/**
 * Reads `NAME=value` lines and `NAME<<DELIMITER` blocks; what is not known may stand in values.
 * docs.github.com, "Workflow commands", Setting an environment variable, Multiline strings.
 */
export function readEnvFile(text: TextValue): EnvFile {
  const lines = splitLines(text);
  const entries: EnvFileEntry[] = [];
  let reason: string | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? [];
    const [first] = line;
    if (first === undefined) continue;
    const start = first.kind === "literal" ? first.text : "";
    const block = /^([^=]*?)<<(.*)$/.exec(start);
    const single = /^([^=]+)=/.exec(start);
    if (block?.[1] !== undefined && (single === null || block[1].length < (single[1]?.length ?? 0))) {
      const end = findEnd(lines, at, line, block[1].length + 2);
      if (end < 0) {
        reason = `the block of ${block[1]} has no end that is known`;
        break;
      }
      entries.push({ name: block[1], value: joinLines(lines.slice(at + 1, end)) });
      at = end;
    } else if (single !== null) {
      const rest: Fragment = { kind: "literal", text: start.slice(single[0].length) };
      entries.push({ name: single[1] ?? "", value: textOf([rest, ...line.slice(1)]) });
    } else reason = first.kind === "unknown" ? first.reason : "a line's name is not known";
  }
  return { entries, reason };
}

function splitLines(text: TextValue): readonly Line[] {
  const lines: Fragment[][] = [[]];
  for (const fragment of text.fragments) {
    if (fragment.kind !== "literal") {
      lines.at(-1)?.push(fragment);
      continue;
    }
    const [first = "", ...others] = fragment.text.split(/\r?\n/);
    if (first !== "") lines.at(-1)?.push({ kind: "literal", text: first });
    for (const line of others) lines.push(line === "" ? [] : [{ kind: "literal", text: line }]);
  }
  return lines;
}

/** The line that is the delimiter, even one that is not known: `EOF_$RANDOM` is the same text both times. */
function findEnd(lines: readonly Line[], at: number, line: Line, length: number): number {
  const [first, ...others] = line;
  const delimiter = textOf([
    { kind: "literal", text: first?.kind === "literal" ? first.text.slice(length) : "" },
    ...others,
  ]);
  const wanted = JSON.stringify(delimiter.fragments);
  for (let index = at + 1; index < lines.length; index++) if (JSON.stringify(lines[index]) === wanted) return index;
  return -1;
}

function joinLines(lines: readonly Line[]): Value {
  if (lines.length > 1_000) return unknown("the block has too many lines");
  return textOf(
    lines.flatMap((line, index) => (index === 0 ? line : [{ kind: "literal", text: "\n" } as const, ...line])),
  );
}
