// Which objects of the payloads are one thing. GitHub's schemas spell a user or a repository out in dozens of slightly different
// versions; one interface for all of them keeps the file small and lets values of several events be compared.

import { mergeSchemas } from "./merge-schemas.mjs";

/**
 * An object is a `name` if it has the properties of `has` and none of `lacks`, and, if given, is the value of the property `at`.
 * The first entry that fits decides. `outside` names the variant in which an outsider chooses some of the texts.
 * Where `apart` is set, the entry only gives a name: its objects have nothing in common but a property.
 */
export const sharedInterfaces = [
  { name: "Organization", has: ["login", "hooks_url"] },
  { name: "User", has: ["login", "gists_url"], lacks: ["slug"] },
  { name: "Enterprise", has: ["slug", "website_url"], lacks: ["login"] },
  { name: "TemplateRepository", has: ["full_name"], at: "template_repository" },
  { name: "Repository", has: ["full_name"], outside: "HeadRepository" },
  { name: "RepositoryPermissions", has: ["triage", "pull"] },
  { name: "RepositoryReference", has: ["id", "name", "url"], at: "repo", outside: "HeadRepositoryReference" },
  { name: "App", has: ["slug", "external_url"] },
  { name: "AppPermissions", has: ["metadata", "deployments"] },
  { name: "ParentTeam", has: ["members_url", "privacy"], lacks: ["parent"] },
  { name: "Team", has: ["members_url", "privacy"], lacks: ["login"] },
  { name: "License", has: ["spdx_id"] },
  { name: "Reactions", has: ["+1"] },
  { name: "Label", has: ["color", "default"] },
  { name: "Milestone", has: ["closed_issues"] },
  { name: "PullRequest", has: ["review_comments_url"] },
  { name: "Discussion", has: ["answer_chosen_at"] },
  { name: "DiscussionCategory", has: ["is_answerable"] },
  { name: "DiscussionComment", has: ["child_comment_count"] },
  { name: "Issue", has: ["timeline_url"] },
  { name: "IssueComment", has: ["body", "issue_url"] },
  { name: "IssueType", has: ["is_enabled"] },
  { name: "IssueFieldValue", has: ["issue_field_id"] },
  { name: "IssueFieldChange", has: ["value_ids"] },
  { name: "IssueFieldOption", has: ["color", "id", "name"], lacks: ["node_id"] },
  { name: "PullRequestReference", has: ["head", "base", "number"] },
  { name: "PullRequestLinks", has: ["patch_url"] },
  { name: "Review", has: ["submitted_at"] },
  { name: "ReviewComment", has: ["diff_hunk"] },
  { name: "Commit", has: ["tree_id", "message"] },
  { name: "CommitIdentity", has: ["email", "name"], lacks: ["id"] },
  { name: "Workflow", has: ["badge_url"] },
  { name: "WorkflowRun", has: ["cancel_url"] },
  { name: "CheckRun", has: ["details_url", "external_id"] },
  { name: "CheckSuite", has: ["head_branch", "pull_requests", "before"] },
  { name: "Deployment", has: ["original_environment", "transient_environment"] },
  { name: "Release", has: ["tarball_url"] },
  { name: "PageBuild", has: ["pusher", "duration"] },
  { name: "BranchProtectionRule", has: ["admin_enforced", "repository_id"] },
  { name: "FeatureStatus", has: ["status"], lacks: ["id"] },
  { name: "Link", has: ["href"] },
  { name: "Change", has: ["from"], apart: true },
];

/** The entry for an object with these properties, which is the value of the property `at`. */
export function sharedInterfaceOf(properties, at) {
  return sharedInterfaces.find(
    (entry) =>
      entry.has.every((name) => properties.has(name)) &&
      !entry.lacks?.some((name) => properties.has(name)) &&
      (entry.at === undefined || entry.at === at),
  );
}

/** The shared objects below these schemas, each merged from all its occurrences, by name. */
export function collectSharedObjects(schemas) {
  const occurrences = new Map(sharedInterfaces.filter((entry) => !entry.apart).map(({ name }) => [name, []]));
  const collect = (schema, at) => {
    if (schema.kind === "list") collect(schema.item, at);
    if (schema.kind !== "object") return;
    const shared = sharedInterfaceOf(schema.properties, at);
    if (shared !== undefined && !shared.apart) occurrences.get(shared.name).push(schema);
    for (const [name, property] of schema.properties) collect(property, name);
  };
  for (const schema of schemas) collect(schema, "event");
  return new Map([...occurrences].map(([name, found]) => [name, mergeSchemas(found)]));
}
