// Writes the part of docs/cli.md that the commands themselves know, the pages of the rules, the settings in docs/config.md, the facts
// in docs/experiments.md, and the programs in docs/programs.md.
//   node scripts/write-docs.mjs [--check]
import { build } from "esbuild";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "prettier";
import { rulePages } from "./rule-pages.mjs";

const root = join(import.meta.dirname, "..");
const CLI = "docs/cli.md";
const RULES = "docs/rules";
const BEGIN = "<!-- commands: written by scripts/write-docs.mjs -->\n";
const END = "<!-- /commands -->\n";
const CONFIG = "docs/config.md";
const SETTINGS_BEGIN = "<!-- settings: written by scripts/write-docs.mjs -->\n";
const SETTINGS_END = "<!-- /settings -->\n";
const EXPERIMENTS = "docs/experiments.md";
const FACTS_BEGIN = "<!-- facts: written by scripts/write-docs.mjs -->\n";
const FACTS_END = "<!-- /facts -->\n";
const PROGRAMS = "docs/programs.md";
const PROGRAMS_BEGIN = "<!-- programs: written by scripts/write-docs.mjs -->\n";
const PROGRAMS_END = "<!-- /programs -->\n";

const STANDINGS = {
  documented: "GitHub",
  maintainers: "maintainers",
  users: "users, of what they saw",
  disputed: "disputed",
};

const isCheck = process.argv.includes("--check");
// Inside the repository, so that the packages that it imports are found.
const folder = mkdtempSync(join(root, "node_modules/.flowkeep-docs-"));
try {
  const sources = await buildSources(folder);
  const before = readFileSync(join(root, CLI), "utf8");
  const [start, end] = [before.indexOf(BEGIN) + BEGIN.length, before.indexOf(END)];
  const program = sources.makeProgram({ out() {}, err() {} }, async () => {});
  await put(
    CLI,
    `${before.slice(0, start)}\n${describe(program, sources.examplesOf)}\n${before.slice(end)}`,
    "what the commands say",
  );

  const facts = readFileSync(join(root, EXPERIMENTS), "utf8");
  const [factsStart, factsEnd] = [facts.indexOf(FACTS_BEGIN) + FACTS_BEGIN.length, facts.indexOf(FACTS_END)];
  await put(
    EXPERIMENTS,
    `${facts.slice(0, factsStart)}\n${describeFacts(sources.FACTS)}\n${facts.slice(factsEnd)}`,
    "what the judgements rest on",
  );

  const programs = readFileSync(join(root, PROGRAMS), "utf8");
  const [programsStart, programsEnd] = [
    programs.indexOf(PROGRAMS_BEGIN) + PROGRAMS_BEGIN.length,
    programs.indexOf(PROGRAMS_END),
  ];
  const known = sources.KNOWN_TOOLS.map(({ commands, pushes, source }) => `| ${commands} | ${pushes} | ${source} |\n`);
  await put(
    PROGRAMS,
    `${programs.slice(0, programsStart)}\n| program | pushes | as told by |\n| --- | --- | --- |\n${known.join("")}\n${programs.slice(programsEnd)}`,
    "what is known of programs",
  );

  const config = readFileSync(join(root, CONFIG), "utf8");
  const [configStart, configEnd] = [
    config.indexOf(SETTINGS_BEGIN) + SETTINGS_BEGIN.length,
    config.indexOf(SETTINGS_END),
  ];
  const schema = JSON.parse(readFileSync(join(root, "schemas/config.schema.json"), "utf8"));
  const settings = describeSettings(schema, schema).map(
    ([path, takes, says]) => `| \`${path}\` | ${takes} | ${says} |\n`,
  );
  await put(
    CONFIG,
    `${config.slice(0, configStart)}\n| setting | takes | |\n| --- | --- | --- |\n${settings.join("")}\n${config.slice(configEnd)}`,
    "what the schema says",
  );

  const { ALL_RULES: rules, audit, lint, findHidden, flowkeep } = sources;
  const folders = { fixtures: join(root, "test/fixtures/rules"), audited: join(root, "test/fixtures/audit") };
  const pages = await rulePages({ rules, audit, lint, findHidden, flowkeep, ...folders });
  for (const [name, text] of pages) await put(`${RULES}/${name}`, text, "what the rules say");
  for (const name of existsSync(join(root, RULES)) ? readdirSync(join(root, RULES)) : []) {
    if (pages.has(name)) continue;
    if (isCheck) complain(`${RULES}/${name} is no rule's page`);
    else rmSync(join(root, RULES, name));
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** Writes a page, or says that it is not what it should be. */
async function put(path, text, what) {
  const file = join(root, path);
  // The lines of a rule's example are told below it, so they stay as they are.
  const embeddedLanguageFormatting = path.startsWith(RULES) ? "off" : "auto";
  const after = await format(text, { parser: "markdown", printWidth: 120, embeddedLanguageFormatting });
  if (existsSync(file) && readFileSync(file, "utf8") === after) return;
  if (isCheck) return complain(`${path} is not ${what}`);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, after);
}

function complain(sentence) {
  console.error(`${sentence}: run node scripts/write-docs.mjs`);
  process.exitCode = 1;
}

/** The commands and rules of the sources, not of the last build. */
async function buildSources(outdir) {
  const exported = [
    'export { makeProgram } from "./cli/program.ts";',
    'export { examplesOf } from "./cli/command-help.ts";',
    'export { audit, lint } from "./pipeline.ts";',
    'export { KNOWN_TOOLS } from "./credentials/tools/known-tools.ts";',
    'export { FACTS } from "./consequences/facts/facts.ts";',
    'export { ALL_RULES } from "./rules/all-rules.ts";',
    'export { findHidden } from "./rules/syntax/hidden-characters.ts";',
  ];
  // What is no dependency is bundled: plain Node cannot import GitHub's parser.
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const external = Object.keys(dependencies);
  const options = { bundle: true, format: "esm", platform: "node", external, logLevel: "error" };
  const stdin = { contents: exported.join("\n"), resolveDir: join(root, "src"), loader: "ts" };
  await build({ ...options, stdin, outfile: join(outdir, "sources.mjs") });
  await build({ ...options, entryPoints: [join(root, "src/index.ts")], outfile: join(outdir, "flowkeep.mjs") });
  const flowkeep = pathToFileURL(join(outdir, "flowkeep.mjs"));
  return { ...(await import(pathToFileURL(join(outdir, "sources.mjs")).href)), flowkeep };
}

/** The settings of a schema and of what lies in them: path, what it takes, what it says. `*` is any name, `[]` each of a list. */
function describeSettings(schema, top, above = "") {
  return Object.entries(schema.properties ?? {}).flatMap(([name, given]) => {
    const path = above + name;
    if (name === "$schema") return [];
    const setting = resolveSchema(given, top);
    const row = [path, takesOf(setting, top), (given.description ?? setting.description ?? "").replaceAll("|", "\\|")];
    const below = [
      ...describeSettings(setting, top, `${path}.`),
      ...describeSettings(resolveSchema(setting.items ?? {}, top), top, `${path}[].`),
      ...(typeof setting.additionalProperties === "object"
        ? describeSettings(resolveSchema(setting.additionalProperties, top), top, `${path}.*.`)
        : []),
    ];
    return [row, ...below];
  });
}

function resolveSchema(schema, top) {
  const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? "")?.[1];
  return name === undefined ? schema : top.$defs[name];
}

function takesOf(schema, top) {
  const { enum: words, anyOf, oneOf, const: only, type, items } = resolveSchema(schema, top);
  const all = anyOf ?? oneOf;
  if (all !== undefined) return [...new Set(all.map((one) => takesOf(one, top)))].join(" or ");
  if (words !== undefined) return words.map((word) => `\`${JSON.stringify(word)}\``).join(", ");
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if (type === "array") return `a list${items === undefined ? "" : ` of ${takesOf(items, top)}`}`;
  const names = {
    string: "text",
    integer: "a number",
    number: "a number",
    boolean: "true or false",
    object: "an object",
  };
  return [type ?? []]
    .flat()
    .map((one) => names[one] ?? one)
    .join(" or ");
}

function describeFacts(facts) {
  const rows = Object.entries(facts).map(([id, { text, standing, sources }]) => {
    const links = sources.map((source) => (/^https?:/.test(source) ? `<${source}>` : `\`${source}\``)).join(", ");
    return `| ${id} | ${text.replaceAll("|", "\\|")} | ${STANDINGS[standing]} | ${links} |`;
  });
  return `| fact | | who says so | sources |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`;
}

function describe(program, examplesOf) {
  return [
    ...program.commands.flatMap((command) => section(command, [], examplesOf)),
    options("Every command", program),
  ].join("\n");
}

function section(command, above, examplesOf) {
  const path = [...above, command.name()];
  if (command.commands.length > 0) return command.commands.flatMap((below) => section(below, path, examplesOf));
  const usage = ["flowkeep", ...path, ...command.registeredArguments.map(argument)].join(" ");
  const examples = examplesOf(path.join(" ")).map(([call, does]) => `${call} # ${does}\n`);
  const parts = [`## \`${usage}\``, sentence(command.description()), table(command.options)];
  return [[...parts, `\`\`\`sh\n${examples.join("")}\`\`\`\n`].join("\n\n")];
}

function argument(argument) {
  const shown = `${argument.argChoices?.join("|") ?? argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${shown}>` : `[${shown}]`;
}

function options(title, command) {
  return `## ${title}\n\n${table(command.options)}`;
}

function table(options) {
  if (options.length === 0) return "";
  const rows = options.map(({ flags, description, argChoices }) => {
    const choices = argChoices === undefined ? "" : `: ${argChoices.map((choice) => `\`${choice}\``).join(", ")}`;
    return `| \`${flags}\` | ${description}${choices} |`;
  });
  return `| option | |\n| --- | --- |\n${rows.join("\n")}\n`;
}

function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
