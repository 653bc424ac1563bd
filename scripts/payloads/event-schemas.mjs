// The payload of each event that starts workflows: the webhook's, merged over the activity types that start workflows.

import { mergeSchemas } from "./merge-schemas.mjs";

/** Events whose schema is not named after the event and its activity type. */
const schemaNames = {
  deployment: ["webhook-deployment-created"],
  deployment_status: ["webhook-deployment-status-created"],
  repository_dispatch: ["webhook-repository-dispatch-sample"],
};

/** Events with the payload of another: "Events that trigger workflows" on docs.github.com. */
export const samePayload = { pull_request_target: "pull_request" };

/** Events without a webhook. `workflow_call` has the payload of its caller's event. */
export const loosePayloads = ["image_version", "pull_request_comment", "workflow_call"];

/** What every payload has or may have, as `Common`. */
export const commonProperties = ["enterprise", "installation", "organization", "repository", "sender"];

/**
 * Scheduled runs have no webhook. Their payload has the common properties, the cron line and the workflow's path:
 * https://github.blog/changelog/2022-09-27-github-actions-additional-information-available-in-github-event-payload-for-scheduled-workflow-runs/
 */
const scheduled = objectOf({ schedule: scalar("string"), workflow: scalar("string") });

/** "The webhook payload available to GitHub Actions does not include" them: docs.github.com, on `push`. */
const absentFromCommits = ["added", "modified", "removed"];

/** The schemas of all payloads by event, and that of their common properties. */
export function eventSchemas(events, webhooks) {
  const payloads = new Map();
  for (const [event, { types }] of Object.entries(events)) {
    if (event in samePayload || loosePayloads.includes(event)) continue;
    const payload = event === "schedule" ? scheduled : webhookSchema(event, types, webhooks);
    if (Array.isArray(types)) payload.properties.set("action", scalar(...types.map((type) => JSON.stringify(type))));
    payloads.set(event, payload);
  }
  const common = mergeSchemas(
    [...payloads.values()].map((payload) => pick(payload, (name) => commonProperties.includes(name))),
  );
  for (const [event, payload] of payloads)
    payloads.set(
      event,
      pick(payload, (name) => !commonProperties.includes(name)),
    );
  return { payloads, common };
}

function webhookSchema(event, types, webhooks) {
  const stem = `webhook-${event.replaceAll("_", "-")}`;
  const names = Array.isArray(types) ? types.map((type) => `${stem}-${type.replaceAll("_", "-")}`) : [stem];
  const found = (schemaNames[event] ?? names).filter((name) => webhooks.has(name)); // a type may be newer than the schemas
  if (found.length === 0) throw new Error(`no webhook schema for ${event}: looked for ${names.join(", ")}`);
  const payload = pick(mergeSchemas(found.map(webhooks.get)), () => true);
  if (event === "push") {
    const commit = pick(payload.properties.get("head_commit"), (name) => !absentFromCommits.includes(name));
    payload.properties.set("head_commit", commit).set("commits", { kind: "list", item: commit });
  }
  return payload;
}

function pick(schema, isWanted) {
  return { kind: "object", properties: new Map([...schema.properties].filter(([name]) => isWanted(name))) };
}

function scalar(...types) {
  return { kind: "leaf", types: new Set(types) };
}

function objectOf(properties) {
  return { kind: "object", properties: new Map(Object.entries(properties)) };
}
