// Adds to data/action-catalog.json what the actions in it have released since:
//
//   node scripts/refresh-catalog.mjs [options] [owner/name …]
//
//   --host <url>        where the repositories are (https://github.com)
//   --catalog <file>    the packed catalogue (data/action-catalog.json)
//   --jobs <number>     how many repositories are read at once (8)
//   --minutes <number>  after that long no repository is begun (30)
//
// It asks git, never an API, and needs no credential. A repository that cannot be read is listed, and its actions stay as they
// are. Exit codes: 0, 1 where no repository could be read, 2 for wrong usage. Equal repositories give equal bytes.
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { digestInterface, inParallel, readCatalog } from "./catalog/import-actions.mjs";
import { openRepositories, Unreadable } from "./catalog/open-repositories.mjs";
import { catalogText } from "./catalog/pack-action.mjs";
import { refreshAction } from "./catalog/refresh-action.mjs";

const { host, catalog: catalogFile, jobs, minutes, only } = readOptions();
const catalog = readCatalog(await readFile(catalogFile, "utf8"));
const versions = new Map(catalog.names.map((name) => [name, catalog.find(name).versions]));
const repositories = byRepository(catalog.names.filter(isWanted));
if (repositories.length === 0) stop("the catalogue has no such action");

const remote = await openRepositories(host);
const deadline = Date.now() + minutes * 60_000;
const unread = [];
let added = 0;
await inParallel(repositories, jobs, async ([repository, names]) => {
  try {
    if (Date.now() > deadline) throw new Unreadable(`not begun: ${minutes} minutes are over`);
    for (const line of await refreshRepository(repository, names)) console.log(line);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    unread.push(repository);
    console.error(`${repository}: ${error.message}`);
  }
}).finally(() => remote.close());

// Beside it and renamed: whoever reads the catalogue meanwhile finds the old one or the new one.
const text = catalogText(versions);
await writeFile(`${catalogFile}.new`, text);
await rename(`${catalogFile}.new`, catalogFile);
console.log(`${added} new versions, ${unread.length} of ${repositories.length} repositories not read`);
process.exitCode = unread.length === repositories.length ? 1 : 0;

/** Refreshes the actions of one repository; gives what there is to say. */
async function refreshRepository(repository, names) {
  const refs = await remote.refs(repository);
  const isSame = (a, b) => digestInterface(a) === digestInterface(b);
  const said = [];
  for (const name of names) {
    const refreshed = await refreshAction(versions.get(name), refs, (sha) => remote.read(name, sha), isSame);
    versions.set(name, refreshed.versions);
    added += refreshed.added.length;
    if (refreshed.added.length > 0) said.push(`${name}: ${refreshed.added.join(", ")}`);
    said.push(...refreshed.problems.map((problem) => `${name}: ${problem}`));
  }
  return said;
}

/** `owner/name` → the actions in it. */
function byRepository(names) {
  const repositories = new Map();
  for (const name of names) {
    const repository = name.split("/", 2).join("/");
    repositories.set(repository, [...(repositories.get(repository) ?? []), name]);
  }
  return [...repositories];
}

function isWanted(name) {
  return only.length === 0 || only.some((wanted) => `${name}/`.toLowerCase().startsWith(`${wanted}/`.toLowerCase()));
}

function readOptions() {
  const options = {
    host: { type: "string", default: "https://github.com" },
    catalog: { type: "string", default: join(import.meta.dirname, "../data/action-catalog.json") },
    jobs: { type: "string", default: "8" },
    minutes: { type: "string", default: "30" },
  };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [jobs, minutes] = [Number(values.jobs), Number(values.minutes)];
    if (!Number.isInteger(jobs) || jobs < 1) stop("--jobs is a whole number from 1");
    if (!(minutes > 0)) stop("--minutes is a number above 0");
    if (!/^(?:https?|file):\/\//.test(values.host)) stop("--host is an https, http or file URL");
    return { ...values, host: values.host.replace(/\/+$/, ""), jobs, minutes, only: positionals };
  } catch (error) {
    return stop(error.message);
  }
}

function stop(message) {
  console.error(message);
  process.exit(2);
}
