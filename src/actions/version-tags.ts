/** A tag that names a version. */
export interface VersionTag {
  readonly tag: string;
  /** A tag of a monorepo names its action first: `login-to-gar/` of `login-to-gar/v1.0.3`. */
  readonly prefix: string;
  /** `v`, `V`, or nothing. */
  readonly v: string;
  readonly numbers: readonly number[];
}

const VERSION = /^(?<prefix>(?:[\w.-]+\/)*)(?<v>[vV]?)(?<numbers>\d{1,9}(?:\.\d{1,9}){0,3})$/;

/** A tag as a version; undefined for one that is none, such as a prerelease. */
export function parseTag(tag: string): VersionTag | undefined {
  const { prefix = "", v = "", numbers } = VERSION.exec(tag)?.groups ?? {};
  return numbers === undefined ? undefined : { tag, prefix, v, numbers: numbers.split(".").map(Number) };
}

/** Below zero where `a` is the older one. */
export function compareVersions({ numbers: a }: VersionTag, { numbers: b }: VersionTag): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a version is one of those that a shorter name stands for: `v5.1.0` of `v5` and of `v5.1`. */
export function isWithin(version: VersionTag, short: VersionTag): boolean {
  return (
    version.prefix === short.prefix &&
    version.v === short.v &&
    version.numbers.length > short.numbers.length &&
    short.numbers.every((number, at) => version.numbers[at] === number)
  );
}

/** The newest of some tags that are versions; of two spellings of one, the longer: `v5.1.0` rather than `v5.1`. */
export function newestVersion(tags: Iterable<VersionTag>): VersionTag | undefined {
  let newest: VersionTag | undefined;
  for (const version of tags) {
    const order = newest === undefined ? 1 : compareVersions(version, newest);
    if (order > 0 || (order === 0 && version.numbers.length > (newest?.numbers.length ?? 0))) newest = version;
  }
  return newest;
}
