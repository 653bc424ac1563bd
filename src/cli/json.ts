/** A report as JSON, as `docs/cli.md` describes it: keys that are undefined are left out. */
export function printJson(report: object): string {
  return `${JSON.stringify({ version: 1, ...report }, undefined, 2)}\n`;
}
