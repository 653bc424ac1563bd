import type { ReadEntry } from "../git/read-config.ts";
import { UNSEEN } from "../../shell/value.ts";
import { defaultPushRemote, isConfiguredRemote } from "../git/remote-urls.ts";
import type { Call } from "../script/walk.ts";
import { hasSymbol, type Text } from "../text.ts";
import type { GitCall } from "./git-call.ts";

/** What may be no argument at all stands in front of the remote: `git push $FORCE origin main`, `git push "${leases[@]}" "$url"`. */
export function placeOperands(
  call: GitCall,
  operands: readonly Text[],
  entries: readonly ReadEntry[],
): readonly Text[] {
  const [first, second] = operands;
  // Behind `--` stands the remote: what is computed in front of it are options.
  const dashes = call.rest.indexOf("--");
  const behind = dashes < 0 ? operands.length : call.rest.length - dashes - 1;
  if (behind > 0 && behind < operands.length && first !== undefined && first.length === 1 && hasSymbol(first))
    return operands.slice(operands.length - behind);
  const isMaybe =
    first !== undefined &&
    call.fields.some(({ value, isOne }) => !isOne && call.walk.analysis.symbols.encode(value) === first);
  const isRemote = second !== undefined && (isConfiguredRemote(entries, second) || second.includes("://"));
  // Options that are set nowhere in sight: `git push $ARGS`.
  const isUnset =
    second === undefined && call.walk.analysis.symbols.reasonFor(first ?? "")?.startsWith(UNSEEN) === true;
  return isMaybe && (isRemote || isUnset) ? operands.slice(1) : operands;
}

/** A remote that a bare push goes to. */
export interface Chosen {
  readonly remote: Text;
  readonly when: string | undefined;
}

/** A bare push: the branch decides, and where its name is not known, so does each branch that has a remote of its own. */
export function defaultRemotes(
  entries: readonly ReadEntry[],
  branch: Text | undefined,
  { walk }: Call,
): readonly Chosen[] {
  const isKnown = branch !== undefined && !hasSymbol(branch);
  const others = isKnown
    ? []
    : entries.filter(
        ({ key }) =>
          key.section === "branch" &&
          key.subsection !== undefined &&
          (key.name === "pushremote" || key.name === "remote"),
      );
  const fallback = defaultPushRemote(entries, branch);
  const own = others.map(({ key, value }) => ({
    remote: value,
    when: `the branch is ${walk.analysis.symbols.show(key.subsection ?? "")}`,
  }));
  const isSame = own.every(({ remote }) => remote === fallback.name);
  if (isSame) return [{ remote: fallback.name, when: undefined }];
  return [...own.toReversed(), { remote: fallback.name, when: "the branch is another" }];
}
