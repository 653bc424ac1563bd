const ID = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** What is wrong with the id of a job or step. Source: docs.github.com, "jobs.<job_id>", and GitHub's own parser. */
export function wrongId(id: string): string | undefined {
  if (!ID.test(id)) return "an id starts with a letter or `_` and holds only letters, digits, `-` and `_`";
  if (id.startsWith("__")) return "ids that start with `__` are GitHub's own";
  if (id.length >= 100) return "an id has fewer than 100 characters";
  return undefined;
}
