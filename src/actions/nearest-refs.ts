import { nearestName } from "../ir/suggest.ts";
import type { Catalog } from "./catalog.ts";
import type { CatalogAction } from "./packed-action.ts";

const MOST = 3;

/** The catalogue's actions that an unknown name may mean: the same name under other owners, else the nearest spelling. */
export function nearestActions(name: string, catalog: Catalog): readonly string[] {
  const underOtherOwners = (last: string) => catalog.names.filter((known) => lastPart(known) === last);
  const spelling = nearestName(name, catalog.names);
  const last = nearestName(lastPart(name), new Set(catalog.names.map(lastPart)));
  if (last === lastPart(name)) return underOtherOwners(last).slice(0, MOST);
  if (spelling !== undefined) return [spelling];
  return last === undefined ? [] : underOtherOwners(last).slice(0, MOST);
}

/** The known versions of an action that an unknown one may mean: those of the same major, else the newest ones. */
export function nearestVersions(
  { ref }: { readonly ref: string },
  { name, versions }: CatalogAction,
): readonly string[] {
  const tags = versions.flatMap(({ tag }) => tag ?? []);
  const major = /^v?(\d+)/i.exec(ref)?.[1];
  const sameMajor = versions.filter((version) => major !== undefined && version.major?.replace(/^v/i, "") === major);
  const meant = sameMajor.flatMap((version) => [version.major, version.tag]);
  const branches = versions.flatMap(({ branch }) => branch ?? []);
  const spelling = nearestName(ref, [...tags, ...branches]);
  const likely = meant.length > 0 ? meant : [spelling, versions[0]?.major, versions[0]?.tag, versions[0]?.branch];
  return [...new Set(likely.filter((version) => version !== null && version !== undefined))]
    .slice(0, MOST)
    .map((version) => `${name}@${version}`);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1).toLowerCase();
}
