/**
 * What a script must mention to have a say in who pushes: git and GitHub's tools, files that hold credentials, what later steps
 * read, and whatever runs another script. The others need not be walked through.
 */
const RELEVANT =
  /\bgit\b|\.git|\bgh\b|GITHUB_(?:ENV|OUTPUT)|set-output|set-env|netrc|\bssh\b|ssh-|credential|askpass|\bpush\b|release|publish|promote|mergeback|backport|branch|\b(?:cp|mv|rsync|eval|source)\b|\.(?:sh|bash)\b|(?:^|[\s;&|(])(?:\.|make|just|task)\s|(?:^|[\s;&|(])\.{0,2}\/|\b(?:npm|pnpm|yarn|bun)\b(?!\s+(?:ci|install|i)\b)|\bbash\b|\bsh\b|(?:^|[;&|(])[ \t]*["']?\$/im;

export function isRelevant(script: string): boolean {
  return RELEVANT.test(script);
}
