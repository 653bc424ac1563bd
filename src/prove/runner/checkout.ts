import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { NEWEST } from "../../credentials/actions/action-version.ts";
import { checkoutLayout } from "../../credentials/actions/checkout-layout.ts";
import { HEAD_BRANCH } from "../trigger.ts";
import type { JobRun, StepEnd } from "./job-run.ts";
import { GitFailure, gitIn, type Git } from "./git-in.ts";
import { refName } from "./job-setting.ts";
import { clearAuth, oneShotOptions, persistAuth } from "./checkout-auth.ts";
import { planCheckout, type CheckoutPlan } from "./checkout-plan.ts";
import { checkOutSubmodules } from "./checkout-submodules.ts";

type Inputs = ReadonlyMap<string, string>;

/**
 * The effect of `actions/checkout`, with a real git and in its order: the directory is prepared, old credentials of the layouts that
 * the version knows are taken away, its own is written, the ref is fetched with it, and without `persist-credentials` it is taken
 * away again. Sources: the design's table of versions, `push-actions.json`, experiments A, F, G, J.
 */
export async function checkOut(
  run: JobRun,
  uses: string,
  versions: readonly string[],
  inputs: Inputs,
): Promise<StepEnd> {
  if (inputs.get("token") === "") return { outcome: "failure", reason: "Input required and not supplied: token" };
  const version = versions.at(-1) ?? NEWEST;
  const layout = checkoutLayout(version);
  if (layout === undefined) return { outcome: "failure", reason: `${uses} names no version that is known` };
  const plan = await planCheckout(run, inputs, { ...layout, name: uses });
  const git = gitIn(run, plan.directory);
  try {
    const made = await prepareDirectory(git, plan);
    // In a new repository there is nothing to clear.
    if (made.length === 0) await clearAuth(git, plan.auth);
    await persistAuth(git, plan.auth, made);
    let commit: string;
    try {
      commit = await fetchAndCheckOut(git, plan);
      await checkOutSubmodules(run, git, plan);
    } finally {
      if (!plan.persists) await clearAuth(git, plan.auth);
    }
    return {
      outcome: "success",
      reason: versions.length > 0 ? undefined : "its version is not to be seen, and it is taken for the newest",
      outputs: new Map([
        ["ref", plan.ref ?? ""],
        ["commit", commit],
      ]),
    };
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const { credentials } = run.tools;
    return { outcome: "failure", reason: credentials.mask(error.message), log: credentials.mask(error.log) };
  }
}

/**
 * A repository that is there already and has the wanted URL is kept, and cleaned; anything else goes.
 *
 * @returns what is still to be done to make a new one; nothing where it is kept
 */
async function prepareDirectory(
  git: Git,
  { directory, url, cleans }: CheckoutPlan,
): Promise<readonly (readonly string[])[]> {
  await mkdir(directory, { recursive: true });
  const names = await readdir(directory);
  if (names.includes(".git") && (await git.try("config", "--local", "--get", "remote.origin.url"))?.trim() === url) {
    await git.try("checkout", "--detach");
    for (const branch of ((await git.try("for-each-ref", "--format=%(refname:short)", "refs/heads")) ?? "").split("\n"))
      if (branch !== "") await git.try("branch", "--delete", "--force", branch);
    if (cleans) await git.all(["clean", "-ffdx"], ["reset", "--hard", "HEAD"]);
    return [];
  }
  for (const name of names) await rm(join(directory, name), { recursive: true, force: true });
  return [
    ["init", "--quiet", directory],
    ["remote", "add", "origin", url],
    ["config", "--local", "gc.auto", "0"],
  ];
}

/** @returns the commit that is checked out */
async function fetchAndCheckOut(git: Git, plan: CheckoutPlan): Promise<string> {
  const wanted = await wantedRef(git, plan);
  const depth = plan.depth > 0 ? [`--depth=${plan.depth}`] : [];
  const tags = "+refs/tags/*:refs/tags/*";
  // The whole history holds every branch and tag; a pull request's merge is neither.
  const isPartOfAll = /:refs\/(?:remotes\/origin|tags)\//.test(wanted.refspec);
  const all = ["+refs/heads/*:refs/remotes/origin/*", tags, ...(isPartOfAll ? [] : [wanted.refspec])];
  const refspecs = plan.depth === 0 ? all : [...(plan.fetchesTags ? [tags] : []), wanted.refspec];
  const flags = ["--no-tags", "--prune", "--no-recurse-submodules", "--quiet", ...depth];
  const fetch = [...oneShotOptions(plan.auth), "-c", "protocol.version=2", "fetch", ...flags, "origin"];
  const said = await git.all(
    [...fetch, ...new Set(refspecs)],
    ["checkout", "--quiet", "--force", ...wanted.checkout],
    ["rev-parse", "HEAD"],
  );
  return said.trim().split("\n").at(-1) ?? "";
}

interface WantedRef {
  readonly refspec: string;
  /** Arguments of `git checkout`. */
  readonly checkout: readonly string[];
}

/** What to fetch and what to check out: a branch as a branch, anything else detached. */
async function wantedRef(git: Git, { ref, run, auth }: CheckoutPlan): Promise<WantedRef> {
  if (run !== undefined) {
    const name = refName(run.ref);
    if (run.ref.startsWith("refs/heads/")) return branch(name, run.sha);
    if (run.ref.startsWith("refs/pull/"))
      return other(`+${run.sha}:refs/remotes/pull/${name}`, `refs/remotes/pull/${name}`);
    return other(`+${run.sha}:${run.ref}`, run.ref);
  }
  const wanted = ref ?? HEAD_BRANCH;
  if (/^[0-9a-f]{40}$/.test(wanted)) return other(wanted, wanted);
  if (wanted.startsWith("refs/heads/")) return branch(refName(wanted), wanted);
  if (wanted.startsWith("refs/pull/")) {
    const place = wanted.replace("refs/pull/", "refs/remotes/pull/");
    return other(`+${wanted}:${place}`, place);
  }
  if (wanted.startsWith("refs/")) return other(`+${wanted}:${wanted}`, wanted);
  const listed = await git(
    ...oneShotOptions(auth),
    "ls-remote",
    "origin",
    `refs/heads/${wanted}`,
    `refs/tags/${wanted}`,
  );
  if (!listed.includes(`refs/heads/${wanted}\n`) && listed.includes(`refs/tags/${wanted}`))
    return other(`+refs/tags/${wanted}:refs/tags/${wanted}`, `refs/tags/${wanted}`);
  return branch(wanted, `refs/heads/${wanted}`);
}

function branch(name: string, source: string): WantedRef {
  return { refspec: `+${source}:refs/remotes/origin/${name}`, checkout: ["-B", name, `refs/remotes/origin/${name}`] };
}

function other(refspec: string, place: string): WantedRef {
  return { refspec, checkout: [place] };
}
