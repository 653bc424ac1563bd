/** Tokens and keys by their form: docs.github.com, "About authentication to GitHub", token formats; a private key's first line. */
const TOKENS =
  /\b(?:gh[a-z]_\w{20,}|github_pat_\w{20,}|v1\.[0-9a-f]{40}|glpat-[\w-]{20,})|-----BEGIN [A-Z ]*PRIVATE KEY/;

/** The password of a URL that is written out in letters, and no variable. */
const PASSWORD = /(:\/\/[^\s:/@"'$]*:)[^\s:/@"'${}<>%*]+(?=@)/;

/** Whether a text holds something that only its owner should see. */
export function holdsToken(text: string): boolean {
  return TOKENS.test(text) || PASSWORD.test(text);
}

const ALL_TOKENS = new RegExp(TOKENS, "g");
const ALL_PASSWORDS = new RegExp(PASSWORD, "g");

/** A text as it may be printed: tokens that somebody wrote into a workflow are not. */
export function hideTokens(text: string): string {
  return text.replace(ALL_TOKENS, "***").replace(ALL_PASSWORDS, "$1***");
}
