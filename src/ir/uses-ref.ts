import { remember } from "./remember.ts";

/** What a `uses:` names. */
export type UsesRef =
  | {
      readonly kind: "repository";
      readonly owner: string;
      readonly name: string;
      /** Folder of the action, or file of the workflow; `""` for the root. */
      readonly path: string;
      readonly ref: string;
    }
  /** `./path`: from the workspace for a step, from the repository at the same commit for a reusable workflow. */
  | { readonly kind: "local"; readonly path: string }
  /** `$/path`: this file's own repository at this file's own commit. */
  | { readonly kind: "self"; readonly path: string }
  | { readonly kind: "docker"; readonly image: string }
  | { readonly kind: "invalid"; readonly reason: string };

const REPOSITORY = /^([^/@\s]+)\/([^/@\s]+?)(?:\/([^@]*?))?@([^@\s]+)$/;

/**
 * Takes a `uses:` apart.
 *
 * @example
 * parseUses("github/codeql-action/init@v3");
 * // { kind: "repository", owner: "github", name: "codeql-action", path: "init", ref: "v3" }
 */
export const parseUses = remember((text: string): UsesRef => {
  if (text.startsWith("docker://")) return { kind: "docker", image: text.slice("docker://".length) };
  if (text.startsWith("$/")) return { kind: "self", path: text.slice(2).replace(/\/+$/, "") };
  if (text.startsWith("./") || text.startsWith(".\\") || text === ".") return { kind: "local", path: text };
  if (text.includes("${{"))
    return { kind: "invalid", reason: "`uses` takes no expression: GitHub reads it before the job runs" };
  const parts = REPOSITORY.exec(text);
  if (parts === null) {
    return {
      kind: "invalid",
      reason: text.includes("@")
        ? `"${text}" is not owner/name[/path]@ref`
        : `"${text}" names no version: write owner/name@ref, or ./path for an action in this repository`,
    };
  }
  const [, owner = "", name = "", path = "", ref = ""] = parts;
  return { kind: "repository", owner, name, path: path.replace(/\/+$/, ""), ref };
});

/** `owner/name[/path]` of a repository ref. */
export function actionName(ref: Extract<UsesRef, { kind: "repository" }>): string {
  return ref.path === "" ? `${ref.owner}/${ref.name}` : `${ref.owner}/${ref.name}/${ref.path}`;
}
