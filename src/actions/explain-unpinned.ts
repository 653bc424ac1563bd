import { parseUses } from "../ir/uses-ref.ts";
import type { UnpinnedReason } from "./lock.ts";
import type { CatalogVersion } from "./packed-action.ts";

/** Why a ref stays as it is written, and what to do about it. `newest` is the version whose interface stands for it. */
export function explainUnpinned(ref: string, reason: UnpinnedReason, newest?: CatalogVersion | undefined): string {
  const uses = parseUses(ref);
  const name = ref.slice(0, ref.lastIndexOf("@"));
  const version = uses.kind === "repository" ? uses.ref : ref;
  switch (reason) {
    case "moving tag": {
      const exact = newest?.tag && newest.tag !== version ? `${name}@${newest.tag}` : "the commit itself";
      return `${ref} is not pinned: ${version} is a moving tag, and offline nobody knows where it points now; run \`npx flowkeep actions update ${name}\`, or write ${exact}`;
    }
    case "branch":
      return `${ref} is not pinned: ${version} is a branch, and offline nobody knows where it points now; run \`npx flowkeep actions update ${name}\`, or write a tag or a commit`;
    case "unknown commit":
      return `${ref} is not pinned: the catalogue does not know the commit of ${version}; run \`npx flowkeep actions update ${name}\`, or write the commit itself`;
    case "as imported":
      return `${ref} is not pinned: it was imported so; run \`npx flowkeep actions add ${ref}\` to pin it`;
    case "local":
      return `${ref} needs no pin: it comes with the workflow's own commit`;
  }
}
