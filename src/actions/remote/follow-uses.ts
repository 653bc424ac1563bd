import { parseUses } from "../../ir/uses-ref.ts";
import { inParallel } from "./in-parallel.ts";
import type { NotRemote, RemoteAction } from "./remote-actions.ts";

/** What some actions and workflows use in turn, and what those use. */
export interface FollowedUses {
  /** By ref as written, those asked for and all below them. */
  readonly found: ReadonlyMap<string, RemoteAction>;
  readonly unknown: readonly NotRemote[];
  /** What GitHub would not run, as sentences: something that uses itself, or is nested too deep. */
  readonly problems: readonly string[];
}

export interface FollowOptions {
  readonly resolve: (ref: string) => Promise<RemoteAction | NotRemote>;
  readonly parallel: number;
  readonly progress?: ((done: number, all: number) => void) | undefined;
}

/** Composite actions and reusable workflows nest ten deep at most: docs.github.com, "Reusing workflow configurations". */
const MOST_LEVELS = 10;
/** More than any real action has below it. */
const MOST_ACTIONS = 1_000;

/** Resolves refs and follows them to all that they use, level by level. */
export async function followUses(refs: readonly string[], options: FollowOptions): Promise<FollowedUses> {
  const found = new Map<string, RemoteAction>();
  const unknown = new Map<string, NotRemote>();
  const problems: string[] = [];
  const seen = new Set<string>();
  let done = 0;
  let level = [...new Set(refs)];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_LEVELS) {
      problems.push(...level.map((ref) => `${ref} is nested deeper than the ${MOST_LEVELS} levels that GitHub runs`));
      break;
    }
    if (seen.size + level.length > MOST_ACTIONS) {
      problems.push(`there are more than ${MOST_ACTIONS} actions below ${refs.join(", ")}: they are not all followed`);
      break;
    }
    for (const ref of level) seen.add(ref);
    const resolved = await inParallel(level, options.parallel, async (ref) => {
      const result = await options.resolve(ref);
      options.progress?.(++done, seen.size);
      return result;
    });
    for (const result of resolved) {
      if (result.kind === "remote") found.set(result.ref, result);
      else unknown.set(result.ref, result);
    }
    const below = resolved.flatMap((result) => (result.kind === "remote" ? result.uses : []));
    level = [...new Set(below)].filter((ref) => isFollowed(ref) && !seen.has(ref));
  }
  return {
    found,
    unknown: [...unknown.values()],
    problems: [...problems, ...new Set(refs.flatMap((ref) => findCircle(ref, found)))],
  };
}

function isFollowed(ref: string): boolean {
  return parseUses(ref).kind === "repository";
}

/** The first circle below a ref. */
function findCircle(root: string, found: ReadonlyMap<string, RemoteAction>): readonly string[] {
  const finished = new Set<string>();
  const circleFrom = (ref: string, way: readonly string[]): readonly string[] | undefined => {
    const at = way.indexOf(ref);
    if (at >= 0) return [...way.slice(at), ref];
    if (finished.has(ref)) return undefined;
    for (const below of found.get(ref)?.uses ?? []) {
      const circle = circleFrom(below, [...way, ref]);
      if (circle !== undefined) return circle;
    }
    finished.add(ref);
    return undefined;
  };
  const circle = circleFrom(root, []);
  return circle === undefined ? [] : [`${circle[0] ?? root} uses itself: ${circle.join(" → ")}`];
}
