import type { Field } from "../../shell/scope.ts";
import type { Command } from "../../shell/script.ts";
import { NO_OPTIONS } from "../../shell/shell-options.ts";
import { literalOf } from "../../shell/value.ts";
import type { Analysis } from "../analysis.ts";
import { unknownIdentity } from "../identity.ts";
import type { World } from "../world.ts";
import { enterProcess } from "./process.ts";
import { start } from "./run-command.ts";
import type { Place } from "./run-statements.ts";
import { runText } from "./run-text.ts";

/** Meets the pushes of a command that runs with other files or variables: who it is there, nobody can tell. */
export function meetElsewhere(
  { fields, reason }: { readonly fields: readonly Field[]; readonly reason: string },
  command: Command,
  world: World,
  place: Place,
): void {
  if (!place.walk.isRecording) return;
  const at = fields.findIndex(({ value }) => /^(?:.*\/)?git$/.test(literalOf(value) ?? ""));
  const inside: Place = { ...place, walk: { ...place.walk, analysis: withUnknown(place.walk.analysis, reason) } };
  const entered = enterProcess(world, NO_OPTIONS);
  if (at >= 0) start(command, fields.slice(at), [], entered, inside);
  for (const { value } of fields)
    if (/\bgit\b[^]*\bpush\b/.test(value.kind === "text" ? lettersOf(value.fragments) : ""))
      runText(value, command, entered, inside, { positional: [], options: NO_OPTIONS });
}

function lettersOf(fragments: Extract<Field["value"], { kind: "text" }>["fragments"]): string {
  return fragments.map((fragment) => (fragment.kind === "literal" ? fragment.text : "$")).join("");
}

/** Whoever pushes there is not known. */
export function withUnknown(analysis: Analysis, reason: string): Analysis {
  return {
    ...analysis,
    record: (met) =>
      analysis.record({
        ...met,
        identity: unknownIdentity(reason),
        intended: undefined,
        hops: [{ span: met.site.span, text: reason }],
      }),
  };
}
