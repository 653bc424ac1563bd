import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLEAN_UP, MAP, tryStage } from "../prove/coverage-chain.ts";

const PATH = `${process.env["PATH"] ?? ""}${delimiter}/usr/sbin`;
const SCRIPTS = join(import.meta.dirname, "slurm");
const missing = ["slurmctld", "slurmd", "munged", "sbatch"].filter(
  (program) => !PATH.split(delimiter).some((folder) => existsSync(join(folder, program))),
);
if (missing.length > 0)
  console.log(
    `skipped: no Slurm (${missing.join(", ")} missing; apt-get install slurm-wlm munge). The short suite's chain collects without.`,
  );

describe.skipIf(missing.length > 0)("the coverage job through a real Slurm of one node", () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "slurm-"));
    const ports = await Promise.all([freePort(), freePort()]);
    execFileSync(join(SCRIPTS, "start.sh"), [folder, ...ports.map(String)], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    // The runner's environment is the workflow's, so the cluster's configuration is told to its programs.
    mkdirSync(join(folder, "bin"));
    for (const program of ["sbatch", "squeue"]) {
      const file = join(folder, "bin", program);
      writeFileSync(file, `#!/bin/sh\nSLURM_CONF='${folder}/slurm.conf' PATH='${PATH}' exec ${program} "$@"\n`);
      chmodSync(file, 0o755);
    }
  });
  afterAll(() => {
    spawnSync(join(SCRIPTS, "stop.sh"), [folder], { stdio: "inherit" });
    rmSync(folder, { recursive: true, force: true });
  });

  it("collects on the node, and lands as the owner of the token", async () => {
    const collect = `cat > job.sh <<'JOB'
#!/bin/bash
echo "{\\"job\\": $SLURM_JOB_ID}" | gzip -n > ${MAP}
JOB
sbatch --wait job.sh
rm job.sh slurm-*.out
gunzip -c ${MAP}
`;
    const programs = `${join(folder, "bin")}${delimiter}${PATH}`;
    const { lines, answers, updates, log } = await tryStage("5-pat", { collect, more: CLEAN_UP, programs });
    const as = "pat:CACHE_PUSH_TOKEN = pat:CACHE_PUSH_TOKEN landed";
    expect(lines).toEqual([as, as]);
    expect(log).toMatch(/Submitted batch job \d+\n\{"job": \d+\}/);
    expect(answers).toEqual({ branch: updates[0]?.old, commits: "1", files: MAP, author: "map-bot" });
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
