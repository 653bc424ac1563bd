import * as at from "../availability.ts";
import { either, flag, map, record, text, unknownName } from "./shape.ts";

const nonEmpty = { nonEmpty: true } as const;

const ANY_LEVEL = ["read", "write", "none"] as const;
/** Source: docs.github.com, "permissions", and the schema of GitHub's own parser. */
export const PERMISSION_LEVELS: Readonly<Record<string, readonly string[]>> = {
  actions: ANY_LEVEL,
  "artifact-metadata": ANY_LEVEL,
  attestations: ANY_LEVEL,
  checks: ANY_LEVEL,
  "code-quality": ANY_LEVEL,
  contents: ANY_LEVEL,
  "copilot-requests": ["write", "none"],
  deployments: ANY_LEVEL,
  discussions: ANY_LEVEL,
  drives: ANY_LEVEL,
  "id-token": ["write", "none"],
  issues: ANY_LEVEL,
  models: ["read", "none"],
  packages: ANY_LEVEL,
  pages: ANY_LEVEL,
  "pull-requests": ANY_LEVEL,
  "repository-projects": ANY_LEVEL,
  "security-events": ANY_LEVEL,
  statuses: ANY_LEVEL,
  "vulnerability-alerts": ["read", "none"],
};

/** `permissions` of a workflow or a job. */
export const permissionsShape = either("`read-all`, `write-all`, or a mapping from scope to level", {
  scalar: text(undefined, { oneOf: ["read-all", "write-all"] }),
  mapping: map((scope) => text(undefined, { oneOf: PERMISSION_LEVELS[scope] ?? ANY_LEVEL }), {
    wrongKey: (scope) =>
      Object.hasOwn(PERMISSION_LEVELS, scope)
        ? undefined
        : unknownName("no permission has this name", scope, Object.keys(PERMISSION_LEVELS)),
  }),
});

/** `defaults`; a workflow's may hold no expression. */
export const defaultsShape = (available?: at.Availability) =>
  record("defaults", {
    run: either("a mapping", {
      mapping: record("run-defaults", {
        shell: text(available, nonEmpty),
        "working-directory": text(available, nonEmpty),
      }),
      ...(available === undefined ? {} : { scalar: text(available) }),
    }),
  });

/** `concurrency`; a job's group may not be empty. */
export const concurrencyShape = (available: at.Availability, options?: { readonly nonEmpty: boolean }) =>
  either("a group's name, or a mapping", {
    scalar: text(available, options),
    mapping: record(
      "concurrency",
      {
        group: text(available, nonEmpty),
        "cancel-in-progress": flag(available),
        queue: text(available, { oneOf: ["single", "max"] }),
      },
      { required: ["group"], available },
    ),
  });
