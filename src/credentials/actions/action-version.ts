import type { Scalar } from "../../ir/node.ts";
import type { UsesRef } from "../../ir/uses-ref.ts";
import { actionName } from "../../ir/uses-ref.ts";
import type { Catalog } from "../../actions/catalog.ts";
import { KNOWN_COMMITS } from "./known-commits.ts";

type RepositoryRef = Extract<UsesRef, { kind: "repository" }>;

/**
 * The versions that a `uses:` may name, by the ref itself, the catalogue's tag for a commit, or the comment behind the pin. Of a
 * commit with `# v7` behind it, any version of that major may be meant: the oldest and the newest stand for them.
 *
 * @returns none where nothing tells
 */
export function actionVersions(ref: RepositoryRef, uses: Scalar, catalog: Catalog): readonly string[] {
  const name = ref.ref.replace(/^refs\/(?:tags|heads)\//, "");
  if (/^v?\d+(?:\.\d+)*(?:[-+].*)?$/.test(name)) return [name];
  // A release's branch moves with the newest version of its major.
  const branch = /^releases?\/(v\d+.*)$/.exec(name)?.[1];
  if (branch !== undefined) return [branch];
  if (name === "main" || name === "latest") return [NEWEST];
  if (!/^[0-9a-f]{40}$/i.test(name)) return [];
  const sha = name.toLowerCase();
  const action = actionName(ref);
  const tag = catalog.find(action)?.versions.find((candidate) => candidate.sha === sha)?.tag;
  const known = tag ?? KNOWN_COMMITS[action.toLowerCase()]?.[sha];
  if (known !== undefined) return [known];
  const comment = commentedVersion(uses);
  if (comment === undefined) return [];
  return /^v?\d+$/.test(comment) ? [`${comment}.0.0`, comment] : [comment];
}

/** Stands for a ref that moves with the newest version. */
export const NEWEST = "v999";

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
