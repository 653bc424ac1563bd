/** What keeps `push` and `pull_request` from starting: docs.github.com, "Skipping workflow runs". */
const MARKERS = ["[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]"];

/** The marker in a commit's message; undefined where there is none. */
export function findSkipMarker(message: string): string | undefined {
  const marker = MARKERS.find((marker) => message.toLowerCase().includes(marker));
  if (marker !== undefined) return marker;
  // A trailer stands at the end, after an empty line.
  const [, trailers = ""] = /\n\n((?:[\w-]+: ?.*\n?)+)\s*$/.exec(message.replaceAll("\r\n", "\n")) ?? [];
  return /^skip-checks: ?true\s*$/im.test(trailers) ? "skip-checks: true" : undefined;
}
