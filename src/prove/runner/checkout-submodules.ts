import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { credentialsFile, headerKey, headerValue } from "./checkout-auth.ts";
import type { CheckoutPlan } from "./checkout-plan.ts";
import type { Git } from "./git-in.ts";
import type { JobRun } from "./job-run.ts";

/** Checks the submodules out, each with the checkout's credential in its own configuration. Experiments G01–G07. */
export async function checkOutSubmodules(run: JobRun, git: Git, plan: CheckoutPlan): Promise<void> {
  if (plan.submodules === "none") return;
  const urls =
    (await git.try("config", "--file", ".gitmodules", "--get-regexp", String.raw`^submodule\..*\.url$`)) ?? "";
  for (const line of urls.split("\n")) {
    const repository = /github\.com[/:]([^/\s]+\/[^/\s]+?)(?:\.git)?$/.exec(line)?.[1];
    if (repository !== undefined) await run.tools.host(repository);
  }
  const recursive = plan.submodules === "recursive" ? ["--recursive"] : [];
  const { auth } = plan;
  // While it fetches, the token is in the global configuration of a HOME of its own, and ssh URLs are taken for https.
  const home = join(auth.temp, `home-${auth.id}`);
  const alone = git.with({ env: { HOME: home } });
  const [host = ""] = auth.server.replace(/^\w+:\/\//, "").split("/");
  await mkdir(home, { recursive: true });
  await alone("config", "--global", headerKey(auth), headerValue(auth));
  if (auth.sshKey === undefined) await alone("config", "--global", `url.${auth.server}/.insteadOf`, `git@${host}:`);
  await alone("submodule", "--quiet", "sync", ...recursive);
  await alone("submodule", "--quiet", "update", "--init", "--force", ...recursive);
  if (!plan.persists) return;
  const listed = await alone(
    "submodule",
    "--quiet",
    "foreach",
    ...recursive,
    "git rev-parse --absolute-git-dir && pwd",
  );
  const lines = listed.split("\n");
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const [gitDir = "", directory = ""] = [lines[at], lines[at + 1]];
    const inner = git.with({ directory });
    if (auth.layout.place === "included")
      await inner("config", "--local", `includeIf.gitdir:${gitDir}.path`, credentialsFile(auth));
    else if (auth.layout.place === "local") await inner("config", "--local", headerKey(auth), headerValue(auth));
    if (auth.sshKey === undefined) await inner("config", "--local", `url.${auth.server}/.insteadOf`, `git@${host}:`);
    else await inner("config", "--local", "core.sshCommand", (await git("config", "--get", "core.sshCommand")).trim());
  }
}
