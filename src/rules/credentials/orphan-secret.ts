import { defineRule } from "../define-rule.ts";

/** Found where the inventory is known: it has no check of its own. */
export const orphanSecret = defineRule({
  id: "orphan-secret",
  severity: "warning",
  summary: "The inventory has a secret, a variable or an App that no workflow uses.",
  why: `\`flowkeep audit --inventory\` compares what a repository has on GitHub with what its workflows, actions and sources name. A secret that
nothing uses is a credential that can only leak; a variable or an App that nothing uses is what is left of an earlier way to push.

Delete it, if nothing outside of the workflows uses it: Dependabot, deployments, other tools. Where an expression reads all
secrets (\`toJSON(secrets)\`), or a workflow of another repository is given all of them (\`secrets: inherit\`), nothing is said.

The inventory is JSON with names only, no secret's value. This makes one:

\`\`\`sh
R=octo/app
{
  gh api --paginate "repos/$R/actions/secrets" --jq '{secrets: [.secrets[].name]}'
  gh api --paginate "repos/$R/actions/organization-secrets" --jq '{organizationSecrets: [.secrets[].name]}'
  gh api --paginate "repos/$R/actions/variables" --jq '{variables: [.variables[].name]}'
  gh api --paginate "repos/$R/rulesets" --jq '.[].id' | while read -r id; do
    gh api "repos/$R/rulesets/$id" --jq '{rulesets: [.]}'
  done
} | jq -s 'reduce (.[] | to_entries[]) as $part ({version: 1}; .[$part.key] += $part.value)' > inventory.json
\`\`\`

Add the Apps by hand, each with the secrets that hold its id and its key.`,
  messages: {},
});
