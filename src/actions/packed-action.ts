import type { ActionInput, ActionInterface } from "./action-interface.ts";

/** An action of the catalogue. */
export interface CatalogAction {
  /** `owner/name[/path]`, as GitHub spells it. */
  readonly name: string;
  /** Tags first, newest first; then branches. */
  readonly versions: readonly CatalogVersion[];
}

/** One version of an action: a tag, or a branch as it was in the snapshot. */
export interface CatalogVersion {
  /** `v5`, or `5` where the repository's tags have no v; null for a branch. */
  readonly major: string | null;
  readonly tag: string | null;
  readonly branch?: string | undefined;
  /** The commit of the tag, or the branch's in the snapshot. */
  readonly sha: string;
  /**
   * Where the moving name of this major pointed in the snapshot; only on the newest version of a major. It can be out of date:
   * it may tell what a ref's interface is, never what a ref is locked to.
   */
  readonly majorRef?: MajorRef | undefined;
  readonly interface: ActionInterface;
}

interface MajorRef {
  readonly type: "tag" | "branch";
  /** Mostly the major itself; `release/v1` in some repositories. */
  readonly name: string;
  readonly sha: string;
  /** Whether the commit has the same interface as the version it stands on. */
  readonly sameInterface: boolean;
}

// What scripts/pack-catalog.mjs writes, a line an action.
type PackedInput = readonly [name: string, required: 0 | 1, default_: string | null, deprecated: 0 | 1];
interface PackedAction {
  readonly inputs: readonly PackedInput[];
  readonly interfaces: readonly {
    readonly using: string;
    /** Places in `inputs`. */
    readonly inputs: readonly number[];
    readonly outputs: readonly string[];
    readonly nested: readonly string[];
    readonly image?: string;
  }[];
  readonly versions: readonly {
    readonly major: string | null;
    readonly tag: string | null;
    readonly branch?: string;
    readonly sha: string;
    /** Without `sha` where that is the version's own. */
    readonly majorRef?: Omit<MajorRef, "sha"> & { readonly sha?: string };
    /** Place in `interfaces`. */
    readonly interface: number;
  }[];
}

/** Reads an action's entry in the packed catalogue. */
export function unpackAction(name: string, json: string): CatalogAction {
  const packed = JSON.parse(json) as PackedAction;
  const interfaces = packed.interfaces.map(({ inputs, ...rest }) => ({
    ...rest,
    inputs: new Map(inputs.map((place) => unpackInput(at(packed.inputs, place)))),
  }));
  const versions = packed.versions.map(({ majorRef, ...version }): CatalogVersion => ({
    ...version,
    majorRef: majorRef && { ...majorRef, sha: majorRef.sha ?? version.sha },
    interface: at(interfaces, version.interface),
  }));
  return { name, versions };
}

function unpackInput([name, required, default_, deprecated]: PackedInput): [string, ActionInput] {
  return [
    name,
    { required: required === 1, default: default_ ?? undefined, deprecated: deprecated === 1 ? true : undefined },
  ];
}

function at<T>(list: readonly T[], place: number): T {
  const found = list[place];
  if (found === undefined) throw new RangeError(`the packed catalogue points past its list: ${place}`);
  return found;
}
