import { identityOfReference, sameIdentity, type Identity } from "../identity.ts";
import type { Hop } from "../evidence.ts";
import { HOME, RUNNER_TEMP, WORKSPACE } from "../paths.ts";
import { symbolsIn, type Symbols, type Text } from "../text.ts";
import type { World } from "../world.ts";
import { printKey } from "../git/config-key.ts";

/** A credential that lies somewhere. */
export interface Holding {
  readonly identity: Identity;
  readonly place: HoldingPlace;
  /** Who put it there; undefined for variables. */
  readonly by: Hop | undefined;
}

export type HoldingPlace =
  /** A git configuration file, as people name it (`.git/config`), and the key. */
  | { readonly kind: "git-config"; readonly file: string; readonly key: string }
  | { readonly kind: "file"; readonly file: string }
  /** A variable of every later step: the job's `env`, `$GITHUB_ENV`. */
  | { readonly kind: "variable"; readonly name: string }
  /** A variable of one step. */
  | { readonly kind: "step-variable"; readonly name: string }
  /** What an action is given. */
  | { readonly kind: "input"; readonly name: string }
  /** `steps.ID.outputs.NAME` */
  | { readonly kind: "output"; readonly name: string };

/** The credentials that lie in files, in variables and in outputs of steps. */
export function findHoldings(world: World, symbols: Symbols): readonly Holding[] {
  const found: Holding[] = [];
  const add = (text: Text, place: HoldingPlace, by: Hop | undefined): void => {
    for (const identity of credentialsIn(text, symbols)) found.push({ identity, place, by });
  };
  for (const [path, file] of world.files) {
    const name = symbols.show(showPath(path));
    if (file.kind === "text") add(file.text, { kind: "file", file: name }, file.by.hop);
    if (file.kind === "config")
      for (const { key, value, by } of file.entries)
        add(value, { kind: "git-config", file: name, key: symbols.show(printKey(key)) }, by.hop);
  }
  for (const [name, value] of world.env) add(symbols.encode(value), { kind: "variable", name }, undefined);
  for (const [id, value] of world.outputs) {
    const [, step = "", name = ""] = /^(.*)\.([^.]+)$/.exec(id) ?? [];
    add(symbols.encode(value), { kind: "output", name: `steps.${step}.outputs.${name}` }, undefined);
  }
  return found;
}

/** The credentials that a text holds, also encoded, also where it is only one of several. */
export function credentialsIn(text: Text, symbols: Symbols): readonly Identity[] {
  const found: Identity[] = [];
  const add = (identity: Identity): void => {
    if (!found.some((other) => sameIdentity(other, identity))) found.push(identity);
  };
  for (const symbol of symbolsIn(text)) {
    const meaning = symbols.meaningOf(symbol);
    switch (meaning.kind) {
      case "reference": {
        const identity = identityOfReference(meaning.id);
        if (identity !== undefined) add(identity);
        break;
      }
      case "base64":
        credentialsIn(meaning.text, symbols).forEach(add);
        break;
      case "choice":
        for (const option of meaning.options) credentialsIn(option.text, symbols).forEach(add);
        break;
      case "unknown":
        break;
    }
  }
  return found;
}

/** A path as people write it: from the workspace, from `~`, from `$RUNNER_TEMP`. */
function showPath(path: Text): string {
  for (const [root, name] of [
    [`${WORKSPACE}/`, ""],
    [`${RUNNER_TEMP}/`, "$RUNNER_TEMP/"],
    [`${HOME}/`, "~/"],
  ] as const)
    if (path.startsWith(root)) return name + path.slice(root.length);
  return path;
}
