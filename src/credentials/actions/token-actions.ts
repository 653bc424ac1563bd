import type { KnownAction } from "./action-table.ts";

function minting(uses: string, ...outputs: readonly string[]): KnownAction {
  return { uses, mints: outputs.length === 0 ? ["token"] : outputs };
}

/** Actions that mint an installation token of a GitHub App, with the outputs that hold it. */
export const TOKEN_ACTIONS: readonly KnownAction[] = [
  minting("actions/create-github-app-token"),
  minting("tibdex/github-app-token"),
  minting("peter-murray/workflow-application-token-action"),
  minting("getsentry/action-github-app-token"),
  minting("machine-learning-apps/actions-app-token", "app_token"),
  minting("wow-actions/use-app-token", "BOT_TOKEN"),
  minting("navikt/github-app-token-generator"),
  minting("electron/github-app-auth-action"),
  minting("cybozu/octoken-action"),
  minting("jamestrousdale/github-app-jwt-token"),
  minting("octo-sts/action"),
  minting("DataDog/dd-octo-sts-action"),
  minting("open-security-tools/ost-simple-sts"),
  minting("qoomon/actions--access-token"),
  minting("suzuki-shunsuke/github-token-action"),
];
