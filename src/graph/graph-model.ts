/** What a page shows: workflows with their jobs, steps and credentials, as plain data. `graph --format json` prints it. */
export interface GraphModel {
  readonly version: 1;
  readonly workflows: readonly GraphWorkflow[];
  /** Why files are not among them that should be: absent where all are. */
  readonly missing?: readonly GraphFinding[];
}

export interface GraphWorkflow {
  /** For links: the path, with only letters, digits and dashes; no two are alike. */
  readonly id: string;
  readonly path: string;
  /** Its `name`, else its path. */
  readonly name: string;
  readonly kind: "workflow" | "action";
  readonly places: Places;
  readonly triggers: readonly GraphTrigger[];
  readonly jobs: readonly GraphJob[];
  /** Those that stand outside the jobs. */
  readonly findings: readonly GraphFinding[];
}

export interface GraphTrigger {
  /** `push` */
  readonly event: string;
  /** `branches: main`; a line each. */
  readonly details: readonly string[];
}

export interface GraphJob {
  /** The key in `jobs`; `runs` for a composite action's steps. */
  readonly id: string;
  readonly name: string;
  readonly places: Places;
  readonly needs: readonly string[];
  readonly if?: string;
  readonly runsOn?: string;
  readonly environment?: string;
  readonly matrix?: GraphMatrix;
  readonly calls?: GraphCall;
  readonly steps: readonly GraphStep[];
  /** Those of the workflow that it calls; its own are its steps'. */
  readonly pushes: readonly GraphPush[];
  readonly credentials: readonly GraphCredential[];
  readonly findings: readonly GraphFinding[];
}

export interface GraphMatrix {
  /** `os × node`, or the expression. */
  readonly axes: string;
  /** How many jobs it makes; undefined where that is decided when it runs. */
  readonly jobs?: number;
}

/** A reusable workflow that the job is. */
export interface GraphCall {
  readonly uses: string;
  /** The id of the workflow, where it is among those that are shown. */
  readonly workflow?: string;
}

export interface GraphStep {
  /** From 0, as in `jobs.ID.steps`. */
  readonly index: number;
  /** Its `name`, else what it does: `actions/checkout@v5`, the first line of its script. */
  readonly label: string;
  /** Its id in `steps.ID`, where it has one. */
  readonly id?: string;
  readonly kind: "run" | "uses" | "wait" | "cancel" | "parallel" | "other";
  /** What a step that has a name does. */
  readonly does?: string;
  readonly if?: string;
  readonly places: Places;
  readonly pushes: readonly GraphPush[];
  readonly findings: readonly GraphFinding[];
}

export interface GraphPush {
  readonly command: string;
  /** `octo/app, branch main` */
  readonly target: string;
  /** Who GitHub sees. */
  readonly seen: GraphIdentity;
  /** Who was meant; undefined where nothing says. */
  readonly meant?: GraphIdentity;
  readonly verdict: string;
  /** Whether that is not as it was meant, or does not arrive. */
  readonly isWrong: boolean;
  readonly alternatives: readonly string[];
  readonly evidence: readonly { readonly text: string; readonly at?: Place }[];
}

export interface GraphIdentity {
  /** Equal to a credential's `identity`: `pat RELEASE_PAT`. */
  readonly key: string;
  /** `the secret RELEASE_PAT` */
  readonly text: string;
}

/** A credential in one place, and how long it lies there. */
export interface GraphCredential {
  /** Equal for one credential in several places: `pat RELEASE_PAT`. */
  readonly identity: string;
  /** `GITHUB_TOKEN`, `RELEASE_PAT` */
  readonly name: string;
  /** Where it lies: `.git/config`, `$GITHUB_ENV`. */
  readonly where: string;
  /** As what: `http.https://github.com/.extraheader`, `variable PUSH_TOKEN`. */
  readonly as: string;
  /** The step that puts it there; undefined: it is there when the job begins. */
  readonly from?: number;
  /** The last step that finds it there. */
  readonly to: number;
  /** `removed by step 3`, `it ends with the job` */
  readonly end: string;
  readonly isPerhaps: boolean;
  /** Whether every step between can read it: what lies in files and in the environment. */
  readonly isReadable: boolean;
  /** The steps that send it to GitHub. */
  readonly sentBy: readonly number[];
  readonly origin?: { readonly text: string; readonly at?: Place };
}

export interface GraphFinding {
  readonly ruleId: string;
  readonly severity: "error" | "warning" | "note";
  readonly message: string;
  readonly at?: Place;
}

/** Where something is written: in the TypeScript source, in the YAML, or in both. */
export interface Places {
  readonly source?: Place;
  readonly yaml?: Place;
}

export interface Place {
  readonly file: string;
  readonly line: number;
}
