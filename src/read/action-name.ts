/** Whether a file is an action by its name: GitHub looks for no other in an action's folder. */
export function isActionName(path: string): boolean {
  return /(^|[\\/])action\.ya?ml$/i.test(path);
}
