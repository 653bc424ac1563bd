// Writes the part of docs/cli.md that the commands themselves know.
//   node scripts/write-docs.mjs [--check]
import { build } from "esbuild";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "prettier";

const root = join(import.meta.dirname, "..");
const file = join(root, "docs/cli.md");
const BEGIN = "<!-- commands: written by scripts/write-docs.mjs -->\n";
const END = "<!-- /commands -->\n";

const before = readFileSync(file, "utf8");
const [start, end] = [before.indexOf(BEGIN) + BEGIN.length, before.indexOf(END)];
const text = `${before.slice(0, start)}\n${describe(await loadProgram())}\n${before.slice(end)}`;
const after = await format(text, { parser: "markdown", printWidth: 120 });
if (after !== before && process.argv.includes("--check")) {
  console.error("docs/cli.md is not what the commands say: run node scripts/write-docs.mjs");
  process.exitCode = 1;
} else if (after !== before) writeFileSync(file, after);

/** The commands of the sources, not of the last build. */
async function loadProgram() {
  // Inside the repository, so that the packages it imports are found.
  const folder = mkdtempSync(join(root, "node_modules/.flowkeep-docs-"));
  try {
    const outfile = join(folder, "run.mjs");
    const options = { bundle: true, format: "esm", platform: "node", packages: "external", logLevel: "error" };
    await build({ ...options, entryPoints: [join(root, "src/cli/run.ts")], outfile });
    const { makeProgram } = await import(pathToFileURL(outfile).href);
    return makeProgram({ out() {}, err() {} }, async () => {});
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function describe(program) {
  return [
    ...program.commands.flatMap((command) => section(command, "flowkeep")),
    options("Every command", program),
  ].join("\n");
}

function section(command, parent) {
  const name = `${parent} ${command.name()}`;
  if (command.commands.length > 0) return command.commands.flatMap((below) => section(below, name));
  const usage = [name, ...command.registeredArguments.map(argument)].join(" ");
  return [`## \`${usage}\`\n\n${sentence(command.description())}\n\n${table(command.options)}`];
}

function argument(argument) {
  const shown = `${argument.name()}${argument.variadic ? "..." : ""}`;
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
