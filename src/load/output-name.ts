/**
 * What is wrong with the name that a source gives to its output, or undefined. A name must lead to one file of
 * `.github/workflows`, be the same on every system that clones the repository, and need no quoting in a shell.
 */
export function wrongName(name: string, kind: "workflow" | "action"): string | undefined {
  const output = kind === "workflow" ? ".github/workflows" : ".github/actions";
  if (/[/\\]/.test(name) || name === "." || name === "..")
    return `the output's name is the source's, and ${JSON.stringify(name)} would leave ${output}: rename the source`;
  if (name.startsWith(".") || name.startsWith("-"))
    return `the output's name is the source's, and ${JSON.stringify(name)} begins with "${name[0]}", so GitHub or git would overlook or misread it: rename the source`;
  // Windows allows none of these, nor a dot or space at the end: learn.microsoft.com, "Naming Files, Paths, and Namespaces".
  const odd = /[<>:"|?*\p{C}]/u.exec(name)?.[0] ?? /[. ]$/.exec(name)?.[0];
  if (odd !== undefined)
    return `the output's name is the source's, and ${JSON.stringify(name)} holds ${JSON.stringify(odd)}, which not every system allows there: rename the source`;
  if (/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name))
    return `the output's name is the source's, and Windows has a device named ${name}: rename the source`;
  if (Buffer.byteLength(name) > 240)
    return `the output's name is the source's, and this one is too long: rename the source`;
  return undefined;
}
