// Packs the catalogue of actions into data/action-catalog.json, the form that ships with the package:
//
//   node scripts/pack-catalog.mjs [action-catalog.json] [--check]
//
// The source is checked against catalog.schema.json beside it. With --check nothing is written, and the exit code says
// whether the packed file is what the source gives. The packed file is JSON with one action a line, sorted by name, so
// that a reader finds one action without parsing the others, and a diff shows which actions changed. It is lossless:
// src/actions/packed-action.ts turns a line back into the source's entry.
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import { catalogText } from "./catalog/pack-action.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "data", "action-catalog.json");
const arguments_ = process.argv.slice(2);
const checkOnly = arguments_.includes("--check");
const source =
  arguments_.find((argument) => !argument.startsWith("--")) ?? join(root, "../shared/data/action-catalog.json");

const catalog = JSON.parse(await readFile(source, "utf8"));
const schema = JSON.parse(await readFile(join(dirname(source), "catalog.schema.json"), "utf8"));
const ajv = new Ajv2020.default({ allErrors: true, strictTypes: false, allowUnionTypes: true });
const validate = ajv.compile(schema);
const problems = validate(catalog)
  ? findProblems(catalog)
  : validate.errors.map((e) => `${e.instancePath} ${e.message}`);
if (problems.length > 0) {
  console.error(`${source} is no catalogue:\n${problems.slice(0, 20).join("\n")}`);
  process.exit(2);
}

const actions = Object.entries(catalog).map(([name, { versions }]) => [name, versions.map(asRead)]);
const text = catalogText(actions);
if (checkOnly) {
  const current = await readFile(target, "utf8").catch(() => "");
  if (current !== text) {
    console.error(`${target} is not what ${source} gives: run node scripts/pack-catalog.mjs`);
    process.exit(1);
  }
} else {
  await writeFile(target, text);
  console.log(`${target}: ${actions.length} actions, ${text.length} bytes`);
}

/** What the schema cannot say. */
function findProblems(actions) {
  const seen = new Map();
  return Object.entries(actions).flatMap(([name, action]) => {
    const twin = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), name);
    return [
      ...(twin === undefined ? [] : [`${name} and ${twin} are one action to GitHub`]),
      ...(name === [action.repo, action.path].filter(Boolean).join("/") ? [] : [`${name} is not its repo and path`]),
    ];
  });
}

/** A version of the source as src/actions reads manifests; the source's `kind` follows from the default. */
function asRead({ major, tag, branch, sha, majorRef, using, inputs, outputs, nested, image }) {
  const read = Object.entries(inputs).map(([name, { required, default: value, deprecated }]) => [
    name,
    { required, default: value, deprecated: deprecated || undefined },
  ]);
  return { major, tag, branch, sha, majorRef, interface: { using, inputs: new Map(read), outputs, nested, image } };
}
