import { placeInJson, placeOfSyntaxError } from "../actions/place-in-json.ts";
import { findPusher } from "../consequences/consequences.ts";
import { auditInventory, type Audit, type Leftover } from "../consequences/inventory/audit.ts";
import type { Inventory } from "../consequences/inventory/inventory.ts";
import { readInventory } from "../consequences/inventory/read-inventory.ts";
import type { Config } from "../define/define-config.ts";
import { ReadError } from "../ir/errors.ts";
import { pointAt } from "../load/source-errors.ts";
import { sortFindings, type Finding } from "../report/finding.ts";
import type { ListedPush } from "../report/listed-push.ts";
import { applySettings } from "./lint/check-files.ts";
import { filesToCheck, type WhichFiles } from "./lint/files-to-check.ts";
import { listPushesIn } from "./pushes/list-pushes.ts";
import type { Project } from "./project.ts";
import { credentialFacts } from "./pushes/credential-facts.ts";
import { readText } from "./read-text.ts";

/** What a repository has and does not use, and what its pushes need and do not have. */
export interface Audited extends Audit {
  readonly lacks: readonly Lack[];
  readonly findings: readonly Finding[];
  readonly files: readonly string[];
  readonly config: Config;
}

export interface Lack {
  readonly listed: ListedPush;
  /** A sentence without a full stop. */
  readonly text: string;
}

/**
 * Compares an inventory with what the sources and the YAML of a repository use.
 *
 * @param file the inventory, from the root
 * @throws ReadError where the inventory cannot be read
 */
export async function auditProject(
  project: Project,
  { inventory: file, ...which }: WhichFiles & { readonly inventory: string },
): Promise<Audited> {
  const { text, inventory } = await openInventory(project.root, file);
  const found = await filesToCheck(project, which);
  const { configured, compiled } = found;
  // The inventory's rulesets are the newer ones.
  const rulesets = inventory.protections === undefined ? configured.config.rulesets : rulesetsIn(text);
  const config: Config = { ...configured.config, ...(rulesets !== undefined && { rulesets }) };
  const list = await listPushesIn(project, { ...found, configured: { ...configured, config } });
  const nodes = new Map(found.files.map((each) => [each.path, each.node]));
  const credentials = credentialFacts(config, compiled);
  for (const { id, secrets } of inventory.apps)
    for (const secret of secrets)
      if (id !== undefined && !credentials.has(secret)) credentials.set(secret, { kind: "app", appId: id });
  const pushes = list.pushes.flatMap(({ push }) => {
    const node = nodes.get(push.workflow) ?? nodes.get(push.span?.file ?? "");
    return node === undefined ? [] : [{ push, pusher: findPusher(push, node, credentials) }];
  });
  const audit = auditInventory(
    inventory,
    found.files.flatMap(({ node }) => node ?? []),
    pushes,
    credentials,
  );
  const place = (leftover: Leftover): Promise<Finding> => placeLeftover(leftover, text, file);
  const leftovers = applySettings(await Promise.all(audit.unused.map(place)), config.rules ?? {});
  return {
    ...audit,
    lacks: list.pushes.filter(({ isAnswered }) => !isAnswered).flatMap((listed) => lacksOf(listed, inventory)),
    findings: sortFindings([...list.findings, ...leftovers]),
    files: list.files,
    config,
  };
}

async function openInventory(root: string, file: string) {
  const text = await readText(root, file);
  if (text === undefined) throw new ReadError("there is no such file", pointAt({ file }));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ReadError(`this is no JSON: ${error.message}`, await placeOfSyntaxError(text, file, error));
  }
  const read = readInventory(value);
  if (read.kind === "read") return { text, inventory: read.inventory };
  const [first] = read.problems;
  throw new ReadError(first?.message ?? "", await placeInJson(text, file, first?.path ?? []));
}

/** They were read once: what reads a config reads them again. */
function rulesetsIn(text: string): readonly object[] {
  const { rulesets } = JSON.parse(text) as { readonly rulesets: object | readonly object[] };
  return [rulesets].flat();
}

async function placeLeftover({ kind, path, text: said }: Leftover, text: string, file: string): Promise<Finding> {
  const isActor = kind === "bypass-actor";
  const advice = isActor
    ? "take the entry off the list, if nothing else pushes as it"
    : "delete it, if nothing outside of the workflows uses it";
  return {
    ruleId: isActor ? "orphan-bypass-actor" : "orphan-secret",
    severity: "warning",
    message: `${said}: ${advice}`,
    span: await placeInJson(text, file, path),
    related: [],
  };
}

function lacksOf(listed: ListedPush, { secrets, organizationSecrets }: Inventory): readonly Lack[] {
  const { push, consequences } = listed;
  const { identity, intended, verdict, stop } = push;
  const known = new Set([...secrets, ...organizationSecrets].map(({ name }) => name.toUpperCase()));
  const texts: string[] = [];
  for (const who of [identity, intended]) {
    if (who === null || (who.kind !== "pat" && who.kind !== "ssh") || known.size === 0) continue;
    if (!known.has(who.name.toUpperCase())) texts.push(`the secret ${who.name}: the inventory has none of that name`);
  }
  if (verdict === "no-credential")
    texts.push(
      stop === undefined ? "a credential: git has nothing to send that GitHub takes" : `a way to begin: ${stop}`,
    );
  for (const { about, text, rule } of consequences.reasons) {
    if (about === "ruleset" && consequences.ruleset === "rejected" && rule !== undefined)
      texts.push(`a way past ${rule.type} of "${rule.ruleset}": ${text}`);
    if (about === "mayWrite" && consequences.mayWrite === "no") texts.push(`the right to write: ${text}`);
  }
  return [...new Set(texts)].map((text) => ({ listed, text }));
}
