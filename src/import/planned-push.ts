import type { Value } from "../ir/node.ts";
import { camelCase } from "./identifiers.ts";

/** What `push({ … })` takes the place of a step with. Every text may hold `${{ }}`. */
export interface PlannedPush {
  readonly as: PlannedCredential;
  readonly repository?: string | undefined;
  /** Exactly one of these two. */
  readonly branch?: string | undefined;
  readonly refs?: readonly string[] | undefined;
  readonly path?: string | undefined;
  readonly commit?: PlannedCommit | undefined;
  readonly force?: "with-lease" | undefined;
  /** Comments of the script that it takes the place of, without `#`. */
  readonly comments: readonly string[];
}

/** Who pushes: `githubToken()`, `pat(secret)`, `deployKey(secret)`, or `appToken(…)` of the step with this id. */
export type PlannedCredential =
  | { readonly kind: "github-token" }
  | { readonly kind: "pat" | "deploy-key"; readonly secret: string }
  | { readonly kind: "app"; readonly step: string };

interface PlannedCommit {
  readonly paths: readonly string[];
  readonly message: string;
  /** Undefined: github-actions[bot], which a push as `githubToken()` has by itself. */
  readonly author: { readonly name: string; readonly email: string } | undefined;
  readonly noVerify?: true | undefined;
}

/** By step: nothing becomes `push({ … })` unless somebody asks for it. */
export const NO_PUSHES: ReadonlyMap<Value, PlannedPush> = new Map();

/** What a push takes besides `as`, as values, in the order in which they read best. */
export function pushSettings({ branch, refs, repository, path, commit, force }: PlannedPush): PushSettings {
  const { author, noVerify, ...rest } = commit ?? {};
  const given = {
    repository,
    branch,
    refs,
    path,
    commit: commit && { ...rest, ...(author && { author }), ...(noVerify && { noVerify }) },
    force,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as PushSettings;
}

export type PushSetting = string | boolean | readonly PushSetting[] | PushSettings;
export interface PushSettings {
  readonly [name: string]: PushSetting;
}

/** For people, on one line: `push({ as: githubToken(), branch: "main" })`. */
export function printPush(push: PlannedPush): string {
  const { as } = push;
  const credential =
    as.kind === "github-token"
      ? "githubToken()"
      : as.kind === "app"
        ? `appToken(${camelCase(as.step)})`
        : `${as.kind === "pat" ? "pat" : "deployKey"}(${JSON.stringify(as.secret)})`;
  const settings = Object.entries(pushSettings(push)).map(([name, value]) => `${name}: ${print(value)}`);
  return `push({ ${[`as: ${credential}`, ...settings].join(", ")} })`;
}

function print(value: PushSetting): string {
  if (typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(print).join(", ")}]`;
  return `{ ${Object.entries(value)
    .map(([name, each]) => `${name}: ${print(each)}`)
    .join(", ")} }`;
}

function isList(value: PushSetting): value is readonly PushSetting[] {
  return Array.isArray(value);
}
