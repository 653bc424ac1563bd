/**
 * What an action does to what decides a push, told as the shell commands that do the same. A table of these ships with flowkeep;
 * users add their own in the configuration.
 */
export interface KnownAction {
  /** `owner/name` or `owner/name/path`; upper and lower case do not matter. */
  readonly uses: string;
  /** The versions that it holds for, `from` inclusive, `before` exclusive; all, where there is none. */
  readonly from?: string;
  readonly before?: string;
  /** Values of inputs that are not given, with `${{ }}`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Variables that `run` works with: expressions over `inputs`, `env` and `github`, without `${{ }}`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Commands that do to git what the action does. `pushes: false` would be one without `git push`. */
  readonly run?: string;
  /** The outputs that hold an installation token which the action mints. */
  readonly mints?: readonly string[];
  /** Where it is known from. */
  readonly source?: string;
}

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
