import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openCatalog } from "../../src/actions/catalog.ts";
import { actionTable } from "../../src/credentials/actions/action-table.ts";
import { KNOWN_ACTIONS } from "../../src/credentials/actions/known-actions.ts";
import { analyzeFile } from "../../src/credentials/analyze-file.ts";
import { NOTHING_DECLARED } from "../../src/consequences/consequences.ts";
import type { Proof, ProvedPush, ProveRequest, ProveWorld } from "../../src/prove/proof.ts";
import { proveWorkflow } from "../../src/prove/prove-workflow.ts";
import { readWorkflow } from "../../src/read/read-file.ts";

const PATH = ".github/workflows/try.yml";

export interface Tried {
  readonly proof: Proof;
  readonly pushes: readonly ProvedPush[];
  /** Each push in one line: who was predicted, who was seen, what became of it. */
  readonly lines: readonly string[];
  /** What the steps printed. */
  readonly log: string;
}

export interface TryOptions
  extends Partial<ProveRequest>, Partial<Pick<ProveWorld, "timeLimit" | "port" | "programs" | "inspect">> {
  /** More files of the repository. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A job's steps as a workflow: `on: push`, with `contents: write`. */
export function withSteps(steps: string, more = ""): string {
  const indented = steps.trimEnd().replace(/^/gm, "      ");
  return `on: push\npermissions:\n  contents: write\njobs:\n  job:\n    runs-on: ubuntu-latest\n${more}    steps:\n${indented}\n`;
}

/** Tries a workflow in a repository of its own. */
export async function tryYaml(
  yaml: string,
  { files = {}, timeLimit, port, programs, inspect, ...request }: TryOptions = {},
): Promise<Tried> {
  const scratch = mkdtempSync(join(tmpdir(), "prove-test-"));
  const folder = join(scratch, "project");
  try {
    for (const [path, text] of Object.entries({ [PATH]: yaml, ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const catalog = await openCatalog();
    const { node, problems } = readWorkflow(PATH, yaml);
    if (node === undefined) throw new Error(problems.map(({ message }) => message).join("\n"));
    const around = request.around ?? NOTHING_DECLARED;
    const { pushes: predicted } = analyzeFile(PATH, node, {
      catalog,
      readRepositoryFile: (path) => files[path],
      repository: around.repository,
    });
    const proof = await proveWorkflow(
      { path: PATH, workflow: node, predicted, folder, ...request, around },
      {
        catalog,
        actions: actionTable(KNOWN_ACTIONS),
        folder: join(scratch, "trial"),
        programs: programs ?? process.env["PATH"] ?? "",
        ssh: [process.execPath, join(import.meta.dirname, "../../dist/ssh.js")],
        now: () => Date.now(),
        timeLimit: timeLimit ?? 30_000,
        port,
        inspect,
      },
    );
    const pushes = proof.jobs.flatMap((job) => job.pushes);
    const log = proof.jobs.flatMap(({ steps }) => steps.map((step) => `${step.reason ?? ""}\n${step.log}`)).join("\n");
    return { proof, pushes, lines: pushes.map(lineOf), log };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

export function lineOf({ predicted, observed, agree }: ProvedPush): string {
  const who = (identity: { readonly kind: string; readonly name?: string } | undefined): string =>
    identity === undefined ? "nothing" : [identity.kind, identity.name].filter((part) => part !== undefined).join(":");
  const verb = agree === undefined ? "?" : agree ? "=" : "≠";
  return `${who(predicted?.identity)} ${verb} ${who(observed?.identity)} ${observed?.outcome ?? "not reached"}`;
}
