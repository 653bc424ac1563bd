import { readdir } from "node:fs/promises";
import { parseSpan } from "../actions/time-span.ts";
import { isServerUrl, parseServerUrl } from "../actions/remote/server-url.ts";
import type { Config } from "../define/define-config.ts";
import { DefinitionError, type UserError } from "../ir/errors.ts";
import { nearestName } from "../ir/suggest.ts";
import type { LoadResult } from "../load/load-sources.ts";
import { pointAt } from "../load/source-errors.ts";
import { SEVERITIES } from "../report/finding.ts";
import { ALL_RULES, findRule } from "../rules/all-rules.ts";
import type { Project } from "./project.ts";
import { readText } from "./read-text.ts";

/** Where a config is looked for, in this order. */
export const CONFIG_NAMES = ["ts", "mts", "js", "mjs", "json"].map((extension) => `flowkeep.config.${extension}`);

/** The config file that was named, else the one that lies in the root, else undefined. */
export async function findConfig({ root, config }: Project): Promise<string | undefined> {
  if (config !== undefined) return config;
  const present = new Set(await readdir(root));
  return CONFIG_NAMES.find((name) => present.has(name));
}

/** Whether a config is run like a source. */
export function isScript(config: string | undefined): config is string {
  return config !== undefined && !config.endsWith(".json");
}

export interface ReadConfig {
  readonly config: Config;
  readonly errors: readonly UserError[];
}

/** A project's config: what the file exported when it ran with the sources, or what the JSON file says. */
export async function readConfig(
  root: string,
  file: string | undefined,
  { loaded, failed }: Pick<LoadResult, "loaded" | "failed">,
): Promise<ReadConfig> {
  if (file === undefined) return { config: {}, errors: [] };
  if (!isScript(file)) return readJsonConfig(root, file);
  const ran = loaded.find((source) => source.file === file);
  // Where it failed, its errors are among those of the sources.
  if (ran === undefined)
    return { config: {}, errors: failed.some((source) => source.file === file) ? [] : [missing(file)] };
  return checkConfig(ran.value, file);
}

async function readJsonConfig(root: string, file: string): Promise<ReadConfig> {
  const text = await readText(root, file);
  if (text === undefined) return { config: {}, errors: [missing(file)] };
  try {
    return checkConfig(JSON.parse(text), file);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return failed([`this is no JSON: ${error.message}`], file);
  }
}

function missing(file: string): DefinitionError {
  return new DefinitionError("there is no such config file", pointAt({ file }));
}

/** It may come from JavaScript or JSON, where nothing checked its type. */
function checkConfig(value: unknown, file: string): ReadConfig {
  if (!isObject(value)) return failed(["a config is an object: export default defineConfig({ … })"], file);
  const wrong = Object.entries(value).flatMap(([key, setting]) => {
    if (key === "$schema" || setting === undefined) return [];
    if (isSetting(key)) return SETTINGS[key](setting);
    const near = nearestName(key, Object.keys(SETTINGS));
    const hint = near === undefined ? `known: ${Object.keys(SETTINGS).join(", ")}` : `did you mean \`${near}\`?`;
    return [`there is no setting \`${key}\`; ${hint}`];
  });
  return wrong.length > 0 ? failed(wrong, file) : { config: value, errors: [] };
}

function failed(messages: readonly string[], file: string): ReadConfig {
  return { config: {}, errors: messages.map((message) => new DefinitionError(message, pointAt({ file }))) };
}

/** By setting: what is wrong with a value, in sentences. */
const SETTINGS = {
  failOn: (value) => (isOneOf(SEVERITIES, value) ? [] : [`\`failOn\` is one of ${SEVERITIES.join(", ")}`]),
  rules: checkRules,
  ignores: checkIgnores,
  actions: checkActions,
  repository: (value) =>
    typeof value === "string" && /^[\w.-]+\/[\w.-]+$/.test(value)
      ? []
      : ['`repository` is the repository\'s name on GitHub: "owner/name"'],
  defaultBranch: (value) =>
    typeof value === "string" && value !== "" ? [] : ['`defaultBranch` is the name of a branch: "main"'],
  rulesets: (value) =>
    Array.isArray(value) && value.every((one) => typeof one === "string" || isObject(one))
      ? []
      : ['`rulesets` is a list of files, or of rulesets: ["rulesets/main.json"]'],
  credentials: checkCredentials,
} as const satisfies Record<keyof Config, (value: unknown) => readonly string[]>;

function isSetting(key: string): key is keyof Config {
  return Object.hasOwn(SETTINGS, key);
}

const RULE_SETTINGS = ["off", ...SEVERITIES];

function checkRules(value: unknown): readonly string[] {
  if (!isObject(value)) return ['`rules` is an object: { rules: { "unpinned-uses": "warning" } }'];
  return Object.entries(value).flatMap(([id, setting]) => {
    const rule = findRule(id);
    if (rule === undefined) return [unknownRule(id, "rules")];
    if (!isOneOf(RULE_SETTINGS, setting)) return [`\`rules\`: \`${id}\` is one of ${RULE_SETTINGS.join(", ")}`];
    return rule.isBasic ? [`\`rules\`: \`${id}\` is always an error: nothing can be done until it is mended`] : [];
  });
}

function checkIgnores(value: unknown): readonly string[] {
  const shape = '`ignores` is a list of { rule: "rule-id", path: "file or folder", because: "reason" }';
  if (!Array.isArray(value)) return [shape];
  return value.flatMap((entry: unknown) => {
    if (!isObject(entry) || typeof entry["rule"] !== "string" || typeof entry["path"] !== "string") return [shape];
    const { rule, because } = entry;
    // One without a reason is a finding: it may stand in a JSON file.
    if (because !== undefined && typeof because !== "string") return [shape];
    return findRule(rule) === undefined ? [unknownRule(rule, "ignores")] : [];
  });
}

function checkActions(value: unknown): readonly string[] {
  if (!isObject(value)) return ['`actions` is an object: { actions: { serverUrl: "https://github.com" } }'];
  return Object.entries(value).flatMap(([key, setting]) => {
    if (key === "cooldown")
      return typeof setting === "string" && parseSpan(setting) !== undefined
        ? []
        : ['`actions`: `cooldown` is a number of hours, days or weeks: "12h", "7d", "2w"'];
    if (key === "lock")
      return setting === "sha" || setting === "github" ? [] : ['`actions`: `lock` is "sha" or "github"'];
    if (key !== "serverUrl") return [`\`actions\`: there is no setting \`${key}\`; known: lock, serverUrl, cooldown`];
    const urls: readonly unknown[] = Array.isArray(setting) ? setting : [setting];
    if (urls.length === 0) return ["`actions`: `serverUrl` names no server"];
    return urls.flatMap((url) => {
      const parsed = parseServerUrl(String(url));
      return isServerUrl(parsed) ? [] : [`\`actions\`: \`serverUrl\`: ${parsed.wrong}`];
    });
  });
}

const CREDENTIAL_KINDS = ["classic", "fine-grained", "app", "deploy-key", "ssh-key"];

function checkCredentials(value: unknown): readonly string[] {
  if (!isObject(value)) return ['`credentials` is an object, by secret: { RELEASE_PAT: { kind: "classic" } }'];
  return Object.entries(value).flatMap(([secret, facts]) => {
    const where = `\`credentials\`: \`${secret}\``;
    if (!isObject(facts) || !isOneOf(CREDENTIAL_KINDS, facts["kind"] ?? "classic"))
      return [`${where} has a \`kind\`, one of ${CREDENTIAL_KINDS.join(", ")}`];
    const { actsAs, scopes, appId, permissions } = facts;
    return [
      ...(actsAs === undefined || (isObject(actsAs) && ACTS_AS.some((key) => typeof actsAs[key] === "string"))
        ? []
        : [`${where}: \`actsAs\` is { role: "admin" }, { team: "…" } or { user: "…" }`]),
      ...(scopes === undefined || (Array.isArray(scopes) && scopes.every((scope) => typeof scope === "string"))
        ? []
        : [`${where}: \`scopes\` is a list: ["repo", "workflow"]`]),
      ...(appId === undefined || Number.isSafeInteger(appId) ? [] : [`${where}: \`appId\` is the App's number`]),
      ...(permissions === undefined || isObject(permissions)
        ? []
        : [`${where}: \`permissions\` is an object: { contents: "write" }`]),
    ];
  });
}

const ACTS_AS = ["role", "team", "user"];

function unknownRule(id: string, setting: string): string {
  const near = nearestName(
    id,
    ALL_RULES.map((rule) => rule.id),
  );
  return `\`${setting}\`: there is no rule \`${id}\`${near === undefined ? "" : `; did you mean \`${near}\`?`}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOneOf(list: readonly string[], value: unknown): boolean {
  return typeof value === "string" && list.includes(value);
}
