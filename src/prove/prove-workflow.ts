import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../ir/errors.ts";
import { chooseJobs } from "./choose-jobs.ts";
import { FakeCredentials } from "./fake-credentials.ts";
import type { FoundJob } from "./find-jobs.ts";
import { fillOrigin, findLocalRepository } from "./origin-repository.ts";
import type { Proof, ProvedJob, ProveRequest, ProveWorld } from "./proof.ts";
import { proveJob, type JobTrial } from "./prove-job.ts";
import type { NeededJob } from "./runner/job-setting.ts";
import { chooseBranch, chooseRepository } from "./repository-facts.ts";
import type { RunnerTools } from "./runner/job-run.ts";
import { makeAuthority } from "./server/certificate.ts";
import { GitServer } from "./server/git-server.ts";
import { serverJudge } from "./server-judge.ts";
import { appRights } from "./token-rights.ts";
import { chooseTrigger, eventRefs } from "./trigger.ts";

/** Runs the git side of a workflow's jobs against a server of our own, and compares who it saw with who was predicted. */
export async function proveWorkflow(request: ProveRequest, world: ProveWorld): Promise<Proof> {
  const jobs = chooseJobs(request);
  const credentials = new FakeCredentials();
  const authority = makeAuthority();
  const local = await findLocalRepository(request.folder, world.programs);
  const repository = chooseRepository(request);
  const defaultBranch = chooseBranch(request, repository, local);
  const root = join(world.folder, "trial");
  let running: FoundJob | undefined;
  await mkdir(root, { recursive: true });
  const server: GitServer = await GitServer.start({
    root: join(root, "server"),
    programs: world.programs,
    accounts: credentials.accounts,
    keys: credentials.keys,
    authority,
    port: world.port ?? 0,
    now: world.now,
    judge: serverJudge({
      around: request.around,
      repository,
      credentials,
      running: () => ({
        workflow: running?.workflow ?? request.workflow,
        job: running?.id.replace(/^.* \/ /, "") ?? "",
      }),
    }),
    found: (name) => hostAnother(server, name),
  }).catch((error: unknown) => {
    throw cannotListen(error, world.port);
  });
  try {
    const certificate = join(root, "authority.pem");
    await writeFile(certificate, authority.cert);
    const origin = await server.create(repository, { defaultBranch, isPublic: true });
    const trigger = chooseTrigger(request.workflow, {
      event: request.event,
      defaultBranch,
      inputs: request.inputs ?? new Map(),
    });
    const sha = await fillOrigin(origin, { folder: request.folder, local, refs: eventRefs(trigger) });
    const tools: RunnerTools = {
      credentials,
      catalog: world.catalog,
      actions: world.actions,
      host: (name) => server.find(name),
      appRights: (inputs) => appRights(inputs, repository),
      network: networkOf(server, certificate),
      programs: world.programs,
      ssh: world.ssh,
      stubs: request.stubs ?? new Map(),
      timeLimit: world.timeLimit,
      now: world.now,
      signal: world.signal,
    };
    const proved = await proveInOrder(jobs, {
      request: { ...request, around: { ...request.around, repository } },
      common: { repository, defaultBranch, trigger, sha },
      tools,
      server,
      root,
      starts: (found) => (running = found),
    });
    await world.inspect?.(server);
    return { repository, trigger, jobs: proved };
  } finally {
    await server.stop();
    await rm(root, { recursive: true, force: true, maxRetries: 3 });
  }
}

interface Trials extends Pick<JobTrial, "request" | "common" | "tools" | "server"> {
  /** Each job has a folder of its own in it. */
  readonly root: string;
  readonly starts: (found: FoundJob) => void;
}

/** One after the other: a job is given what those came to that it needs. */
async function proveInOrder(
  jobs: readonly FoundJob[],
  { root, starts, ...trial }: Trials,
): Promise<readonly ProvedJob[]> {
  const proved: ProvedJob[] = [];
  const needs = new Map<string, NeededJob>();
  for (const found of jobs) {
    starts(found);
    const folder = join(root, `job-${proved.length}`);
    const { needed, ...rest } = await proveJob({ ...trial, found, all: jobs, needs, folder });
    needs.set(found.id, needed);
    proved.push(rest);
  }
  return proved;
}

function cannotListen(error: unknown, port: number | undefined): unknown {
  const isTaken = error instanceof Error && "code" in error && ["EADDRINUSE", "EACCES"].includes(String(error.code));
  if (!isTaken || port === undefined) return error;
  return new UsageError(
    `port ${port} of 127.0.0.1 cannot be used (${String(error.code)}): leave --port out, and a free one is taken`,
  );
}

async function hostAnother(server: GitServer, name: string): Promise<void> {
  const repository = await server.create(name, { isPublic: true });
  await repository.commit("main", { "README.md": `# ${name}\n` });
}

/** What leads git, and most else, to the server, whatever URL it is given: git-config(1), http.proxy, http.sslCAInfo. */
function networkOf({ url, sshPort }: GitServer, certificate: string): Readonly<Record<string, string>> {
  const proxies = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"].map((name) => [name, url]);
  const certificates = ["GIT_SSL_CAINFO", "SSL_CERT_FILE", "CURL_CA_BUNDLE"].map((name) => [name, certificate]);
  // For what stands in the place of ssh.
  const ssh = sshPort === undefined ? [] : [["FLOWKEEP_SSH_PORT", String(sshPort)]];
  return Object.fromEntries([...proxies, ...certificates, ...ssh]);
}
