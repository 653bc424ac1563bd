import type { PushAction } from "../../define/push/push-action.ts";

/** An action whose effect on git is known: one of flowkeep's, or of the config's `pushActions`. */
export type KnownAction = PushAction;

/** The known actions by name in lower case; several entries of one name differ in their versions. */
export type ActionTable = ReadonlyMap<string, readonly KnownAction[]>;

/** Puts actions into a table; those that come first go before others of their name. */
export function actionTable(...lists: readonly (readonly KnownAction[])[]): ActionTable {
  const table = new Map<string, readonly KnownAction[]>();
  for (const action of lists.flat()) {
    const name = action.uses.toLowerCase();
    table.set(name, [...(table.get(name) ?? []), action]);
  }
  return table;
}
