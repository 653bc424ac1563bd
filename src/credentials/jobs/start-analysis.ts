import { remember } from "../../ir/remember.ts";
import type { Workflow } from "../../ir/workflow.ts";
import { actionTable, type ActionTable, type KnownAction } from "../actions/action-table.ts";
import { KNOWN_ACTIONS } from "../actions/known-actions.ts";
import type { Analysis, MetPush } from "../analysis.ts";
import type { AnalyzeOptions } from "../analyze-options.ts";
import { declaredIdentity } from "../declared-identity.ts";
import { PROGRAMS } from "../programs/programs.ts";
import { startsOf, type Start } from "../conditions/starts.ts";
import type { Symbols } from "../text.ts";
import type { Sight } from "./may-push.ts";

/** Commands of one job before it counts as endless. */
const MOST_COMMANDS = 20_000;

interface AnalysisStart {
  readonly options: AnalyzeOptions;
  readonly symbols: Symbols;
  readonly assumedRepository: string;
  /** Undefined: nothing is known of what starts it. */
  readonly starts?: readonly Start[] | undefined;
  readonly record: (met: MetPush) => void;
  readonly mayWriteContents?: boolean;
  readonly isInContainer?: boolean;
  readonly unseenOnRunner?: (() => string | undefined) | undefined;
  readonly unseenRepository?: (() => string | undefined) | undefined;
}

/** What the walk through one job, in one of its ways, works with. */
export function startAnalysis({
  options,
  symbols,
  assumedRepository,
  starts = startsOf(undefined),
  record,
  mayWriteContents = false,
  isInContainer = false,
  unseenOnRunner = () => "its caller may have made one",
  unseenRepository = () => "its caller may have made one",
}: AnalysisStart): Analysis {
  const { meet } = options;
  return {
    symbols,
    catalog: options.catalog,
    actions: tableFor(options.actions),
    programs: PROGRAMS,
    readRepositoryFile: options.readRepositoryFile ?? NOTHING,
    repository: options.repository,
    assumedRepository,
    record:
      meet === undefined
        ? record
        : (push) => {
            meet(push);
            record(push);
          },
    declaredBy: (step) => declaredIdentity(step, options.intents),
    starts,
    formulas: new Map(),
    withReads: options.only !== "pushes",
    mayWriteContents,
    isInContainer,
    unseenOnRunner,
    unseenRepository,
    observe: options.observe,
    notice: options.notice,
    budget: { left: MOST_COMMANDS },
  };
}

const NOTHING = (): undefined => undefined;

/** What the quick look at words sees. */
export function sightOf({
  actions,
  readRepositoryFile = NOTHING,
  only,
}: Pick<AnalyzeOptions, "actions" | "readRepositoryFile" | "only">): Sight {
  return { actions: tableFor(actions), readRepositoryFile, withReads: only !== "pushes" };
}

const tables = new WeakMap<readonly KnownAction[], ActionTable>();

function tableFor(own: readonly KnownAction[] = KNOWN_ACTIONS): ActionTable {
  let table = tables.get(own);
  if (table === undefined)
    tables.set(own, (table = own === KNOWN_ACTIONS ? actionTable(own) : actionTable(own, KNOWN_ACTIONS)));
  return table;
}

/** The repository that `github.repository` is compared as: the first whose GitHub URL stands in the workflow. */
export function assumeRepository({ repository }: AnalyzeOptions, workflow: Workflow): string {
  if (repository !== undefined) return repository;
  return firstRepository(workflow.span?.file.text ?? "");
}

const firstRepository = remember((text) => URL_OF_REPOSITORY.exec(text)?.[1] ?? "octo/app");

/** Up to the name of a variable, where it is part of git's configuration. */
const URL_OF_REPOSITORY =
  /github\.com[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?(?:\/?\.(?:extraheader|helper|username|insteadof|pushinsteadof|proxy|sslverify))?(?=["'\s=])/i;
