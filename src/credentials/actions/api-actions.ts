import type { KnownAction } from "./action-table.ts";

/** Actions that make commits, tags or releases through GitHub's API: no git takes part, and no header. */
export const API_ACTIONS: readonly KnownAction[] = [
  { uses: "ncipollo/release-action", source: "src/Releases.ts of v1.21.0" },
  { uses: "softprops/action-gh-release", source: "action.yml of v3.0.0" },
  { uses: "googleapis/release-please-action", source: "action.yml of v4.1.4" },
  { uses: "mathieudutour/github-tag-action", source: "src/github.ts of v6.2" },
  { uses: "planetscale/ghcommit-action", source: "entrypoint.sh of v0.2.22" },
];
