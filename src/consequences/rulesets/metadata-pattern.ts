/** Whether a text fulfils a metadata rule (`commit_message_pattern` and the like); undefined where that cannot be told. */
export function fulfilsPattern(parameters: Readonly<Record<string, unknown>>, text: string): boolean | undefined {
  const { operator, pattern, negate } = parameters;
  if (typeof pattern !== "string") return undefined;
  const fits = fitsOperator(operator, pattern, text);
  return fits === undefined ? undefined : fits !== (negate === true);
}

/** For sentences, behind "must" or "must not": "start with 'feature/'". */
export function describePattern({ operator, pattern }: Readonly<Record<string, unknown>>): string {
  const verb = typeof operator === "string" && Object.hasOwn(VERBS, operator) ? VERBS[operator] : undefined;
  if (typeof pattern !== "string" || verb === undefined) return "fit a pattern that the file does not tell";
  return `${verb} '${pattern}'`;
}

const VERBS: Readonly<Record<string, string>> = {
  starts_with: "start with",
  ends_with: "end with",
  contains: "contain",
  regex: "match",
};

function fitsOperator(operator: unknown, pattern: string, text: string): boolean | undefined {
  switch (operator) {
    case "starts_with":
      return text.startsWith(pattern);
    case "ends_with":
      return text.endsWith(pattern);
    case "contains":
      return text.includes(pattern);
    case "regex":
      return fitsRegex(pattern, text);
    default:
      return undefined;
  }
}

/** GitHub takes RE2's syntax; what JavaScript reads in another way is not tried. */
function fitsRegex(pattern: string, text: string): boolean | undefined {
  const [, flags = "", rest = pattern] = /^\(\?([ims]+)\)([^]*)$/.exec(pattern) ?? [];
  // Groups with flags, names and look-arounds; classes of RE2's own; \A, \z, \Q…\E. Repeated repeats could take for ever.
  if (/\(\?(?!:)|\[\[:|\\[AzZQECpP]|[+*}]\)?[+*{]/.test(rest) || rest.length > 500) return undefined;
  try {
    return new RegExp(rest, flags).test(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
