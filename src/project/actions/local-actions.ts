import type { ActionInterface } from "../../actions/action-interface.ts";
import { readManifest } from "../../actions/read-manifest.ts";
import { emitFile } from "../../emit/emit-file.ts";
import { parseUses } from "../../ir/uses-ref.ts";
import type { Finding } from "../../report/finding.ts";
import type { ConvertedSource } from "../sources/convert-sources.ts";
import { errorFinding } from "../lint/findings.ts";
import { readText } from "../read-text.ts";

export interface LocalActions {
  /** By ref as written: `./.github/actions/cache`. */
  readonly interfaces: ReadonlyMap<string, ActionInterface>;
  /** Manifests that cannot be read. They are not flowkeep's, so they stop nothing. */
  readonly warnings: readonly Finding[];
}

/** The interfaces of actions of this repository: as the sources define them, else as their `action.yml` says. */
export async function readLocalActions(
  root: string,
  refs: readonly string[],
  converted: readonly ConvertedSource[],
): Promise<LocalActions> {
  const interfaces = new Map<string, ActionInterface>();
  const warnings: Finding[] = [];
  for (const ref of new Set(refs)) {
    const folder = folderOf(ref);
    if (folder === undefined) continue;
    const manifest = definedManifest(folder, converted) ?? (await writtenManifest(root, folder));
    if (manifest === undefined) continue;
    const read = await readManifest(manifest.text, manifest.file);
    if (read.kind === "manifest") interfaces.set(ref, read.interface);
    else warnings.push(...read.errors.map((error) => ({ ...errorFinding(error), severity: "warning" as const })));
  }
  return { interfaces, warnings };
}

/** A local action's folder, from the root. What lies outside of the repository when the job runs is nobody's to know. */
function folderOf(ref: string): string | undefined {
  const uses = parseUses(ref);
  if (uses.kind !== "local" && uses.kind !== "self") return undefined;
  const parts = uses.path.split(/[/\\]/).filter((part) => part !== "" && part !== ".");
  return parts.includes("..") || /\.ya?ml$/.test(uses.path) ? undefined : parts.join("/");
}

interface Manifest {
  readonly file: string;
  readonly text: string;
}

function definedManifest(folder: string, converted: readonly ConvertedSource[]): Manifest | undefined {
  const defined = converted.find(({ source }) => source.output === `${folder}/action.yml`);
  return defined && { file: defined.source.output, text: emitFile(defined.node, { source: defined.source.file }).text };
}

/** Where the manifest of an action of this repository may lie, from the root; nowhere, of another's. */
export function manifestPaths(ref: string): readonly string[] {
  const folder = folderOf(ref);
  return folder === undefined ? [] : manifestsIn(folder);
}

function manifestsIn(folder: string): readonly string[] {
  return ["action.yml", "action.yaml"].map((name) => (folder === "" ? name : `${folder}/${name}`));
}

async function writtenManifest(root: string, folder: string): Promise<Manifest | undefined> {
  for (const file of manifestsIn(folder)) {
    const text = await readText(root, file);
    if (text !== undefined) return { file, text };
  }
  return undefined;
}
