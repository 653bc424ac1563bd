import type { Scalar } from "../../ir/node.ts";
import type { UsesRef } from "../../ir/uses-ref.ts";
import { actionName } from "../../ir/uses-ref.ts";
import type { Catalog } from "../../actions/catalog.ts";
import { CHECKOUT_COMMITS } from "./checkout-commits.ts";

type RepositoryRef = Extract<UsesRef, { kind: "repository" }>;

/**
 * The version that a `uses:` names: the ref itself, else the catalogue's tag for a commit, else the comment behind the pin.
 *
 * @returns undefined where nothing tells
 */
export function actionVersion(ref: RepositoryRef, uses: Scalar, catalog: Catalog): string | undefined {
  const name = ref.ref.replace(/^refs\/(?:tags|heads)\//, "");
  if (/^v?\d+(?:\.\d+)*(?:[-+].*)?$/.test(name)) return name;
  // A release's branch moves with the newest version of its major.
  const branch = /^releases?\/(v\d+.*)$/.exec(name)?.[1];
  if (branch !== undefined) return branch;
  if (name === "main" || name === "latest") return "v999";
  if (!/^[0-9a-f]{40}$/i.test(name)) return undefined;
  const sha = name.toLowerCase();
  const isCheckout = actionName(ref).toLowerCase() === "actions/checkout";
  const version = catalog.find(actionName(ref))?.versions.find((candidate) => candidate.sha === sha);
  return version?.tag ?? (isCheckout ? CHECKOUT_COMMITS[sha] : undefined) ?? commentedVersion(uses);
}

/** `# v6.0.2`, `# tag=v4`, `# @v5.0.0`, `# pin@v3`. */
function commentedVersion({ comments }: Scalar): string | undefined {
  return /(?:^|[\s=@])(v?\d+(?:\.\d+){0,2})\b/.exec(comments?.trailing ?? "")?.[1];
}

/** Whether a version lies between two; a version that leaves parts out is the newest of them. */
export function isBetween(version: string, from: string | undefined, before: string | undefined): boolean {
  return (
    (from === undefined || compareVersions(version, from) >= 0) &&
    (before === undefined || compareVersions(version, before) < 0)
  );
}

function compareVersions(floating: string, exact: string): number {
  const [a, b] = [numbersOf(floating, 999), numbersOf(exact, 0)];
  return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0) || (a[2] ?? 0) - (b[2] ?? 0);
}

function numbersOf(version: string, missing: number): readonly number[] {
  const parts = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version);
  return [1, 2, 3].map((at) => (parts?.[at] === undefined ? missing : Number(parts[at])));
}
