/** What is wrong with the name of a branch, a tag or a commit. Source: git-check-ref-format(1). */
export function wrongRefName(name: string): string | undefined {
  const found = /[\0-\x20\x7f~^:?*[\\]|\.\.|\/\/|@\{/.exec(name)?.[0];
  if (found !== undefined) return `\`${name}\` is no branch, tag or commit: \`${found}\` cannot stand in one`;
  if (/^[/.]|[/.]$|\/\.|\.lock(?:\/|$)/.test(name))
    return `\`${name}\` is no branch, tag or commit: no part of one begins with \`.\`, or ends in \`.\`, \`/\` or \`.lock\``;
  return undefined;
}
