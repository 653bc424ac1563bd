import type { ActionInput } from "./action-interface.ts";

/** What may be written for an input, beside expressions. */
export type InputValues =
  /** Any text, number or boolean. */
  | { readonly kind: "text" }
  /** True, false, and these texts. */
  | { readonly kind: "flag"; readonly also: readonly string[] }
  /** These texts alone. */
  | { readonly kind: "choice"; readonly words: readonly string[] };

const FLAG = { kind: "flag", also: [] } as const;

function flagOr(...also: readonly string[]): InputValues {
  return { kind: "flag", also };
}

function oneOf(...words: readonly string[]): InputValues {
  return { kind: "choice", words };
}

/**
 * Manifests have no types, and a default of `true` says nothing of what else an input takes: checkout's `submodules` takes
 * `recursive`. So every input takes any text, but for those whose action documents all that they take, in its README or by reading
 * them with `getBooleanInput`, which fails for anything else. By action, in lower case; of all its versions.
 */
const DOCUMENTED: Readonly<Record<string, Readonly<Record<string, InputValues>>>> = {
  // persist-credentials: everything but "true" counts as false (src/input-helper.ts), and people write "".
  "actions/checkout": {
    "persist-credentials": flagOr(""),
    clean: FLAG,
    "fetch-tags": FLAG,
    lfs: FLAG,
    "set-safe-directory": FLAG,
    "show-progress": FLAG,
    "sparse-checkout-cone-mode": FLAG,
    submodules: flagOr("recursive"),
  },
  "actions/cache": { enablecrossosarchive: FLAG, "fail-on-cache-miss": FLAG, "lookup-only": FLAG },
  "actions/cache/restore": { enablecrossosarchive: FLAG, "fail-on-cache-miss": FLAG, "lookup-only": FLAG },
  "actions/cache/save": { enablecrossosarchive: FLAG },
  "actions/download-artifact": { "merge-multiple": FLAG },
  "actions/setup-go": { cache: FLAG, "check-latest": FLAG },
  "actions/setup-node": { "check-latest": FLAG, "package-manager-cache": FLAG },
  "actions/setup-python": { "allow-prereleases": FLAG, "check-latest": FLAG, "update-environment": FLAG },
  "actions/upload-artifact": {
    "if-no-files-found": oneOf("warn", "error", "ignore"),
    "include-hidden-files": FLAG,
    overwrite: FLAG,
  },
  "docker/build-push-action": { load: FLAG, "no-cache": FLAG, pull: FLAG, push: FLAG },
  "docker/login-action": { ecr: flagOr("auto"), logout: FLAG },
  "docker/setup-buildx-action": { cleanup: FLAG, install: FLAG, use: FLAG },
  // v1 and v2 had the default "true" for what is now always | failure-only | never.
  "github/codeql-action/analyze": { upload: flagOr("always", "failure-only", "never") },
  "peter-evans/create-pull-request": {
    "delete-branch": FLAG,
    draft: flagOr("always-true"),
    "sign-commits": FLAG,
    signoff: FLAG,
  },
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
export function inputValues(action: string, name: string): InputValues {
  return DOCUMENTED[action.toLowerCase()]?.[name.toLowerCase()] ?? { kind: "text" };
}

/** Whether an action can give outputs that its manifest does not declare. */
export function hasOpenOutputs(action: string): boolean {
  return OPEN_OUTPUTS.has(action.toLowerCase());
}
