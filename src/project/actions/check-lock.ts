import { GITHUB_LOCK_FILE } from "../../actions/github-lock/github-lock.ts";
import { parseGithubLock } from "../../actions/github-lock/parse-github-lock.ts";
import { pinOf } from "../../actions/github-lock/pin-of.ts";
import { verifyGithubLock } from "../../actions/github-lock/verify-github-lock.ts";
import type { Lock } from "../../actions/lock.ts";
import { parseLock } from "../../actions/parse-lock.ts";
import { findUses, pinUses, type UsesPlace } from "../../actions/pin-uses.ts";
import { placeInJson } from "../../actions/place-in-json.ts";
import type { RemoteActions } from "../../actions/remote/remote-actions.ts";
import { verifyLock } from "../../actions/verify-lock.ts";
import type { Config } from "../../define/define-config.ts";
import { isAsWritten, type SourceMap } from "../../emit/source-map.ts";
import { printPath, type Path } from "../../ir/origin.ts";
import { locate } from "../../ir/span.ts";
import { actionName, parseUses } from "../../ir/uses-ref.ts";
import { readFile } from "../../read/read-file.ts";
import type { Finding } from "../../report/finding.ts";
import { applySettings } from "../lint/check-files.ts";
import { readMap } from "../lint/check-yaml.ts";
import type { CompiledSources } from "../sources/compile-sources.ts";
import type { ConvertedSource } from "../sources/convert-sources.ts";
import { placeFinding } from "../lint/findings.ts";
import { checkGithubLock } from "./plan-github-lock.ts";
import { LOCK_FILE, type Project } from "../project.ts";
import { readText } from "../read-text.ts";

/** Where the lock that is committed, the sources and the YAML that is committed do not agree. */
export async function checkLock({ root }: Project, compiled: CompiledSources): Promise<readonly Finding[]> {
  const text = await readText(root, LOCK_FILE);
  const parsed = text === undefined ? undefined : await parseLock(text, LOCK_FILE);
  // That it is missing, or cannot be read, is said already.
  if (text === undefined || parsed?.kind !== "lock") return [];
  const { locked, converted } = compiled;
  // Of GitHub's lock that cannot be read nothing follows for the YAML.
  if (locked.errors.length > 0) return [];
  const map = await readMap(root);
  const findings: Finding[] = [];
  for (const [ref, { manifest }] of parsed.lock.actions) {
    const now = locked.lock.actions.get(ref)?.manifest;
    if (now === manifest || manifest === undefined) continue;
    const message = `the manifest of ${ref} is not the one that was locked: look at what changed, and run \`npx flowkeep gen\``;
    findings.push(await lockFinding("manifest-changed", message, text, ["actions", ref, "manifest"]));
  }
  for (const source of converted) {
    for (const { ref, scalar, path } of findUses(source.node)) {
      if (parsed.lock.actions.has(ref) || !locked.lock.actions.has(ref)) continue;
      const message = `${ref} is not in the lock: run \`npx flowkeep gen\`, and commit ${LOCK_FILE}`;
      const problem = { severity: "error", message, at: scalar, path } as const;
      findings.push(placeFinding(problem, "missing-lock-entry", source.source.file, compiled.load));
    }
    findings.push(...(await checkPins(root, source, compiled, map)));
  }
  if (locked.github !== undefined) findings.push(...(await checkGithubLock(locked.github, compiled.load)));
  return findings;
}

/** Asks the repositories whether the lock still is what it was. */
export async function verifyActions(
  { root }: Project,
  { rules = {}, actions }: Config,
  remote: RemoteActions,
  progress?: (done: number, all: number) => void,
): Promise<readonly Finding[]> {
  const text = await readText(root, LOCK_FILE);
  if (text === undefined) return [];
  const parsed = await parseLock(text, LOCK_FILE);
  if (parsed.kind !== "lock") return [];
  const problems = await verifyLock(parsed.lock, remote, progress);
  const findings = problems.map(({ code, severity, message, path }) =>
    lockFinding(code, message, text, path, severity),
  );
  const github = actions?.lock === "github" ? await verifyGithub(root, parsed.lock, remote) : [];
  return applySettings([...(await Promise.all(findings)), ...github], rules);
}

/** The same of GitHub's lock, for what it has at other commits: its nested actions, and those of workflows that people wrote. */
async function verifyGithub(root: string, { actions }: Lock, remote: RemoteActions): Promise<readonly Finding[]> {
  const text = await readText(root, GITHUB_LOCK_FILE);
  const read = text === undefined ? undefined : await parseGithubLock(text, GITHUB_LOCK_FILE);
  if (text === undefined || read?.kind !== "github-lock") return [];
  const verified = new Set([...actions].map(([ref, entry]) => `${pinOf(ref) ?? ref} ${entry.sha ?? ""}`));
  const problems = await verifyGithubLock(read.lock, remote, (pin, commit) => verified.has(`${pin} ${commit}`));
  return Promise.all(
    problems.map(({ code, severity, message, path }) =>
      lockFinding(code, message, text, path, severity, GITHUB_LOCK_FILE),
    ),
  );
}

/**
 * Pins in the YAML that are not the lock's. The YAML is never believed: it is what a bot or an attacker would change. As long as
 * nobody has, it is the source that changed, and `check` shows how.
 */
async function checkPins(
  root: string,
  { source, node }: ConvertedSource,
  { locked }: CompiledSources,
  map: SourceMap | undefined,
): Promise<readonly Finding[]> {
  const text = await readText(root, source.output);
  if (text === undefined || (map !== undefined && isAsWritten(map, source.output, text) === true)) return [];
  const read = readFile(source.output, text).node;
  if (read === undefined) return [];
  const pinned = locked.github === undefined ? pinUses(node, locked.lock) : node;
  const wanted = new Map(findUses(pinned).map((place) => [printPath(place.path), place.ref]));
  return findUses(read).flatMap((place) => {
    const ref = wanted.get(printPath(place.path));
    if (ref === undefined || ref === place.ref || nameOf(ref) !== nameOf(place.ref)) return [];
    return [wrongPin(place, ref)];
  });
}

function wrongPin({ ref, scalar }: UsesPlace, wanted: string): Finding {
  const message = `this is ${ref}, and by the lock it is ${wanted}: if a bot raised it, run \`npx flowkeep actions sync\`; else run \`npx flowkeep gen\``;
  const span = scalar.span && locate(scalar.span);
  return { ruleId: "pin-not-locked", severity: "error", message, span, related: [] };
}

function nameOf(ref: string): string {
  const uses = parseUses(ref);
  return uses.kind === "repository" ? actionName(uses).toLowerCase() : ref;
}

async function lockFinding(
  ruleId: string,
  message: string,
  text: string,
  path: Path,
  severity: Finding["severity"] = "error",
  file = LOCK_FILE,
): Promise<Finding> {
  return { ruleId, severity, message, span: await placeInJson(text, file, path), related: [] };
}
