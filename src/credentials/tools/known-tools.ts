import { BUILD_TOOLS } from "./build-tools.ts";
import { GIT_TOOLS } from "./git-tools.ts";
import { PAGES_TOOLS } from "./pages-tools.ts";
import { RELEASE_TOOLS } from "./release-tools.ts";
import { SEMANTIC_RELEASE_TOOLS } from "./semantic-release.ts";
import type { KnownTool } from "./tool.ts";

/** Programs that push by themselves. */
export const KNOWN_TOOLS: readonly KnownTool[] = [
  ...SEMANTIC_RELEASE_TOOLS,
  ...RELEASE_TOOLS,
  ...BUILD_TOOLS,
  ...PAGES_TOOLS,
  ...GIT_TOOLS,
];

const byName = new Map(KNOWN_TOOLS.flatMap((tool) => tool.names.map((name) => [name, tool] as const)));

export function knownTool(name: string): KnownTool | undefined {
  return byName.get(name);
}

// The hint is sought first: it is quick to miss.
const HINT = new RegExp(KNOWN_TOOLS.map(({ hint }) => hint).join("|"));
const MENTION = new RegExp(KNOWN_TOOLS.map(({ mention }) => `(?:${mention})`).join("|"), "m");

/** Whether a text may start one of them. */
export function mentionsKnownTool(text: string): boolean {
  return HINT.test(text) && MENTION.test(text);
}
