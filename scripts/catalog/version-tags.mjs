// Which tags of a repository are versions, and which of them are news to the catalogue.

import { compareVersions, parseTag as parseVersion } from "./import-actions.mjs";

/** More than this of one action is no week's work, but a repository that tags every commit. */
const MOST_NEW = 20;

/** A tag as a version; undefined for one that is none, such as a prerelease. */
export function parseTag(tag) {
  const version = parseVersion(tag ?? "");
  // `v5` mostly moves from release to release; `v5.0` does not.
  return version && { ...version, isExact: version.numbers.length > 1 };
}

/**
 * The tags that are newer than the newest version known of their major, and those of majors newer than all that are known; the
 * newest first. Where a major has only `v5`, that is its version.
 */
export function newTags(versions, tags) {
  const known = versions.flatMap(({ tag }) => parseTag(tag) ?? []);
  // An action that is known by its branch alone is not released by the tags of its repository.
  if (known.length === 0) return [];
  const newest = known.reduce((a, b) => (compareVersions(a, b) < 0 ? b : a));
  const candidates = [...tags].flatMap((tag) => parseTag(tag) ?? []).filter(({ prefix }) => prefix === newest.prefix);
  const isNews = (version) => {
    const sameMajor = (other) => other.numbers[0] === version.numbers[0];
    const own = known.filter(sameMajor);
    if (own.length > 0) return version.isExact && own.every((other) => compareVersions(other, version) < 0);
    if (compareVersions(newest, version) > 0) return false;
    return version.isExact || !candidates.some((other) => other.isExact && sameMajor(other));
  };
  const news = candidates
    .filter(isNews)
    .sort((a, b) => compareVersions(b, a) || (b.v === newest.v) - (a.v === newest.v));
  // `v1.2.0` and `1.2.0`, or `v1.2` and `v1.2.0`, are one version: the one that is spelt as before stays.
  return news.filter((version, at) => at === 0 || compareVersions(version, news[at - 1]) !== 0).slice(0, MOST_NEW);
}

/** `v5`: as the catalogue has it for this major, else as a ref of the repository has it, else as the tag is spelt. */
export function majorOf(version, versions, { tags, heads }) {
  const number = version.numbers[0];
  const known = versions.find(({ tag }) => parseTag(tag)?.numbers[0] === number);
  if (known !== undefined) return known.major;
  const spellings = [`${version.v.toLowerCase()}${number}`, `v${number}`, `${number}`];
  const has = (name) => tags.has(version.prefix + name) || heads.has(version.prefix + name);
  return spellings.find(has) ?? spellings[0];
}
