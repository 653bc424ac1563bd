/** Where a version of `actions/checkout` keeps what it persists, and what it clears away before. */
export interface CheckoutLayout {
  /** `none`: nothing is persisted; `local`: in `.git/config`; `included`: in a file under `RUNNER_TEMP`. */
  readonly place: "none" | "local" | "included";
  /** Also included for linked worktrees: 6.0.1. */
  readonly coversWorktrees: boolean;
  /** Takes away what 6 and later left: 4.3.1, 5.0.1. */
  readonly clearsIncluded: boolean;
  /**
   * Fails rather than check out a fork's code under `pull_request_target` and `workflow_run`: 7.0.0, and the last release of every
   * major before, which floating tags name since 2026-07-20. Source: src/unsafe-pr-checkout-helper.ts.
   */
  readonly refusesForks: boolean;
  /** For sentences: `actions/checkout@v5`. */
  readonly name: string;
}

interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/**
 * What is known of a version: `v4`, `v4.2.2`, `4.2`. A floating tag is the newest of its major.
 *
 * @returns undefined for what names no version
 */
export function checkoutLayout(version: string): Omit<CheckoutLayout, "name"> | undefined {
  const parts = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version);
  if (parts === null) return undefined;
  const [, major = "0", minor, patch] = parts;
  const isAtLeast = (wanted: Version): boolean =>
    compare({ major: Number(major), minor: Number(minor ?? 999), patch: Number(patch ?? 999) }, wanted) >= 0;
  if (Number(major) === 1) {
    const persists = minor === "1" && (patch === undefined || patch === "0");
    return { place: persists ? "local" : "none", coversWorktrees: false, clearsIncluded: false, refusesForks: false };
  }
  const isFour = Number(major) === 4;
  return {
    place: isAtLeast({ major: 6, minor: 0, patch: 0 }) ? "included" : "local",
    coversWorktrees: isAtLeast({ major: 6, minor: 0, patch: 1 }),
    refusesForks: isAtLeast({ major: Number(major), minor: REFUSING[Number(major)] ?? 0, patch: 0 }),
    clearsIncluded: isFour ? isAtLeast({ major: 4, minor: 3, patch: 1 }) : isAtLeast({ major: 5, minor: 0, patch: 1 }),
  };
}

/** By major: the minor version from which on a fork's code is refused. */
const REFUSING: Readonly<Record<number, number>> = { 2: 8, 3: 7, 4: 4, 5: 1, 6: 1 };

function compare(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}
