import type { ActionInput } from "./action-interface.ts";

/** What may be written for an input, beside expressions. */
export type InputValues =
  /** Any text, number or boolean. */
  | { readonly kind: "text" }
  /** True, false, and these texts. */
  | { readonly kind: "flag"; readonly also: readonly string[] };

/**
 * Manifests have no types. An input whose default is true or false is taken for a flag, but for those named here: flags that take
 * other words too, and inputs that are no flags at all. Each entry is what the action's own documentation says; what it rests on
 * was checked in 2026 against real workflows, where no other boolean default met another value.
 */
const EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, readonly string[] | "text">>>> = {
  // persist-credentials: checkout treats everything but "true" as false (src/input-helper.ts), and people write "".
  "actions/checkout": { "persist-credentials": [""], submodules: ["recursive"] },
  // v1 and v2 had the default "true" for what is now always | failure-only | never.
  "github/codeql-action/analyze": { upload: ["always", "failure-only", "never"] },
  // A list of packages; false stands for none.
  "msys2/setup-msys2": { install: "text", pacboy: "text" },
  "peter-evans/create-pull-request": { draft: ["always-true"] },
  "r-lib/actions/setup-r-dependencies": { cache: ["always"] },
};

/** What the runner takes for every docker action, whatever its manifest says: docs.github.com, `jobs.<job_id>.steps[*].with.args`. */
export const DOCKER_INPUTS: readonly (readonly [string, ActionInput])[] = [
  ["args", { required: false, description: "Arguments of the container, instead of the manifest's `args`." }],
  ["entrypoint", { required: false, description: "The container's entrypoint, instead of its image's." }],
];

/** Actions whose outputs are not all in the manifest, because they depend on the inputs. */
const OPEN_OUTPUTS: ReadonlySet<string> = new Set([
  // One for each filter.
  "dorny/paths-filter",
  // Whatever the script gives to core.setOutput.
  "actions/github-script",
  // Per component of a manifest release: `packages/a--tag_name`.
  "googleapis/release-please-action",
  "google-github-actions/release-please-action",
  // One for each secret that `secrets` names.
  "hashicorp/vault-action",
  // Per key of `files_yaml`: `docs_any_changed`.
  "tj-actions/changed-files",
]);

/** What an input of an action takes. `action` is `owner/name[/path]`, in any case. */
export function inputValues(action: string, name: string, input: ActionInput): InputValues {
  const exception = EXCEPTIONS[action.toLowerCase()]?.[name.toLowerCase()];
  const isFlag = input.default === "true" || input.default === "false";
  if (!isFlag || exception === "text") return { kind: "text" };
  return { kind: "flag", also: exception ?? [] };
}

/** Whether an action can give outputs that its manifest does not declare. */
export function hasOpenOutputs(action: string): boolean {
  return OPEN_OUTPUTS.has(action.toLowerCase());
}
