// Source: docs.github.com, "Naming your secrets"; what `on.workflow_call.secrets` declares may have hyphens as well.
const SECRET_NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Tokens and keys by their form: docs.github.com, "About authentication to GitHub", token formats; a private key's first line. */
const TOKEN = /\b(?:gh[a-z]_\w{20,}|github_pat_\w{20,}|eyJ[\w-]{10,}\.[\w-]{10,})|-----BEGIN [A-Z ]*PRIVATE KEY/;

/** Why no secret can have a name, in a sentence that does not repeat what may be a token; undefined where one can. */
export function wrongSecretName(name: string): string | undefined {
  if (typeof name === "string" && TOKEN.test(name))
    return (
      "this is a token, and not the name of a secret: revoke it on GitHub, as it stands in a file now; store a new one " +
      "as a secret of the repository, and write that secret's name here"
    );
  if (typeof name !== "string" || !SECRET_NAME.test(name))
    return `${JSON.stringify(name)} is no secret's name: letters, digits, _ and - only, starting with a letter or _`;
  if (/^GITHUB_/i.test(name) && !isGithubToken(name))
    return `${name} is no secret's name: GitHub reserves names that start with GITHUB_`;
  return undefined;
}

/** Names of secrets do not differ by case. */
export function isGithubToken(name: string): boolean {
  return typeof name === "string" && name.toUpperCase() === "GITHUB_TOKEN";
}
