import type { KnownAction } from "./action-table.ts";

function quiet(uses: string, ...source: readonly string[]): KnownAction {
  return { uses, source: source.join(", ") };
}

/**
 * Actions that leave the repository's server alone: they set up tools, keep caches, upload files, speak to other services. Their
 * sources were read for it; of an action that is not here nobody knows whether it fetches or pushes with what a checkout keeps.
 */
export const SETUP_ACTIONS: readonly KnownAction[] = [
  quiet("actions/cache", "src/restoreImpl.ts"),
  quiet("actions/cache/restore", "src/restoreImpl.ts"),
  quiet("actions/cache/save", "src/saveImpl.ts"),
  quiet("actions/download-artifact", "src/download-artifact.ts"),
  quiet("actions/setup-go", "src/main.ts"),
  quiet("actions/setup-java", "src/setup-java.ts"),
  quiet("actions/setup-node", "src/main.ts"),
  quiet("actions/setup-python", "src/setup-python.ts"),
  quiet("actions/upload-artifact", "src/upload/upload-artifact.ts"),
  quiet("actions/upload-pages-artifact", "action.yml"),
  quiet("astral-sh/setup-uv", "src/setup-uv.ts"),
  quiet("aws-actions/configure-aws-credentials", "src/index.ts"),
  quiet("denoland/setup-deno", "main.js"),
  // Where it is given no `context`, BuildKit fetches the repository, with the token that the action itself is given.
  quiet("docker/build-push-action", "src/context.ts"),
  quiet("docker/login-action", "src/main.ts"),
  quiet("docker/setup-buildx-action", "src/main.ts"),
  quiet("docker/setup-qemu-action", "src/main.ts"),
  quiet("dtolnay/rust-toolchain", "action.yml"),
  quiet("github/codeql-action/upload-sarif", "src/upload-sarif-action.ts"),
  quiet("google-github-actions/auth", "src/main.ts"),
  quiet("oven-sh/setup-bun", "src/index.ts"),
  quiet("pnpm/action-setup", "src/index.ts"),
  quiet("pypa/gh-action-pypi-publish", "action.yml"),
  quiet("rui314/setup-mold", "action.yml"),
  quiet("sigstore/cosign-installer", "action.yml"),
  quiet("step-security/harden-runner", "action.yml"),
  quiet("Swatinem/rust-cache", "src/restore.ts"),
];
