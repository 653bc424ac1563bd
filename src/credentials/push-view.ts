import type { By } from "./evidence.ts";
import type { Files } from "./files.ts";
import type { Repository } from "./find-repository.ts";
import type { ReadEntry } from "./git/read-config.ts";
import type { Symbols, Text } from "./text.ts";

/** All that decides who a push (or a fetch) authenticates as. */
export interface PushView {
  readonly symbols: Symbols;
  readonly files: Files;
  /** Undefined where git runs outside of any repository, as `git ls-remote URL` may. */
  readonly repository: Repository | undefined;
  readonly entries: readonly ReadEntry[];
  readonly variable: (name: string) => Text | undefined;
  /** Where git runs its helpers: the top of the working tree. */
  readonly directory: Text;
  /** The push's own place: who gave what stands on its command line. */
  readonly by: By;
  /** `owner/name` that `github.repository` is taken for where a key's path must be compared with it. */
  readonly assumedRepository: string;
  /** Why a file may be there that nothing in sight has written: on the runner from the beginning, or by now. */
  readonly unseen: { readonly onRunner: () => string | undefined; readonly byNow: () => string | undefined };
  /** What a command prints when it runs in the push's environment: a credential helper, an askpass program. */
  readonly runProgram: (script: Text, args: readonly Text[]) => Text;
}

/** A text with GitHub's names for the repository replaced by those it is taken for. */
export function withAssumedRepository(
  text: Text,
  { symbols, assumedRepository }: Pick<PushView, "symbols" | "assumedRepository">,
): Text {
  const [owner = "", name = ""] = assumedRepository.split("/");
  return text
    .replaceAll(symbols.reference("github.repository", false), assumedRepository)
    .replaceAll(symbols.reference("github.repository_owner", false), owner)
    .replaceAll(symbols.reference("github.event.repository.name", false), name);
}
