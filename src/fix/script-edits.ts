import { openSource, UNFOUND, type SourcePlace } from "./source-tree.ts";
import { edited, refused, type Planned } from "./text-edit.ts";

/** A command of a script that a source defines, and what is to be written behind its first word. */
export interface ScriptInsertion extends SourcePlace {
  /** As the script has it: `git push "https://…"`. */
  readonly command: string;
  readonly text: string;
}

/** The edit of a source that puts options into one command of a step's `run`; every other byte stays. */
export async function scriptEdits(source: string, insertion: ScriptInsertion): Promise<Planned> {
  const { findCall, follow, asObject, assignmentOf, literalOf } = await openSource(source);
  const call = findCall(insertion.offset);
  const depth = { run: insertion.path.length, job: 2, workflow: 0 }[insertion.builder];
  if (call === undefined || depth === undefined) return refused(UNFOUND);
  const step = follow(call.getArguments()[0], insertion.path.slice(depth));
  const script = literalOf(assignmentOf(asObject(step), "run")?.getInitializer());
  if (script === undefined) return refused("the script is not written out where the step is");
  const written = source.slice(script.start, script.end);
  // In a literal some characters are written otherwise than in the script: so far they are the same.
  const [begin = ""] = PLAIN[source[script.start - 1] ?? ""]?.exec(insertion.command) ?? [];
  const found = [...written.matchAll(new RegExp(escape(begin), "g"))];
  const [only] = found;
  if (only === undefined || begin.trim() === "") return refused("the script is put together: write it there by hand");
  if (found.length > 1) return refused(`\`${begin.trim()}\` stands ${found.length} times in the script`);
  const at = script.start + only.index + (/^\S+/.exec(begin)?.[0].length ?? 0);
  return edited({ start: at, end: at, text: insertion.text });
}

/** What is written as it is, by the quote around it. */
const PLAIN: Readonly<Record<string, RegExp>> = { "`": /^[^\\`$\n]*/, '"': /^[^\\"\n]*/, "'": /^[^\\'\n]*/ };

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
