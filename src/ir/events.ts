/** What a trigger's mapping may hold. */
interface EventSyntax {
  /** Activity types; `any` where the sender chooses them. */
  readonly types?: readonly string[] | "any";
  /** Keys beside `types`. */
  readonly filters?: readonly string[];
}

/** The two events of pull requests differ in what they run with, and in nothing that a workflow writes. */
const PULL_REQUEST = {
  types: [
    "assigned",
    "unassigned",
    "labeled",
    "unlabeled",
    "opened",
    "edited",
    "closed",
    "reopened",
    "synchronize",
    "converted_to_draft",
    "locked",
    "unlocked",
    "enqueued",
    "dequeued",
    "milestoned",
    "demilestoned",
    "ready_for_review",
    "review_requested",
    "review_request_removed",
    "auto_merge_enabled",
    "auto_merge_disabled",
    "stacked",
  ],
  filters: ["branches", "branches-ignore", "paths", "paths-ignore"],
} as const satisfies EventSyntax;

/**
 * Every event that starts workflows, with its activity types and filters.
 * Source: docs.github.com, "Events that trigger workflows", and the schema of GitHub's own parser.
 */
export const EVENTS = {
  branch_protection_rule: { types: ["created", "edited", "deleted"] },
  check_run: { types: ["completed", "created", "rerequested", "requested_action"] },
  check_suite: { types: ["completed"] },
  create: {},
  delete: {},
  deployment: {},
  deployment_status: {},
  discussion: {
    types: [
      "created",
      "edited",
      "deleted",
      "transferred",
      "pinned",
      "unpinned",
      "labeled",
      "unlabeled",
      "locked",
      "unlocked",
      "category_changed",
      "answered",
      "unanswered",
    ],
  },
  discussion_comment: { types: ["created", "edited", "deleted"] },
  fork: {},
  gollum: {},
  image_version: { types: ["created", "ready", "deleted"], filters: ["names", "versions"] },
  issue_comment: { types: ["created", "edited", "deleted"] },
  issues: {
    types: [
      "opened",
      "edited",
      "deleted",
      "transferred",
      "pinned",
      "unpinned",
      "closed",
      "reopened",
      "assigned",
      "unassigned",
      "labeled",
      "unlabeled",
      "locked",
      "unlocked",
      "milestoned",
      "demilestoned",
      "field_added",
      "field_removed",
      "typed",
      "untyped",
    ],
  },
  label: { types: ["created", "edited", "deleted"] },
  merge_group: { types: ["checks_requested"], filters: ["branches", "branches-ignore"] },
  milestone: { types: ["created", "closed", "opened", "edited", "deleted"] },
  page_build: {},
  project: { types: ["created", "closed", "reopened", "edited", "deleted"] },
  project_card: { types: ["created", "moved", "converted", "edited", "deleted"] },
  project_column: { types: ["created", "updated", "moved", "deleted"] },
  public: {},
  pull_request: PULL_REQUEST,
  pull_request_comment: { types: ["created", "edited", "deleted"] },
  pull_request_review: { types: ["submitted", "edited", "dismissed"] },
  pull_request_review_comment: { types: ["created", "edited", "deleted"] },
  pull_request_target: PULL_REQUEST,
  push: { filters: ["branches", "branches-ignore", "tags", "tags-ignore", "paths", "paths-ignore"] },
  registry_package: { types: ["published", "updated"] },
  release: { types: ["published", "unpublished", "created", "edited", "deleted", "prereleased", "released"] },
  repository_dispatch: { types: "any" },
  schedule: {},
  status: {},
  watch: { types: ["started"] },
  workflow_call: { filters: ["inputs", "secrets", "outputs"] },
  workflow_dispatch: { filters: ["inputs"] },
  workflow_run: {
    types: ["requested", "completed", "in_progress"],
    filters: ["workflows", "branches", "branches-ignore"],
  },
} as const satisfies Record<string, EventSyntax>;

export type EventName = keyof typeof EVENTS;

/** The event's syntax, or undefined for a name that is no event. */
export function eventSyntax(name: string): EventSyntax | undefined {
  return Object.hasOwn(EVENTS, name) ? EVENTS[name as EventName] : undefined;
}
