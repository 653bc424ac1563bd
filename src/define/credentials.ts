import type { who } from "./brand.ts";
import type { Expr } from "./expressions/expression-types.ts";
import { makeAppToken, makeDeployKey, makeGithubToken, makePat, makeSecret } from "./expressions/make.ts";

/** Somebody that GitHub knows. A credential is also an expression, so that `with: { token: robot }` works. */
export interface Credential<out Who extends string = string> extends Expr<string> {
  readonly [who]: Who;
}
export interface Pat<out Name extends string> extends Credential<`PAT ${Name}`> {}
export interface AppToken extends Credential<"the App's token"> {}
export interface DeployKey<out Name extends string> extends Credential<`deploy key ${Name}`> {}
export interface GithubToken extends Credential<"GITHUB_TOKEN"> {}

/** Any secret. A checkout that is given one as its token persists it under this name. */
export interface Secret<out Name extends string> extends Expr<string> {
  readonly [who]: { readonly secret: Name };
}

/** What is known of a personal access token; `pushes` tells from it what GitHub will make of a push. */
export interface PatOptions {
  readonly kind?: "classic" | "fine-grained";
  /** Whom the token's owner counts as where a ruleset names its bypass actors. */
  readonly actsAs?: { readonly role: string } | { readonly team: string } | { readonly user: string };
  readonly scopes?: readonly string[];
}

/** A step that mints an installation token, such as `uses("actions/create-github-app-token@v2", { id, with })`. */
export interface MintingStep {
  readonly outputs: { readonly token: Expr<string> };
}

/**
 * A personal access token that is kept in a secret.
 *
 * @param secret the secret's name: letters, digits, `_` and `-`
 * @param options what is known of the token; the config's `credentials` may say it too
 * @throws {DefinitionError} for a name that no secret can have
 * @see https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens
 *
 * @example
 * ```ts
 * uses("actions/checkout@v5", { with: { token: pat("RELEASE_PAT", { kind: "classic", scopes: ["repo"] }) } })
 * ```
 * ```yaml
 * - uses: actions/checkout@v5
 *   with:
 *     token: ${{ secrets.RELEASE_PAT }}
 * ```
 */
export function pat<const Name extends string>(secret: Name, options?: PatOptions): Pat<Name> {
  return makePat(secret, options);
}

/**
 * The installation token of a GitHub App, minted by a step of the same job.
 *
 * @param mintedBy its output `token` is the credential
 * @throws {DefinitionError} for a value that is no such step
 * @see https://github.com/actions/create-github-app-token
 *
 * @example
 * ```ts
 * const mint = uses("actions/create-github-app-token@v2", {
 *   id: "mint",
 *   with: { "app-id": vars.APP_ID, "private-key": secret("APP_KEY") },
 * });
 * const checkout = uses("actions/checkout@v5", { with: { token: appToken(mint) } });
 * ```
 * ```yaml
 * - id: mint
 *   uses: actions/create-github-app-token@v2
 *   with:
 *     app-id: ${{ vars.APP_ID }}
 *     private-key: ${{ secrets.APP_KEY }}
 * - uses: actions/checkout@v5
 *   with:
 *     token: ${{ steps.mint.outputs.token }}
 * ```
 */
export function appToken(mintedBy: MintingStep): AppToken {
  return makeAppToken(mintedBy);
}

/**
 * A deploy key whose private half is kept in a secret; it pushes over ssh.
 *
 * @throws {DefinitionError} for a name that no secret can have
 * @see https://docs.github.com/en/authentication/connecting-to-github-with-ssh/managing-deploy-keys
 *
 * @example
 * ```ts
 * uses("actions/checkout@v5", { with: { "ssh-key": deployKey("DEPLOY_KEY") } })
 * ```
 * ```yaml
 * - uses: actions/checkout@v5
 *   with:
 *     ssh-key: ${{ secrets.DEPLOY_KEY }}
 * ```
 */
export function deployKey<const Name extends string>(secret: Name): DeployKey<Name> {
  return makeDeployKey(secret);
}

/**
 * The token that GitHub makes for each job: pushes with it are made by `github-actions[bot]`.
 *
 * @see https://docs.github.com/en/actions/concepts/security/github_token
 *
 * @example
 * ```ts
 * run({ env: { GH_TOKEN: githubToken() }, run: "gh pr merge --auto" })
 * ```
 * ```yaml
 * - env:
 *     GH_TOKEN: ${{ github.token }}
 *   run: gh pr merge --auto
 * ```
 */
export function githubToken(): GithubToken {
  return makeGithubToken();
}

/**
 * Any other secret.
 *
 * @throws {DefinitionError} for a name that no secret can have
 *
 * @example
 * ```ts
 * run({ env: { NPM_TOKEN: secret("NPM_TOKEN") }, run: "npm publish" })
 * ```
 * ```yaml
 * - env:
 *     NPM_TOKEN: ${{ secrets.NPM_TOKEN }}
 *   run: npm publish
 * ```
 */
export function secret<const Name extends string>(name: Name): Secret<Name> {
  return makeSecret(name);
}
