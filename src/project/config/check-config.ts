import { parseSpan } from "../../actions/time-span.ts";
import { isServerUrl, parseServerUrl } from "../../actions/remote/server-url.ts";
import type { Config } from "../../define/define-config.ts";
import type { Path } from "../../ir/origin.ts";
import { nearestName } from "../../ir/suggest.ts";
import { SEVERITIES } from "../../report/finding.ts";
import { ALL_RULES, findRule } from "../../rules/all-rules.ts";
import { checkPushActions } from "../actions/check-push-actions.ts";

/** What is wrong with a config, and where in it. */
export interface ConfigProblem {
  readonly path: Path;
  readonly message: string;
}

/** A config's text may come from JavaScript or JSON, where nothing checked its type. */
export function checkConfig(value: unknown): readonly ConfigProblem[] {
  if (!isObject(value)) return [{ path: [], message: "a config is an object: export default defineConfig({ … })" }];
  return Object.entries(value).flatMap(([key, setting]) => {
    if (key === "$schema" || setting === undefined) return [];
    if (isSetting(key))
      return SETTINGS[key](setting).map((wrong) =>
        typeof wrong === "string"
          ? { path: [key], message: wrong }
          : { path: [key, ...wrong.path], message: wrong.message },
      );
    const near = nearestName(key, Object.keys(SETTINGS));
    const hint = near === undefined ? `known: ${Object.keys(SETTINGS).join(", ")}` : `did you mean \`${near}\`?`;
    return [{ path: [key], message: `there is no setting \`${key}\`; ${hint}` }];
  });
}

/** Whether a value that came from outside is a config. */
export function isConfig(value: unknown): value is Config {
  return checkConfig(value).length === 0;
}

/** A sentence about the whole setting, or about a place in it. */
type Wrong = string | ConfigProblem;

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
  pushActions: checkPushActions,
} as const satisfies Record<keyof Config, (value: unknown) => readonly Wrong[]>;

function isSetting(key: string): key is keyof Config {
  return Object.hasOwn(SETTINGS, key);
}

const RULE_SETTINGS = ["off", ...SEVERITIES];

function checkRules(value: unknown): readonly Wrong[] {
  if (!isObject(value)) return ['`rules` is an object: { rules: { "unpinned-uses": "warning" } }'];
  return Object.entries(value).flatMap(([id, setting]) => {
    const rule = findRule(id);
    if (rule === undefined) return [{ path: [id], message: unknownRule(id, "rules") }];
    if (!isOneOf(RULE_SETTINGS, setting))
      return [{ path: [id], message: `\`rules\`: \`${id}\` is one of ${RULE_SETTINGS.join(", ")}` }];
    return rule.isBasic
      ? [{ path: [id], message: `\`rules\`: \`${id}\` is always an error: nothing can be done until it is mended` }]
      : [];
  });
}

function checkIgnores(value: unknown): readonly Wrong[] {
  const shape = '`ignores` is a list of { rule: "rule-id", path: "file or folder", because: "reason" }';
  if (!Array.isArray(value)) return [shape];
  return value.flatMap((entry: unknown, at): readonly Wrong[] => {
    const misshapen = [{ path: [at], message: shape }];
    if (!isObject(entry) || typeof entry["rule"] !== "string" || typeof entry["path"] !== "string") return misshapen;
    const { rule, because } = entry;
    // One without a reason is a finding: it may stand in a JSON file.
    if (because !== undefined && typeof because !== "string") return misshapen;
    return findRule(rule) === undefined ? [{ path: [at, "rule"], message: unknownRule(rule, "ignores") }] : [];
  });
}

function checkActions(value: unknown): readonly Wrong[] {
  if (!isObject(value)) return ['`actions` is an object: { actions: { serverUrl: "https://github.com" } }'];
  return Object.entries(value).flatMap(([key, setting]) =>
    wrongActionsSetting(key, setting).map((message) => ({ path: [key], message })),
  );
}

function wrongActionsSetting(key: string, setting: unknown): readonly string[] {
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
}

const CREDENTIAL_KINDS = ["classic", "fine-grained", "app", "deploy-key", "ssh-key"];

function checkCredentials(value: unknown): readonly Wrong[] {
  if (!isObject(value)) return ['`credentials` is an object, by secret: { RELEASE_PAT: { kind: "classic" } }'];
  return Object.entries(value).flatMap(([secret, facts]) =>
    wrongCredential(facts).map(([key, wrong]) => ({
      path: key === "" ? [secret] : [secret, key],
      message: `\`credentials\`: \`${secret}\`${wrong}`,
    })),
  );
}

function wrongCredential(facts: unknown): readonly (readonly [key: string, wrong: string])[] {
  const kinds = CREDENTIAL_KINDS.map((kind) => `"${kind}"`).join(", ");
  if (!isObject(facts)) return [["", ` is an object with a \`kind\`, one of ${kinds}`]];
  if (!isOneOf(CREDENTIAL_KINDS, facts["kind"] ?? "classic"))
    return [
      ["kind", ` is of no such \`kind\`: known are ${kinds}; a personal access token is "classic" or "fine-grained"`],
    ];
  const { actsAs, scopes, appId, permissions } = facts;
  const actors = isObject(actsAs) ? Object.entries(actsAs) : [];
  const isActing =
    actors.length === 1 && actors.every(([key, who]) => ACTS_AS.includes(key) && typeof who === "string");
  const isList = Array.isArray(scopes) && scopes.every((scope) => typeof scope === "string");
  return [
    ...Object.keys(facts).flatMap((key) => (CREDENTIAL_KEYS.includes(key) ? [] : [[key, unknownKey(key)] as const])),
    ...(actsAs === undefined || isActing
      ? []
      : [["actsAs", ': `actsAs` is { role: "admin" }, { team: "…" } or { user: "…" }'] as const]),
    ...(scopes === undefined || isList ? [] : [["scopes", ': `scopes` is a list: ["repo", "workflow"]'] as const]),
    ...(appId === undefined || Number.isSafeInteger(appId)
      ? []
      : [["appId", ": `appId` is the App's number"] as const]),
    ...(permissions === undefined || isObject(permissions)
      ? []
      : [["permissions", ': `permissions` is an object: { contents: "write" }'] as const]),
  ];
}

const ACTS_AS = ["role", "team", "user"];

const CREDENTIAL_KEYS = ["kind", "actsAs", "scopes", "appId", "permissions"];

function unknownKey(key: string): string {
  const near = nearestName(key, CREDENTIAL_KEYS);
  const hint = near === undefined ? `known: ${CREDENTIAL_KEYS.join(", ")}` : `did you mean \`${near}\`?`;
  return `: there is no setting \`${key}\`; ${hint}`;
}

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
