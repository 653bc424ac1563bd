const KINDS = ["classic", "fine-grained"];
const ACTORS = ["role", "team", "user"];

/** What is wrong with what `pat` was told of a token; the types say the same, but sources may be JavaScript. */
export function wrongPatOptions(options: unknown): string | undefined {
  if (typeof options !== "object" || options === null) return "pat() takes what is known of the token as an object";
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const wanted = PAT_OPTIONS[key];
    if (wanted === undefined)
      return `pat: \`${key}\` is not an option; known are ${Object.keys(PAT_OPTIONS).join(", ")}`;
    if (!wanted.fits(value)) return `pat: \`${key}\` is ${wanted.what}`;
  }
  return undefined;
}

const PAT_OPTIONS: Readonly<Record<string, { readonly what: string; readonly fits: (value: unknown) => boolean }>> = {
  kind: { what: '"classic" or "fine-grained"', fits: (value) => KINDS.includes(String(value)) },
  actsAs: {
    what: "one of { role }, { team } and { user }, with a text",
    fits: (value) => {
      const [entry, ...others] = typeof value === "object" && value !== null ? Object.entries(value) : [];
      return entry !== undefined && others.length === 0 && ACTORS.includes(entry[0]) && typeof entry[1] === "string";
    },
  },
  scopes: {
    what: 'a list of texts, such as ["repo", "workflow"]',
    fits: (value) => Array.isArray(value) && value.every((scope) => typeof scope === "string"),
  },
};
