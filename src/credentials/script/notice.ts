import type { Command } from "../../shell/script.ts";
import { credentialsIn } from "../lives/find-holdings.ts";
import { hasSymbol } from "../text.ts";
import type { Place } from "./run-statements.ts";
import type { Call } from "./walk.ts";

/** Whoever may list processes reads their arguments. */
export function noticeArguments({ walk, args, command, span, fields: [program] }: Call): void {
  const { analysis, source, isRecording } = walk;
  if (analysis.notice === undefined || !isRecording || source.label !== undefined || program === undefined) return;
  const { symbols } = analysis;
  const identities = args.flatMap((arg) => (hasSymbol(arg) ? credentialsIn(arg, symbols) : []));
  if (identities.length === 0) return;
  const name = symbols.encode(program.value);
  analysis.notice({ kind: "argument", span, command, program: hasSymbol(name) ? "a program" : name, identities });
}

/** What may speak to the repository's server without being seen. */
export function noticeOutOfSight(text: string | undefined, command: Command, { walk }: Place): void {
  const { analysis, source, isRecording } = walk;
  if (text === undefined || !isRecording) return;
  analysis.notice?.({ kind: "out-of-sight", span: source.spanOf(command.start, command.end), text });
}

const PLACING = /(?:^|\/)(?:cp|mv|ln|install|rsync)$/;
const HOOKS_FOLDER = /(?:^|\/)\.git\/hooks(?:\/|$)/;

/** Hooks that the repository has are put where git starts them: which of its commands does, is not followed. */
export function noticeHookFiles({ walk, args, span, fields: [program] }: Call): void {
  const { analysis, isRecording } = walk;
  if (analysis.notice === undefined || !isRecording || program === undefined) return;
  if (!PLACING.test(analysis.symbols.encode(program.value)) || !args.some((arg) => HOOKS_FOLDER.test(arg))) return;
  analysis.notice({ kind: "out-of-sight", span, text: "hooks are put into .git/hooks, which are not followed" });
}
