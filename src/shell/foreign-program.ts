import type { Field } from "./scope.ts";
import { literalOf, type Value } from "./value.ts";

/** Languages that are recognised and not read, by the program that runs them; the option that takes a program's text. */
const LANGUAGES: Readonly<Record<string, { readonly language: string; readonly option: RegExp }>> = {
  python: { language: "Python", option: /^-[A-Za-z]*c$/ },
  python3: { language: "Python", option: /^-[A-Za-z]*c$/ },
  node: { language: "JavaScript", option: /^(?:-e|-p|-pe|--eval|--print)$/ },
  bun: { language: "JavaScript", option: /^(?:-e|--eval)$/ },
  deno: { language: "JavaScript", option: /^eval$/ },
  ruby: { language: "Ruby", option: /^-[A-Za-z]*e$/ },
  perl: { language: "Perl", option: /^-[A-Za-z]*e$/ },
  php: { language: "PHP", option: /^-r$/ },
  pwsh: { language: "PowerShell", option: /^-(?:c|command)$/i },
  powershell: { language: "PowerShell", option: /^-(?:c|command)$/i },
};

/** A program in another language that a command runs. */
export interface ForeignProgram {
  readonly language: string;
  /** Its text, where that stands in the command or is what it reads. */
  readonly text: Value | undefined;
  /** Its file. */
  readonly path: string | undefined;
}

/** `python -c "…"`, `node -e "…"`, `python - <<EOF`, `python ci/release.py`; undefined for other commands. */
export function findForeignProgram(
  [first, ...args]: readonly Field[],
  input: Value | undefined,
): ForeignProgram | undefined {
  const name =
    first === undefined
      ? undefined
      : literalOf(first.value)
          ?.replace(/^.*\//, "")
          .replace(/^python3\.\d+$/, "python3");
  const known = name === undefined || !Object.hasOwn(LANGUAGES, name) ? undefined : LANGUAGES[name];
  if (known === undefined) return undefined;
  const { language, option } = known;
  const texts = args.map(({ value }) => literalOf(value));
  const at = texts.findIndex((text) => text !== undefined && option.test(text));
  const given = at < 0 ? undefined : args[at + 1];
  if (given !== undefined) return { language, text: given.value, path: undefined };
  const path = texts.find((text) => text !== undefined && !text.startsWith("-"));
  return { language, text: path === undefined ? input : undefined, path };
}
