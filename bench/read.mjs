// Times reading a folder's workflows and actions: flowkeep's reader (text → IR, with spans, comments and expressions), the `yaml`
// package (text → document, no more) and GitHub's own parser (text → its verdict).
//
//   npm run bench:read                 ../shared/data/corpus where it is there, else this repository's files, often
//   npm run bench:read -- some/folder
//   npm run bench:read -- --rounds 15
import { build } from "esbuild";
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { median } from "./measure.mjs";

const here = fileURLToPath(import.meta.url);
const root = dirname(dirname(here));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "9" },
    /** What the benchmark itself calls: a process with one reader. */
    only: { type: "string" },
    bundle: { type: "string" },
  },
});
const OWN_FILES_REPEATED = 40;
const ROUNDS_TO_WARM_UP = 2;
const files = readFiles(positionals[0]);
if (files.length === 0) {
  console.error(`there is no YAML in ${positionals[0]}: name a folder that holds some`);
  process.exit(2);
}

if (values.only === undefined) await compare();
else await serve((await readers(values.bundle)).find(({ name }) => name === values.only));

/** Each reader has a process of its own, with its own garbage and its own compiled code; they take turns. */
async function compare() {
  // Where the `yaml` package is found.
  const cache = join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, "flowkeep-bench-"));
  try {
    const bundle = join(work, "readers.mjs");
    await bundleReaders(bundle);
    const all = (await readers(bundle)).map(({ name }) => ({ name, process: start(name, bundle), rounds: [] }));
    for (let round = 0; round < ROUNDS_TO_WARM_UP + Number(values.rounds); round++) {
      for (const reader of all) {
        const took = await askFor(reader.process);
        if (round >= ROUNDS_TO_WARM_UP) reader.rounds.push(took);
      }
    }
    for (const reader of all) reader.process.disconnect();
    const idle = peakMegabytes("nothing", bundle);
    print(all.map(({ name, rounds }) => ({ name, rounds, peak: peakMegabytes(name, bundle) - idle })));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Reads all files whenever asked to; without anybody who could ask, once, and prints the process's peak memory in MB. */
async function serve(reader) {
  if (process.send === undefined) {
    if (reader !== undefined) await readAll(reader);
    console.log(process.resourceUsage().maxRSS / 1024);
    return;
  }
  process.on("message", async () => {
    const started = performance.now();
    const before = process.cpuUsage();
    await readAll(reader);
    const { user, system } = process.cpuUsage(before);
    process.send({ seconds: (performance.now() - started) / 1000, processor: (user + system) / 1e6 });
  });
}

function start(name, bundle) {
  return fork(here, ["--only", name, "--bundle", bundle, ...positionals.slice(0, 1)]);
}

async function askFor(child) {
  const over = new AbortController();
  const answer = once(child, "message");
  const end = once(child, "exit", { signal: over.signal }).then(([code]) => {
    throw new Error(`a reader has ended with ${code}`);
  });
  child.send("read");
  const [took] = await Promise.race([answer, end]).finally(() => over.abort());
  return took;
}

function print(results) {
  const megabytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 1e6;
  const base = results.find(({ name }) => name === "yaml parseDocument").rounds;
  console.log(`Node ${process.version}, ${cpus().length} cores; ${files.length} files, ${megabytes.toFixed(1)} MB;`);
  console.log(
    `median of ${values.rounds} rounds after ${ROUNDS_TO_WARM_UP} others, readers in turn, each in its own process;`,
  );
  console.log("processor: time of all its threads; memory beyond what the files and the code take\n");
  console.log(
    "| reader | seconds | MB/s | ms a file | of yaml's time | range over rounds | of yaml's processor | peak MB |",
  );
  console.log(
    "| ------ | ------: | ---: | --------: | -------------: | ----------------: | ------------------: | ------: |",
  );
  for (const { name, rounds, peak } of results) {
    const time = median(rounds.map(({ seconds }) => seconds));
    // Round by round: what else the machine does then slows both.
    const ratiosOf = (measure) =>
      rounds.map((each, round) => each[measure] / base[round][measure]).sort((a, b) => a - b);
    const ratios = ratiosOf("seconds");
    const cells = [
      time.toFixed(3),
      (megabytes / time).toFixed(1),
      ((time * 1000) / files.length).toFixed(3),
      median(ratios).toFixed(2),
      `${ratios[0].toFixed(2)}–${ratios.at(-1).toFixed(2)}`,
      median(ratiosOf("processor")).toFixed(2),
      peak.toFixed(0),
    ];
    console.log(`| ${name} | ${cells.join(" | ")} |`);
  }
}

async function readers(bundle) {
  const { readFile, parseDocument, officialErrors } = await import(pathToFileURL(bundle).href);
  return [
    { name: "flowkeep", read: ({ path, text }) => readFile(path, text) },
    { name: "yaml parseDocument", read: ({ text }) => parseDocument(text) },
    { name: "GitHub's parser", read: ({ path, text }) => officialErrors(path, text) },
  ];
}

async function readAll({ read }) {
  for (const file of files) {
    const result = read(file);
    if (result instanceof Promise) await result;
  }
}

/** Plain Node can import neither TypeScript nor GitHub's parser. */
async function bundleReaders(outfile) {
  const contents = `
    export { readFile } from "./src/read/read-file.ts";
    export { officialErrors } from "./src/read/official/run-parser.ts";
    export { parseDocument } from "yaml";
  `;
  await build({
    stdin: { contents, resolveDir: root },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    // `yaml` is CommonJS, and requires modules of Node's.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
    logLevel: "error",
  });
}

function peakMegabytes(name, bundle) {
  const folder = positionals.slice(0, 1);
  return Number(
    execFileSync(process.execPath, [here, "--only", name, "--bundle", bundle, ...folder], { encoding: "utf8" }),
  );
}

function readFiles(folder) {
  const corpus = join(root, "../shared/data/corpus");
  const own = folder === undefined && !existsSync(corpus);
  const folders = own ? [".github", "examples", "test/fixtures"].map((name) => join(root, name)) : [folder ?? corpus];
  const found = folders.flatMap((at) =>
    readdirSync(at, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.ya?ml$/.test(name) && !/(^|[\\/])node_modules[\\/]/.test(name))
      .sort()
      .map((name) => join(at, name)),
  );
  const read = found.map((path) => ({
    path,
    text: readFileSync(path, "utf8"),
  }));
  return own ? Array.from({ length: OWN_FILES_REPEATED }, () => read).flat() : read;
}
