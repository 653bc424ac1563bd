import type { Span } from "../../ir/span.ts";
import type { Step, UsesStep } from "../../ir/workflow.ts";
import type { MetPush, ObservedStep } from "../analysis.ts";
import type { CheckoutLayout } from "../actions/checkout-layout.ts";
import type { Hop } from "../evidence.ts";
import { sameIdentity, type Identity } from "../identity.ts";
import type { StepPlace } from "../step-place.ts";
import type { ArgumentEvent, CheckoutEvent, CredentialEvent, UnsetEvent } from "./credential-event.ts";
import { findLeftTokens, type LeftToken } from "./left-tokens.ts";

/** What a job does with credentials. */
export interface JobTrace {
  /** The job's id; that of a called workflow's job has its caller's in front: `release / publish`. */
  readonly job: string;
  /** The job's own steps, by index. */
  readonly steps: readonly Step[];
  readonly checkouts: readonly CheckoutTrace[];
  /** Commands that should take a header away. */
  readonly unsets: readonly UnsetTrace[];
  readonly tokenArguments: readonly (ArgumentEvent & { readonly place: StepPlace })[];
  /** Tokens in the URLs of remotes, when the job ends. */
  readonly leftTokens: readonly (LeftToken & {
    /** The step, by index, that put it there. */
    readonly step: number;
  })[];
}

/** What a checkout keeps, and what that is good for. */
export interface CheckoutTrace {
  readonly step: UsesStep;
  readonly place: StepPlace;
  readonly identity: Identity;
  /** One, or several where its version is not to be seen. */
  readonly layouts: readonly CheckoutLayout[];
  /** Whether it leaves a credential behind; `perhaps` where that depends on its version or an expression. */
  readonly keeps: "yes" | "no" | "perhaps";
  readonly isPersistGiven: boolean;
  readonly hasSshKey: boolean;
  readonly hasSubmodules: boolean;
  readonly directory: string;
  readonly isOwn: boolean;
  /** The last step, by index, at whose end the credential still lies where it was put. */
  readonly lastSeen: number;
  /** Pushes and fetches that send it. */
  readonly uses: readonly CredentialUse[];
  /** Pushes and fetches from its repository that find no credential at all. */
  readonly missed: readonly CredentialUse[];
  /** What may send it, out of sight. */
  readonly mayUse: readonly Hop[];
}

export interface CredentialUse {
  readonly span: Span | undefined;
  readonly command: string;
  readonly place: StepPlace;
  readonly isRead: boolean;
  readonly identity: Identity;
  readonly intended: Identity | undefined;
}

export interface UnsetTrace extends Omit<UnsetEvent, "hasRemoved"> {
  readonly place: StepPlace;
  /** In some way that the job may go. */
  readonly hasEffect: boolean;
}

type Noted = CredentialEvent | { readonly kind: "met"; readonly push: MetPush };

/** Collects what is told of one job, in the order in which it happens. A job that is walked several times (a matrix) is one. */
export class JobTracer {
  readonly #job: string;
  readonly #isAction: boolean;
  readonly #steps: Step[] = [];
  readonly #checkouts = new Map<UsesStep, Mutable<CheckoutTrace>>();
  readonly #unsets = new Map<string, Mutable<UnsetTrace>>();
  readonly #arguments = new Map<string, ArgumentEvent & { readonly place: StepPlace }>();
  readonly #left: JobTrace["leftTokens"][number][] = [];
  /** By what put them there: the step at whose end tokens were first seen in remotes. */
  readonly #seenLeft = new Map<string, number>();
  /** The checkouts that this walk has come by. */
  #passed = new Set<UsesStep>();
  #last: ObservedStep | undefined;

  constructor(job: string, isAction: boolean) {
    this.#job = job;
    this.#isAction = isAction;
  }

  add(observed: ObservedStep, noted: readonly Noted[]): void {
    const { place, step } = observed;
    if (this.#last !== undefined && place.step <= this.#last.place.step) this.#endWalk();
    this.#last = observed;
    this.#steps[place.step] = step;
    for (const event of noted) this.#take(event, place);
    for (const world of observed.worlds)
      for (const left of findLeftTokens(world, observed.symbols))
        if (!this.#seenLeft.has(leftKey(left))) this.#seenLeft.set(leftKey(left), place.step);
    for (const step of stepsWithCredential(observed)) {
      const trace = this.#checkouts.get(step);
      if (trace !== undefined) trace.lastSeen = Math.max(trace.lastSeen, place.step);
    }
  }

  finish(): JobTrace {
    this.#endWalk();
    const checkouts = [...this.#checkouts.values()];
    if (this.#isAction) {
      const text = "the steps of whoever calls this action come after it";
      for (const checkout of checkouts) addHop(checkout.mayUse, { span: checkout.step.uses.span, text });
    }
    return {
      job: this.#job,
      steps: this.#steps,
      checkouts,
      unsets: [...this.#unsets.values()],
      tokenArguments: [...this.#arguments.values()],
      leftTokens: this.#left,
    };
  }

  #endWalk(): void {
    for (const world of this.#last?.worlds ?? [])
      for (const left of findLeftTokens(world, this.#last?.symbols))
        if (!this.#left.some(({ span, key }) => span === left.span && key === left.key))
          this.#left.push({ ...left, step: this.#seenLeft.get(leftKey(left)) ?? 0 });
    this.#passed = new Set();
    this.#last = undefined;
  }

  #take(event: Noted, place: StepPlace): void {
    switch (event.kind) {
      case "checkout":
        this.#passed.add(event.step);
        return this.#addCheckout(event, place);
      case "met":
        return this.#addMet(event.push, place);
      case "out-of-sight":
        return this.#mayUse({ span: event.span, text: event.text }, event.checkouts);
      case "unset": {
        const key = keyOf(event);
        const known = this.#unsets.get(key);
        const { hasRemoved, left, ...unset } = event;
        if (known === undefined) this.#unsets.set(key, { ...unset, left: [...left], place, hasEffect: hasRemoved });
        else known.hasEffect ||= hasRemoved;
        return;
      }
      case "argument":
        this.#arguments.set(keyOf(event), { ...event, place });
        return;
    }
  }

  #addCheckout(event: CheckoutEvent, place: StepPlace): void {
    const keeps = event.persists && event.layout.place !== "none" ? "yes" : "no";
    const known = this.#checkouts.get(event.step);
    if (known === undefined) {
      const { step, identity, layout, isPersistGiven, hasSshKey, hasSubmodules, directory, isOwn } = event;
      const own = { step, identity, isPersistGiven, hasSshKey, hasSubmodules, directory, isOwn };
      this.#checkouts.set(step, {
        ...own,
        place,
        keeps,
        lastSeen: place.step,
        layouts: [layout],
        uses: [],
        missed: [],
        mayUse: [],
      });
      return;
    }
    if (known.keeps !== keeps) known.keeps = "perhaps";
    if (!known.layouts.some(({ place }) => place === event.layout.place)) known.layouts.push(event.layout);
  }

  #addMet(push: MetPush, place: StepPlace): void {
    const { site, isRead, identity, intended, hops } = push;
    const use: CredentialUse = { ...site, place, isRead, identity, intended };
    let hasCheckout = false;
    for (const { checkout } of hops) {
      const trace = checkout && this.#checkouts.get(checkout.step);
      if (checkout === undefined || trace === undefined) continue;
      if (checkout.gives === "credential") {
        hasCheckout = true;
        addUse(trace.uses, use);
      } else if (identity.kind === "none" && !push.isLocal) addUse(trace.missed, use);
    }
    if (identity.kind === "unknown" && !hasCheckout) this.#mayUse({ span: site.span, text: identity.reason });
    // Once it is mended it may well use what a checkout keeps.
    if (identity.kind === "none" && push.stop !== undefined) this.#mayUse({ span: site.span, text: push.stop });
  }

  #mayUse(hop: Hop, checkouts: ReadonlySet<UsesStep> = this.#passed): void {
    for (const step of checkouts) {
      const trace = this.#checkouts.get(step);
      if (trace !== undefined) addHop(trace.mayUse, hop);
    }
  }
}

/** The checkouts whose credential lies in some configuration. */
function stepsWithCredential({ worlds }: ObservedStep): ReadonlySet<UsesStep> {
  const steps = new Set<UsesStep>();
  for (const { files } of worlds)
    for (const file of files.values()) {
      if (file.kind !== "config") continue;
      for (const { by } of file.entries) {
        const { checkout } = by.hop;
        if (checkout?.gives === "credential") steps.add(checkout.step);
      }
    }
  return steps;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

function keyOf({ span, command }: { readonly span: Span | undefined; readonly command: string }): string {
  return `${span?.file.path ?? ""}\0${span?.start ?? ""}\0${command}`;
}

function leftKey({ span, key }: LeftToken): string {
  return `${span?.file.path ?? ""}\0${span?.start ?? ""}\0${key}`;
}

/** In a loop or a function the same command may be given another credential each time. */
function addUse(uses: CredentialUse[], use: CredentialUse): void {
  if (!uses.some((other) => keyOf(other) === keyOf(use) && isMeantAlike(other.intended, use.intended))) uses.push(use);
}

function isMeantAlike(a: Identity | undefined, b: Identity | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameIdentity(a, b);
}

function addHop(hops: Hop[], hop: Hop): void {
  if (!hops.some(({ span, text }) => span === hop.span && text === hop.text)) hops.push(hop);
}
