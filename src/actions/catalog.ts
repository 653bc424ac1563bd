import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { unpackAction, type CatalogAction } from "./packed-action.ts";

/** The actions whose manifests ship with flowkeep. */
export interface Catalog {
  /** Every name, as GitHub spells it. */
  readonly names: readonly string[];
  /** The action of a name; upper and lower case do not matter, as on GitHub. Only what is asked for is parsed. */
  readonly find: (name: string) => CatalogAction | undefined;
}

/** Where the packed catalogue lies: beside the bundle, or at the top of the repository when running from source. */
export function catalogUrl(from: string | URL = import.meta.url): URL {
  const places = ["./data/", "../data/", "../../data/"].map((folder) => new URL(`${folder}action-catalog.json`, from));
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`flowkeep's catalogue of actions is missing: no ${String(places[0])}`);
  return found;
}

/** Opens the catalogue that ships with flowkeep, or another of its form. */
export async function openCatalog(url: URL = catalogUrl()): Promise<Catalog> {
  return readCatalog(await readFile(url, "utf8"));
}

/** A catalogue without actions, for tests and for callers that bring every manifest themselves. */
export const emptyCatalog: Catalog = { names: [], find: () => undefined };

/**
 * Reads a packed catalogue. It has one action a line (scripts/pack-catalog.mjs), so the names are found without parsing the
 * entries: 0.2 ms for 200 actions and 0.05 ms for one of them, where unpacking all takes 6 ms and parsing the source 12 ms.
 */
export function readCatalog(text: string): Catalog {
  const names: string[] = [];
  const entries = new Map<string, { readonly name: string; readonly json: string }>();
  for (const line of text.split("\n")) {
    if (!line.startsWith('"')) continue;
    const colon = line.indexOf('":');
    const name = line.slice(1, colon);
    names.push(name);
    entries.set(name.toLowerCase(), { name, json: line.slice(colon + 2, line.endsWith(",") ? -1 : undefined) });
  }
  const parsed = new Map<string, CatalogAction>();
  return {
    names,
    find(name) {
      const key = name.toLowerCase();
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      const action = parsed.get(key) ?? unpackAction(entry.name, entry.json);
      parsed.set(key, action);
      return action;
    },
  };
}
