import { join } from "node:path";
import type { CheckoutLayout } from "../../credentials/actions/checkout-layout.ts";
import type { CheckoutAuth } from "./checkout-auth.ts";
import type { JobRun } from "./job-run.ts";

/** A checkout with all that its inputs decide. */
export interface CheckoutPlan {
  readonly directory: string;
  readonly auth: CheckoutAuth;
  readonly persists: boolean;
  readonly url: string;
  /** As it was asked for; undefined is the run's own commit. */
  readonly ref: string | undefined;
  /** What the run itself is about. */
  readonly run: { readonly ref: string; readonly sha: string } | undefined;
  readonly cleans: boolean;
  readonly depth: number;
  readonly fetchesTags: boolean;
  readonly submodules: "none" | "direct" | "recursive";
}

/** Reads the inputs as the action does. */
export async function planCheckout(
  run: JobRun,
  inputs: ReadonlyMap<string, string>,
  layout: CheckoutLayout,
): Promise<CheckoutPlan> {
  const { setting, tools } = run;
  const input = (name: string): string | undefined => {
    const text = inputs.get(name)?.trim();
    return text === "" ? undefined : text;
  };
  const repository = input("repository") ?? setting.repository;
  const isOwn = repository.toLowerCase() === setting.repository.toLowerCase();
  const server = (input("github-server-url") ?? "https://github.com").replace(/\/+$/, "");
  // The first version has no such input.
  const sshKey = layout.place === "none" ? undefined : input("ssh-key");
  const hosted = await tools.host(repository);
  const ref = input("ref") ?? (isOwn ? undefined : hosted?.defaultBranch);
  const submodules = (input("submodules") ?? "false").toUpperCase();
  const persists = inputs.get("persist-credentials");
  return {
    directory: join(setting.folder.workspace, input("path") ?? "."),
    auth: {
      layout,
      server,
      token: inputs.get("token") ?? setting.jobToken,
      sshKey,
      temp: setting.folder.temp,
      id: `checkout-${run.steps.length}-${run.scripts++}`,
    },
    // Unset is true; anything but TRUE is false, the empty text of an unset expression too: A18.
    persists: persists === undefined || persists.toUpperCase() === "TRUE",
    url:
      sshKey === undefined
        ? `${server}/${repository}`
        : `git@${server.replace(/^\w+:\/\//, "").replace(/:\d+$/, "")}:${repository}.git`,
    ref,
    run: isOwn && input("ref") === undefined ? { ref: setting.trigger.ref, sha: setting.sha } : undefined,
    cleans: (input("clean") ?? "true").toUpperCase() === "TRUE",
    depth: Number(input("fetch-depth") ?? "1") || 0,
    fetchesTags: (input("fetch-tags") ?? "false").toUpperCase() === "TRUE",
    submodules: submodules === "RECURSIVE" ? "recursive" : submodules === "TRUE" ? "direct" : "none",
  };
}
