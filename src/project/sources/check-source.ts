import { emptyLock } from "../../actions/lock.ts";
import type { KnownActions } from "../../actions/resolve-interface.ts";
import type { SourceFile } from "../../ir/span.ts";
import type { Finding } from "../../report/finding.ts";
import { USUAL_RULES } from "../../rules/all-rules.ts";
import { definedFileToCheck, type CheckedFile } from "../../rules/checked-file.ts";
import { ruleContext } from "../../rules/rule-context.ts";
import { checkFiles } from "../lint/check-files.ts";
import type { ConvertedSource } from "./convert-sources.ts";
import type { Positions } from "../lint/findings.ts";

/** What a source defines, for rules. */
export function sourceToCheck({ source, ...converted }: ConvertedSource, text?: SourceFile): CheckedFile {
  return definedFileToCheck({ ...converted, path: source.file, texts: text === undefined ? [] : [text] });
}

/** A module that sources import: it defines nothing, but its text is theirs. */
export function moduleToCheck(text: SourceFile): CheckedFile {
  const nothing = { node: undefined, problems: [], expressions: [], intents: new Map<never, never>() };
  return definedFileToCheck({ ...nothing, path: text.path, texts: [text] });
}

const WITHOUT_LOCK = USUAL_RULES.filter(({ id }) => id !== "unpinned-uses");

/** Everything that the types check, checked again; of one source alone, whatever it is pinned to. */
export function checkSource(converted: ConvertedSource, known: KnownActions, positions: Positions): readonly Finding[] {
  const context = ruleContext({ actionsOf: () => known, lock: emptyLock });
  return checkFiles([sourceToCheck(converted)], { context, positions, rules: WITHOUT_LOCK });
}
