import { actionTable, type KnownAction } from "./action-table.ts";
import { API_ACTIONS } from "./api-actions.ts";
import { CREDENTIAL_ACTIONS } from "./credential-actions.ts";
import { OWN_CLONE_ACTIONS } from "./own-clone-actions.ts";
import { PLAIN_PUSH_ACTIONS } from "./plain-push-actions.ts";
import { PROGRAM_ACTIONS } from "./program-actions.ts";
import { PULL_REQUEST_ACTIONS } from "./pull-request-actions.ts";
import { SETUP_ACTIONS } from "./setup-actions.ts";
import { SYNC_ACTIONS } from "./sync-actions.ts";
import { TOKEN_ACTIONS } from "./token-actions.ts";
import { TOKEN_URL_ACTIONS } from "./token-url-actions.ts";

/**
 * Actions that push, or that change what a push sends, as their sources say. Facts: the versions that were read are those of
 * `push-actions.json`. `actions/checkout` is told in checkout-layout.ts.
 */
export const KNOWN_ACTIONS: readonly KnownAction[] = [
  ...PULL_REQUEST_ACTIONS,
  ...PLAIN_PUSH_ACTIONS,
  ...TOKEN_URL_ACTIONS,
  ...OWN_CLONE_ACTIONS,
  ...PROGRAM_ACTIONS,
  ...CREDENTIAL_ACTIONS,
  ...TOKEN_ACTIONS,
  ...SYNC_ACTIONS,
  ...API_ACTIONS,
  ...SETUP_ACTIONS,
];

const QUIET: ReadonlySet<string> = new Set(
  [...actionTable(KNOWN_ACTIONS)]
    .filter(([, entries]) => entries.every(({ run }) => run === undefined))
    .map(([name]) => name),
);

/** Whether an action, by its name in lower case, is known to leave git and the repository's server alone. */
export function leavesGitAlone(name: string): boolean {
  return QUIET.has(name);
}
