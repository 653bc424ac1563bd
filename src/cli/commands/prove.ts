import { randomUUID } from "node:crypto";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { hideTokens } from "../../credentials/hide-tokens.ts";
import { UsageError } from "../../ir/errors.ts";
import { prove as proveWorkflow } from "../../pipeline.ts";
import { describeIsolation, printProof, proofReport } from "../../prove/print-proof.ts";
import type { Proof } from "../../prove/proof.ts";
import type { TrialOptions } from "../../prove/sandbox/run-trial.ts";
import { confirm } from "../terminal/confirm.ts";
import { printJson } from "../json.ts";
import { untilSignal } from "../process/until-signal.ts";
import { withProgress } from "../terminal/progress.ts";
import { refuseForeignSources, type Settings } from "../settings.ts";

export interface ProveFlags {
  readonly job?: string;
  readonly stub?: readonly string[];
  readonly repository?: string;
  readonly event?: string;
  readonly input?: readonly string[];
  readonly var?: readonly string[];
  readonly emptySecret?: readonly string[];
  readonly stepLimit?: string;
  readonly port?: string;
  /** `--no-isolation` */
  readonly isolation?: boolean;
  readonly yes?: true;
}

/** `flowkeep prove` */
export async function prove(settings: Settings, path: string, flags: ProveFlags): Promise<number> {
  const { project, io, format, paint } = settings;
  refuseForeignSources(io);
  const request = {
    path: relative(project.root, resolve(io.cwd, path)).replaceAll("\\", "/"),
    job: flags.job,
    repository: readRepository(flags.repository),
    event: flags.event,
    stubs: readPairs(flags.stub, "--stub", "step name=commands"),
    inputs: readPairs(flags.input, "--input", "name=value"),
    vars: readPairs(flags.var, "--var", "name=value"),
    emptySecrets: new Set(flags.emptySecret),
  };
  const given = flags.yes ?? (io.env["CI"] ? true : undefined);
  const what = `This runs the scripts of ${request.path} on this machine: with made-up secrets, in a folder of their own, against a server of flowkeep's. Go on?`;
  if (!(await confirm(io, what, given))) return 2;
  const world = {
    folder: join(io.scratch, `flowkeep-prove-${randomUUID().slice(0, 8)}`),
    programs: io.env["PATH"] ?? "",
    timeLimit: 1000 * readNumber(flags.stepLimit ?? "60", "--step-limit"),
    port: flags.port === undefined ? undefined : readNumber(flags.port, "--port", 65_535),
    program: [process.execPath, fileURLToPath(new URL("trial.js", io.flowkeep))],
    isolates: flags.isolation !== false,
    watched: watchedFolders(settings),
  };
  const ended = await untilSignal((signal) =>
    withProgress(settings, `trying ${request.path}`, () => proveWorkflow(project, request, { ...world, signal })),
  );
  if (typeof ended === "number") return ended;
  const { proof, isolation, changed } = ended;
  if (format === "json") io.out(hideTokens(printJson(proofReport(request.path, proof))));
  else io.out(hideTokens(printProof(request.path, ended, paint)));
  if (isolation.kind === "none" && format === "json" && !settings.quiet)
    io.err(`flowkeep: ${describeIsolation(isolation)}\n`);
  for (const path of changed)
    io.err(`flowkeep: ${path} changed while the scripts ran: one of them may have written outside of its folder\n`);
  return changed.length > 0 ? 2 : exitCode(proof);
}

/** Where scripts could do harm if nothing keeps them: the project, and what configures git, ssh and shells. */
function watchedFolders({ project, io }: Settings): TrialOptions["watched"] {
  const home = io.env["HOME"];
  const own =
    home === undefined ? [] : [home, ...[".ssh", ".config/git", ".config/gh"].map((name) => join(home, name))];
  return [{ path: project.root, levels: 6 }, ...own.map((path) => ({ path, levels: 0 }))];
}

/** 1 where a push went out as somebody else; 2 where there was a push to try, and none was tried. */
function exitCode({ jobs }: Proof): number {
  const pushes = jobs.flatMap((job) => job.pushes);
  if (pushes.some(({ agree }) => agree === false)) return 1;
  const isTried = pushes.some(({ observed }) => observed !== undefined && observed.outcome !== "not-sent");
  return isTried ? 0 : 2;
}

export function readRepository(text: string | undefined): string | undefined {
  if (text === undefined || /^[\w.-]+\/[\w.-]+$/.test(text)) return text;
  throw new UsageError(`--repository ${text} is not owner/name`);
}

function readPairs(texts: readonly string[] = [], flag: string, form: string): ReadonlyMap<string, string> {
  return new Map(
    texts.map((text) => {
      const at = text.indexOf("=");
      if (at <= 0) throw new UsageError(`${flag} '${text}' is not ${flag} '${form}'`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

function readNumber(text: string, flag: string, most?: number): number {
  const number = Number(text);
  if (text.trim() !== "" && Number.isInteger(number) && number > 0 && number <= (most ?? number)) return number;
  throw new UsageError(`${flag} ${text} is not a number ${most === undefined ? "above 0" : `from 1 to ${most}`}`);
}
