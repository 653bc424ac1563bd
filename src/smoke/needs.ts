/** What the kept part of a job still needs from what stands in front of it. */
export interface Needs {
  /** Variables of the shell and of the environment. */
  readonly variables: Set<string>;
  /** `id.output` of steps. */
  readonly outputs: Set<string>;
}

export function noNeeds(): Needs {
  return { variables: new Set(), outputs: new Set() };
}

/** Takes in what a text that is kept asks for: `$NAME`, `${{ env.NAME }}`, `${{ steps.id.outputs.name }}`. */
export function addNeeds(needs: Needs, text: string): void {
  for (const [, name = ""] of text.matchAll(/\$\{?[!#]?([A-Za-z_]\w*)/g)) needs.variables.add(name);
  for (const [, name = ""] of text.matchAll(/\benv\.([A-Za-z_]\w*)/g)) needs.variables.add(name);
  for (const [, id = "", output = ""] of text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g))
    needs.outputs.add(`${id}.${output}`);
}

/** Variables that git, ssh and gh read by themselves: nobody has to name them. */
const READ_BY_GIT = /^(?:GIT_|SSH_|GH_TOKEN$|GITHUB_TOKEN$|HOME$|XDG_CONFIG_HOME$|NETRC$|(?:https?|all|no)_proxy$)/i;

export function isNeeded(needs: Needs, variable: string): boolean {
  return needs.variables.has(variable) || READ_BY_GIT.test(variable);
}
