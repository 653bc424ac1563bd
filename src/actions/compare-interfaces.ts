import { mustBeGiven, type ActionInterface } from "./action-interface.ts";

/** What a caller should know of a newer version. */
export interface InterfaceChanges {
  /** Undefined where it stays the same: `node20` → `node24`. */
  readonly runtime?: { readonly from: string; readonly to: string } | undefined;
  readonly inputs: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    /** Must be given now. */
    readonly required: readonly string[];
  };
  readonly outputs: { readonly added: readonly string[]; readonly removed: readonly string[] };
}

/** Compares two versions of an action. GitHub takes names of inputs without regard to case, and so a respelling is no change. */
export function compareInterfaces(before: ActionInterface, after: ActionInterface): InterfaceChanges {
  const [old, now] = [folded(before), folded(after)];
  return {
    runtime: before.using === after.using ? undefined : { from: before.using, to: after.using },
    inputs: {
      added: [...now].filter(([key]) => !old.has(key)).map(([, { name }]) => name),
      removed: [...old].filter(([key]) => !now.has(key)).map(([, { name }]) => name),
      required: [...now]
        .filter(([key, { input }]) => {
          const was = old.get(key);
          return mustBeGiven(input) && (was === undefined || !mustBeGiven(was.input));
        })
        .map(([, { name }]) => name),
    },
    outputs: {
      added: after.outputs.filter((name) => !before.outputs.includes(name)),
      removed: before.outputs.filter((name) => !after.outputs.includes(name)),
    },
  };
}

function folded({ inputs }: ActionInterface) {
  return new Map([...inputs].map(([name, input]) => [name.toLowerCase(), { name, input }]));
}
