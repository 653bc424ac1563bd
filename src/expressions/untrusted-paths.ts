/** `text`: an outsider writes it. `all`: so is whatever lies below. */
export type UntrustedTree = "text" | "all" | { readonly [name: string]: UntrustedTree };

/** Who commits chooses the name, the address and the message, and by the files' names what GitHub lists as changed. */
const person = { name: "text", email: "text" } as const;
const names = { "*": "text" } as const;
const commit = {
  message: "text",
  author: person,
  committer: person,
  added: names,
  modified: names,
  removed: names,
} as const;

/** A repository of somebody else. Identifiers, addresses and logins have an alphabet that can do no harm. */
const foreignRepository = {
  name: "text",
  full_name: "text",
  description: "text",
  homepage: "text",
  default_branch: "text",
  master_branch: "text",
  mirror_url: "text",
  topics: names,
} as const;

const post = { title: "text", body: "text" } as const;
const issue = { ...post, pinned_comment: { body: "text", body_html: "text", body_text: "text" } } as const;
const head = { ref: "text", label: "text", repo: foreignRepository } as const;
const pullRequests = { "*": { head } } as const;
const checkSuite = { head_branch: "text", head_commit: commit, pull_requests: pullRequests } as const;

/**
 * The parts of the contexts whose text an outsider chooses, all names in lower case, `*` for each item of a list. An
 * outsider is whoever may open an issue or a pull request, name a branch or a tag, or start a run with inputs of his own.
 * Sources: docs.github.com, "Secure use reference"; securitylab.github.com, "Untrusted input"; GitHub's webhook schemas.
 */
export const UNTRUSTED = {
  github: {
    head_ref: "text",
    ref: "text",
    ref_name: "text",
    // Ends in the ref.
    workflow_ref: "text",
    event: {
      answer: { body: "text" },
      base_ref: "text",
      branches: { "*": { name: "text" } },
      changes: {
        title: { from: "text" },
        body: { from: "text" },
        new_discussion: post,
        new_issue: issue,
        old_issue: issue,
      },
      check_run: { check_suite: checkSuite, deployment: { ref: "text" }, pull_requests: pullRequests },
      check_suite: checkSuite,
      client_payload: "all",
      // A review comment also shows the part of the pull request's diff that it is about, and the file's name.
      comment: { body: "text", diff_hunk: "text", path: "text" },
      commit: { commit },
      commits: { "*": commit },
      deployment: { ref: "text" },
      discussion: post,
      forkee: foreignRepository,
      head_commit: commit,
      inputs: "all",
      issue,
      merge_group: { head_commit: commit },
      old_answer: { body: "text" },
      pages: { "*": { page_name: "text", title: "text", summary: "text" } },
      // What an automatic merge will commit is made of the title, the body and the commits' messages.
      pull_request: { ...post, auto_merge: { commit_title: "text", commit_message: "text" }, head },
      // The name is a login; an address may hold backticks and dollar signs.
      pusher: { email: "text" },
      ref: "text",
      release: { tag_name: "text", target_commitish: "text", name: "text", body: "text" },
      review: { body: "text" },
      review_comment: { body: "text" },
      workflow_run: {
        head_branch: "text",
        display_title: "text",
        head_commit: commit,
        head_repository: foreignRepository,
        pull_requests: pullRequests,
      },
    },
  },
  inputs: "all",
  job: { workflow_ref: "text" },
} as const satisfies UntrustedTree;
