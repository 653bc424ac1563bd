import type { Node } from "../../ir/any-node.ts";
import type { Comments } from "../../ir/node.ts";
import { visitNodes } from "../../ir/walk.ts";
import { defineRule } from "../define-rule.ts";
import type { Place } from "../place.ts";
import { escapeHidden, findHidden, isPlain, nameHidden, type HiddenRun } from "./hidden-characters.ts";

export const hiddenUnicode = defineRule({
  id: "hidden-unicode",
  severity: "error",
  summary: "A file holds characters that cannot be seen, or that turn the order in which text is shown.",
  why: `What people read in a review is not what GitHub runs: bidirectional controls show a text in another order than it has, and
invisible characters hide data, make two names that look the same different, and break commands. Names, values, scripts and
comments are searched. The parts of emoji, joiners in scripts that need them, and a byte order mark at the start of a file are
no finding; a bidirectional control is an error, other characters are a warning.

Remove the character. Where it is meant, write it as an escape in double quotes: \`"\\u200B"\`.

Source: [Trojan Source](https://trojansource.codes), CVE-2021-42574.`,
  messages: {
    bidirectional: "{characters}: people see this text in another order than GitHub reads it. It is {escaped}",
    invisible: "{characters}: nobody sees it, and GitHub reads it. The text is {escaped}",
  },
  *check({ texts, node, kind }) {
    const told = new Set<string>();
    for (const file of texts) {
      for (const run of findHidden(file.text).slice(0, MOST)) {
        const { start, end } = run;
        const span = { file, start, end };
        for (const char of file.text.slice(start, end)) told.add(char);
        const fixes = [{ description: "remove what cannot be seen", edits: [{ span, text: "" }] }];
        yield { ...tell(run, file.text), at: span, fixes };
      }
    }
    // What a source writes as an escape, or has from elsewhere, is hidden in the YAML.
    if (kind !== "defined" || node === undefined) return;
    for (const { text, at } of specialTexts(node)) {
      const run = findHidden(text).find(({ start, end }) =>
        [...text.slice(start, end)].some((char) => !told.has(char)),
      );
      if (run !== undefined) yield { ...tell(run, text), at };
    }
  },
});

/** Nobody reads more of them about one file. */
const MOST = 50;

function tell({ start, end, kind }: HiddenRun, text: string) {
  const chars = [...text.slice(start, end)];
  const names = chars.slice(0, 4).map(nameHidden).join(", ");
  return {
    message: kind,
    data: {
      characters: chars.length > 4 ? `${names} and ${chars.length - 4} more` : names,
      escaped: `\`${excerpt(text, start, end)}\``,
    },
    severity: kind === "bidirectional" ? "error" : "warning",
  } as const;
}

/** The words around a run on its line, with escapes. */
function excerpt(text: string, start: number, end: number): string {
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start).trimStart();
  const rest = text.indexOf("\n", end);
  const after = text.slice(end, rest < 0 ? text.length : rest).trimEnd();
  const head = before.length > 30 ? `…${before.slice(-30)}` : before;
  const tail = after.length > 30 ? `${after.slice(0, 30)}…` : after;
  return escapeHidden(head + text.slice(start, Math.min(end, start + 8)) + tail);
}

/** The texts of a file that are not plain. */
function specialTexts(node: Node): readonly { readonly text: string; readonly at: Place }[] {
  const found: { text: string; at: Place }[] = [];
  visitNodes(node, (at) => {
    const look = (text: string | null | undefined): void => {
      if (text != null && !isPlain(text)) found.push({ text, at });
    };
    const lookAtComments = (comments: Comments): void => {
      comments.before?.forEach(look);
      look(comments.trailing);
      comments.end?.forEach(look);
    };
    if (at.kind === "scalar") look(at.text);
    else if (at.kind !== "sequence") {
      for (const key of at.kind === "mapping" ? at.entries.map(({ key }) => key) : at.keys) {
        look(key.text);
        if (key.comments !== undefined) lookAtComments(key.comments);
      }
    }
    if (at.comments !== undefined) lookAtComments(at.comments);
  });
  return found;
}
