import type { UsesStep } from "../../ir/workflow.ts";
import { actionName, type UsesRef } from "../../ir/uses-ref.ts";
import { actionVersions, NEWEST } from "../actions/action-version.ts";
import { checkoutLayout, type CheckoutLayout } from "../actions/checkout-layout.ts";
import { applyEffect } from "../apply-effect.ts";
import type { CheckoutEffect } from "../effects.ts";
import type { By } from "../evidence.ts";
import { describeIdentity, identityOfToken, NONE } from "../identity.ts";
import { resolvePath, WORKSPACE } from "../paths.ts";
import { readSubmodules } from "../programs/git-repositories.ts";
import { ANY_SUBMODULE } from "../find-repository.ts";
import { hasSymbol, type Text } from "../text.ts";
import { withFact, type World } from "../world.ts";
import type { JobContext } from "./job-context.ts";

type Inputs = ReadonlyMap<string, Text>;

/** What `actions/checkout` does in a world: once for each layout that its version may have. */
export function runCheckout(
  step: UsesStep,
  ref: Extract<UsesRef, { kind: "repository" }>,
  inputs: Inputs,
  world: World,
  job: JobContext,
  id: string,
): readonly World[] {
  const persist = inputs.get("persist-credentials");
  if (persist !== undefined && hasSymbol(persist)) {
    const fact = `persist-credentials is true, which is ${job.analysis.symbols.show(persist)}`;
    const before = world.facts.get(fact);
    return (before === undefined ? [true, false] : [before]).flatMap((holds) => {
      const known = new Map(inputs).set("persist-credentials", String(holds));
      return runCheckout(step, ref, known, withFact(world, fact, holds), job, id);
    });
  }
  const name = `${actionName(ref)}@${shortRef(ref.ref)}`;
  const versions = actionVersions(ref, step.uses, job.analysis.catalog);
  const [version, ...others] = versions.length === 0 ? ["v4", NEWEST] : versions;
  if (version === undefined) return [];
  const shown = others.length > 0 || version === ref.ref || version === NEWEST ? name : `${actionName(ref)} ${version}`;
  if (others.length === 0) return [apply(step, inputs, layoutOf(version, shown), world, job, id)];
  // Which version it is, is not to be seen: there is an answer only where all of them agree.
  return [version, ...others].map((candidate) => {
    const layout = layoutOf(candidate, shown);
    const where =
      layout.place === "included"
        ? "keeps its token in a file of its own, as version 6 and later do"
        : "keeps its token in .git/config, as versions 2 to 5 do";
    const fact = `version: ${name} ${versions.length === 0 ? where : `is ${candidate}`}`;
    return withFact(apply(step, inputs, layout, world, job, id), fact, true);
  });
}

function layoutOf(version: string, name: string): CheckoutLayout {
  const layout = checkoutLayout(version) ?? {
    place: "local",
    coversWorktrees: false,
    clearsIncluded: false,
    refusesForks: false,
  };
  return { ...layout, name };
}

function shortRef(ref: string): string {
  return /^[0-9a-f]{40}$/.test(ref) ? ref.slice(0, 7) : ref;
}

function apply(
  step: UsesStep,
  inputs: Inputs,
  layout: CheckoutLayout,
  world: World,
  job: JobContext,
  id: string,
): World {
  const effect = checkoutEffect(step, inputs, layout, job, id);
  const { files } = applyEffect(world.files, effect);
  notice(step, inputs, effect, job);
  return { ...world, files };
}

function notice(step: UsesStep, inputs: Inputs, effect: CheckoutEffect, { analysis }: JobContext): void {
  analysis.notice?.({
    kind: "checkout",
    step,
    identity: identityOfToken(tokenOf(inputs, analysis), analysis.symbols) ?? NONE,
    layout: effect.layout,
    persists: effect.persists,
    isPersistGiven: inputs.has("persist-credentials"),
    hasSshKey: effect.sshKey !== undefined,
    hasSubmodules: effect.submodules.length > 0,
    directory: effect.directory,
    isOwn: (inputs.get("repository") ?? "") === "",
  });
}

/** The token that it is given, or that of the job. */
function tokenOf(inputs: Inputs, { symbols }: JobContext["analysis"]): Text {
  return inputs.get("token") ?? symbols.reference("github.token", false);
}

function checkoutEffect(
  step: UsesStep,
  inputs: Inputs,
  layout: CheckoutLayout,
  job: JobContext,
  id: string,
): CheckoutEffect {
  const { symbols, repository } = job.analysis;
  const input = (name: string): Text | undefined => {
    const text = inputs.get(name);
    return text === "" ? undefined : text;
  };
  const token = tokenOf(inputs, job.analysis);
  // The first version has no such input.
  const sshKey = layout.place === "none" ? undefined : input("ssh-key");
  const persistInput = inputs.get("persist-credentials");
  // Unset is true; anything but TRUE is false, the empty text of an unset expression too: A18.
  const persists = persistInput === undefined || persistInput.toUpperCase() === "TRUE";
  const isOwn = input("repository") === undefined;
  const server = (input("github-server-url") ?? "https://github.com").replace(/\/+$/, "");
  return {
    kind: "checkout",
    layout,
    directory: resolvePath(WORKSPACE, input("path") ?? "."),
    server,
    repository: input("repository") ?? repository ?? symbols.reference("github.repository", false),
    ref: branchOf(input("ref"), isOwn, job),
    authorization: `AUTHORIZATION: basic ${symbols.base64(`x-access-token:${token}`)}`,
    sshKey,
    filter: filterOf(inputs),
    persists,
    cleans: (inputs.get("clean") ?? "true").toUpperCase() !== "FALSE",
    submodules: submodulesFor(inputs.get("submodules"), isOwn, server, job),
    isExplicit: inputs.has("token") || sshKey !== undefined,
    id,
    by: byCheckout(step, inputs, layout, token, sshKey, persists, job),
  };
}

/** A sparse checkout fetches without blobs where no filter is given: src/git-source-provider.ts. */
function filterOf(inputs: Inputs): Text | undefined {
  const filter = inputs.get("filter")?.trim() ?? "";
  if (filter !== "") return filter;
  return (inputs.get("sparse-checkout") ?? "").trim() === "" ? undefined : "blob:none";
}

/** The branch that is checked out; undefined for a commit, a tag, or a pull request's merge. */
function branchOf(ref: Text | undefined, isOwn: boolean, { analysis }: JobContext): Text | undefined {
  if (ref === undefined && !isOwn)
    return analysis.symbols.unknown("the other repository's default branch is not known");
  if (ref === undefined) return analysis.symbols.reference("github.ref_name", false);
  if (/^refs\/(?!heads\/)|^[0-9a-f]{40}$/.test(ref)) return undefined;
  return ref.replace(/^refs\/heads\//, "");
}

function submodulesFor(
  input: Text | undefined,
  isOwn: boolean,
  server: Text,
  { analysis }: JobContext,
): CheckoutEffect["submodules"] {
  const wanted = (input ?? "false").toUpperCase();
  if (wanted !== "TRUE" && wanted !== "RECURSIVE") return [];
  const known = isOwn ? readSubmodules(analysis.readRepositoryFile(".gitmodules")) : undefined;
  if (known !== undefined) return known;
  const url = `${server}/${analysis.symbols.unknown("the submodule's URL is not in sight")}`;
  return [{ name: ANY_SUBMODULE, path: undefined, url }];
}

function byCheckout(
  step: UsesStep,
  inputs: Inputs,
  layout: CheckoutLayout,
  token: Text,
  sshKey: Text | undefined,
  persists: boolean,
  { analysis }: JobContext,
): By {
  const who = describeIdentity(identityOfToken(token, analysis.symbols) ?? { kind: "none" });
  const where =
    layout.place === "included" ? `in a file under RUNNER_TEMP that .git/config includes` : "in .git/config";
  const keeps = persists && layout.place !== "none";
  const path = inputs.get("path");
  const place = path === undefined || path === "" || path === "." ? "" : ` for '${analysis.symbols.show(path)}'`;
  const key = sshKey === undefined ? "" : " and the ssh-key for ssh URLs";
  const text = keeps
    ? `${layout.name} keeps ${who} as an extraheader ${where}${place}${key}`
    : layout.place === "none"
      ? `${layout.name} keeps no credential${place}: that version never does`
      : `${layout.name} keeps no credential${place}: persist-credentials is not true`;
  return {
    hop: { span: step.uses.span, text, checkout: { step, gives: "credential" } },
    giver: "checkout",
    // A key is for ssh; the token that is kept beside it nobody has asked for: J03.
    isExplicit: inputs.has("token"),
  };
}
