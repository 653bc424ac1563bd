/**
 * Adds npm scripts to the text of a package.json and leaves all else as it is: indentation, order, line ends. Scripts that exist
 * keep what they say. Undefined where the text is no JSON object.
 */
export function addScripts(text: string, scripts: Readonly<Record<string, string>>): string | undefined {
  const before = parseObject(text);
  if (before === undefined) return undefined;
  const present = before["scripts"];
  if (present !== undefined && !isObject(present)) return undefined;
  const missing = Object.entries(scripts).filter(([name]) => present === undefined || !Object.hasOwn(present, name));
  if (missing.length === 0) return text;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? "  ";
  if (present === undefined) {
    const lines = missing.map(([name, script]) => `${indent}${indent}${entry(name, script)}`);
    const block = `${indent}"scripts": {${newline}${lines.join(`,${newline}`)}${newline}${indent}}`;
    return insertLast(text, [], block, newline);
  }
  const lines = missing.map(([name, script]) => `${indent}${indent}${entry(name, script)}`);
  return insertLast(text, ["scripts"], lines.join(`,${newline}`), newline, indent);
}

function entry(name: string, script: string): string {
  return `${JSON.stringify(name)}: ${JSON.stringify(script)}`;
}

/** Puts entries behind the last one of the object at a path. */
function insertLast(text: string, path: readonly string[], entries: string, newline: string, outer = ""): string {
  const { open, close } = findObject(text, path);
  const inside = text.slice(open + 1, close);
  const kept = inside.trimEnd();
  const comma = kept.trim() === "" ? "" : ",";
  return `${text.slice(0, open + 1)}${kept}${comma}${newline}${entries}${newline}${outer}${text.slice(close)}`;
}

/** Where the braces of an object stand. The text is known to be JSON that holds it. */
function findObject(text: string, path: readonly string[]): { readonly open: number; readonly close: number } {
  const keys: string[] = [];
  const opened: { readonly at: number; readonly isWanted: boolean }[] = [];
  let lastString = "";
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g)) {
    if (token.startsWith('"')) lastString = JSON.parse(token) as string;
    else if (token === ":") keys[opened.length - 1] = lastString;
    else if (token === "{" || token === "[") {
      const isWanted =
        token === "{" && opened.length === path.length && path.every((part, depth) => keys[depth] === part);
      opened.push({ at: index, isWanted });
    } else if (token === "}" || token === "]") {
      const object = opened.pop();
      if (object?.isWanted) return { open: object.at, close: index };
    }
  }
  throw new Error(`no object at ${path.join(".")}`);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
