import type { FileNode } from "../../ir/any-node.ts";
import { locate, type Location } from "../../ir/span.ts";
import type { ObservedStep } from "../analysis.ts";
import { analyzeFile, type AnalyzeOptions } from "../analyze-file.ts";
import { nameOf, type Identity } from "../identity.ts";
import { credentialsIn, findHoldings, type Holding, type HoldingPlace } from "./find-holdings.ts";

/** How long a credential lies in one place. */
export interface CredentialLife {
  /** The job's id; that of a called workflow's job has its caller's in front: `release / publish`. */
  readonly job: string;
  readonly identity: Identity;
  readonly place: HoldingPlace;
  /** The step that put it there; undefined: it was there when the job began. */
  readonly from: number | undefined;
  /** The last step, by index, that finds it there. */
  readonly to: number;
  /** The step that took it away; undefined where it stays to the end of the job. */
  readonly endedBy: number | undefined;
  /** Whether it is there in some of the ways only that the job may go. */
  readonly isPerhaps: boolean;
  /** Where it comes from, as a sentence. */
  readonly origin: { readonly span: Location | undefined; readonly text: string } | undefined;
}

/** Where the credentials of each job are, and from which step to which; over all ways that the job may go. */
export function credentialLives(path: string, node: FileNode, options: AnalyzeOptions): readonly CredentialLife[] {
  const jobs = new Map<string, Timeline>();
  const observe = (observed: ObservedStep): void => {
    const { job } = observed.place;
    let timeline = jobs.get(job);
    if (timeline === undefined) jobs.set(job, (timeline = new Timeline(job)));
    timeline.add(observed);
  };
  analyzeFile(path, node, { ...options, observe });
  return [...jobs.values()].flatMap((timeline) => timeline.lives());
}

interface Sighting extends Holding {
  readonly isPerhaps: boolean;
}

/** What was found behind one step, and in how many of the ways there. */
interface StepSightings {
  ways: number;
  readonly seen: Map<string, { readonly holding: Holding; readonly ways: number }>;
}

/** What lies where behind each step of one job. A job that is walked several times (a matrix) is one. */
class Timeline {
  readonly #job: string;
  readonly #steps: StepSightings[] = [];
  readonly #own: Map<string, Holding>[] = [];

  constructor(job: string) {
    this.#job = job;
  }

  add({ place, worlds, env, inputs, symbols }: ObservedStep): void {
    const step = (this.#steps[place.step] ??= { ways: 0, seen: new Map() });
    step.ways += worlds.length;
    for (const world of worlds)
      for (const [key, holding] of byKey(findHoldings(world, symbols)))
        step.seen.set(key, { holding, ways: (step.seen.get(key)?.ways ?? 0) + 1 });
    const own = (this.#own[place.step] ??= new Map());
    const addOwn = (kind: "step-variable" | "input", texts: ReadonlyMap<string, string>): void => {
      for (const [name, text] of texts)
        for (const identity of credentialsIn(text, symbols)) {
          const holding: Holding = { identity, place: { kind, name }, by: undefined };
          own.set(keyOf(holding), holding);
        }
    };
    addOwn("step-variable", env());
    addOwn("input", inputs());
  }

  lives(): readonly CredentialLife[] {
    const lives: CredentialLife[] = [];
    const open = new Map<string, { readonly from: number; readonly sighting: Sighting }>();
    const end = (key: string, step: number | undefined): void => {
      const life = open.get(key);
      if (life === undefined) return;
      open.delete(key);
      lives.push(this.#life(life.sighting, life.from, step ?? this.#steps.length - 1, step));
    };
    for (let index = 0; index < this.#steps.length; index++) {
      const { ways = 0, seen = new Map() } = this.#steps[index] ?? {};
      for (const key of open.keys()) if (!seen.has(key)) end(key, index);
      for (const [key, { holding, ways: own }] of seen)
        if (!open.has(key)) open.set(key, { from: index, sighting: { ...holding, isPerhaps: own < ways } });
      for (const holding of this.#own[index]?.values() ?? [])
        lives.push(this.#life({ ...holding, isPerhaps: false }, index, index, index));
    }
    for (const key of open.keys()) end(key, undefined);
    return lives.sort((a, b) => (a.from ?? -1) - (b.from ?? -1) || a.to - b.to);
  }

  #life(
    { identity, place, by, isPerhaps }: Sighting,
    from: number,
    to: number,
    endedBy: number | undefined,
  ): CredentialLife {
    const origin = by && { span: by.span && locate(by.span), text: by.text };
    // What the job's `env` holds, its first step finds.
    const start = place.kind === "variable" && from === 0 ? undefined : from;
    return { job: this.#job, identity, place, from: start, to, endedBy, isPerhaps, origin };
  }
}

function byKey(holdings: readonly Holding[]): ReadonlyMap<string, Holding> {
  return new Map(holdings.map((holding) => [keyOf(holding), holding]));
}

function keyOf({ identity, place }: Holding): string {
  return JSON.stringify([identity.kind, nameOf(identity), place]);
}
