import type { FileNode } from "../ir/any-node.ts";
import { visitParts } from "../ir/parts.ts";
import type { UsesStep } from "../ir/workflow.ts";
import { stepsOf } from "./find-job.ts";

/** What a step that mints an App's token is given. */
export interface MintingInputs {
  readonly hasKey: boolean;
  /** Where it is written out. */
  readonly appId: number | undefined;
  /** The secret that holds the App's private key. */
  readonly keySecret: string | undefined;
  /** The permissions that the token is narrowed to; undefined where it gets all that the App has. */
  readonly permissions: Readonly<Record<string, string>> | undefined;
  /** A service exchanges the run's OIDC token for one of its own App. */
  readonly isFederated: boolean;
}

/** The step of a job that mints a token, by its id; undefined where it is not in this file. */
export function findMintingInputs(file: FileNode, job: string, id: string): MintingInputs | undefined {
  const steps = stepsOf(file, job).flatMap((step) => (step.kind === "parallel-step" ? step.parallel.items : [step]));
  const step = steps.find((step): step is UsesStep => step.kind === "uses-step" && step.id?.text === id);
  return step && readInputs(step);
}

/** Of every step of a file that is given an App's private key. */
export function findAllMintingInputs(file: FileNode): readonly MintingInputs[] {
  const found: MintingInputs[] = [];
  visitParts(file, (part) => {
    const inputs = part.kind === "uses-step" ? readInputs(part) : undefined;
    if (inputs?.hasKey === true) found.push(inputs);
  });
  return found;
}

function readInputs(step: UsesStep): MintingInputs | undefined {
  if (step.with?.kind !== "mapping") return undefined;
  const inputs = step.with.entries.map(({ key, value }) => [key.text.toLowerCase(), value.text ?? ""] as const);
  const find = (names: RegExp): string | undefined => inputs.find(([name]) => names.test(name))?.[1];
  const appId = find(/^(?:app|application)[-_]id$/);
  const key = find(/private[-_]key$/);
  // create-github-app-token: `permission-contents: write`.
  const narrowed = inputs.flatMap(([name, value]) =>
    name.startsWith("permission-") ? [[name.slice("permission-".length), value] as const] : [],
  );
  return {
    hasKey: key !== undefined,
    appId: appId !== undefined && /^\d+$/.test(appId.trim()) ? Number(appId) : undefined,
    keySecret: /^\s*\$\{\{\s*secrets\.([\w-]+)\s*\}\}\s*$/.exec(key ?? "")?.[1],
    permissions: narrowed.length === 0 ? undefined : Object.fromEntries(narrowed),
    isFederated: key === undefined && /(?:^|[/-])sts(?:[/@-]|$)/i.test(step.uses.text),
  };
}
