// The pages of docs/rules/: what the rules say of themselves, and what they find in their fixtures.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** @returns by file name, the Markdown before it is laid out */
export async function rulePages({ rules, audit, lint, findHidden, flowkeep, fixtures, audited }) {
  const examples = rules.map(({ id }) => ({
    id,
    found: readExample(fixtures, id, "found"),
    clean: readExample(fixtures, id, "clean"),
    config: readConfig(fixtures, id),
    others: readOthers(fixtures, id),
  }));
  const findings = await lintExamples(examples, { lint, flowkeep });
  const pages = new Map([["README.md", index(rules)]]);
  for (const rule of rules) {
    const { found, clean, config, others } = examples.find(({ id }) => id === rule.id);
    const shown = [
      ...(config === undefined || config.trim() === "{}" ? [] : ["## The config", `\`\`\`json\n${config}\`\`\``]),
      ...others.flatMap((other) => [`## \`${other.path}\``, fence(other, findHidden)]),
      ...(found === undefined ? [] : ["## Found", fence(found, findHidden), list(found, findings)]),
      ...(clean === undefined ? [] : ["## Nothing to find", fence(clean, findHidden)]),
    ];
    const inventory = await auditExample(join(audited, rule.id), { audit, flowkeep });
    pages.set(`${rule.id}.md`, [...head(rule), ...shown, ...inventory, "[All rules](README.md)"].join("\n\n"));
  }
  return pages;
}

/** A workflow and an inventory, for the rules that compare them. */
async function auditExample(folder, { audit, flowkeep }) {
  if (!existsSync(folder)) return [];
  const [workflow, inventory] = ["workflow.yml", "inventory.json"].map((name) =>
    readFileSync(join(folder, name), "utf8"),
  );
  const files = { ".github/workflows/refresh.yml": workflow, "inventory.json": inventory };
  const { findings } = await inProject(files, (root) =>
    audit({ root, flowkeep, scratch: root }, { paths: [], mayRun: false, inventory: "inventory.json" }),
  );
  return [
    "## The workflow",
    `\`\`\`yaml\n${workflow}\`\`\``,
    "## Found in the inventory",
    `\`\`\`json\n${inventory}\`\`\``,
    list({ path: "inventory.json" }, findings),
  ];
}

/** Makes a project of the files, by path, for as long as it is used. */
async function inProject(files, use) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "flowkeep-rules-")));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return await use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

function readExample(fixtures, id, name) {
  for (const extension of ["yml", "ts"]) {
    const file = join(fixtures, id, `${name}.${extension}`);
    if (!existsSync(file)) continue;
    const path = extension === "ts" ? `workflows-src/${id}-${name}.ts` : `.github/workflows/${id}-${name}.yml`;
    return { path, language: extension === "ts" ? "ts" : "yaml", text: withoutMarks(readFileSync(file, "utf8")) };
  }
  return undefined;
}

/** The config of the examples' project, which then is one of their own. */
function readConfig(fixtures, id) {
  const file = join(fixtures, id, "config.json");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Workflows that the others are seen beside. */
function readOthers(fixtures, id) {
  const folder = join(fixtures, id);
  if (!existsSync(join(folder, "config.json"))) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".yml") && !/^(?:found|clean|near)\./.test(name));
  return names.map((name) => {
    const text = withoutMarks(readFileSync(join(folder, name), "utf8"));
    return { path: `.github/workflows/${id}-${name}`, language: "yaml", text };
  });
}

/** The tests read the marks, people do not. */
function withoutMarks(text) {
  return text
    .replace(/^ *(?:#|\/\/) expect-next: .*\n/gm, "")
    .replace(/ (?:#|\/\/) expect: [\w-]+(?:, [\w-]+)*$/gm, "");
}

/** Each kind in a project of its own: GitHub's parser is asked only where that is the rule. */
async function lintExamples(examples, { lint, flowkeep }) {
  const findings = [];
  const alone = examples.filter(({ id, config }) => id === "official" || config !== undefined);
  const groups = [examples.filter((example) => !alone.includes(example)), ...alone.map((example) => [example])];
  for (const group of groups) {
    const official = group.some(({ id }) => id === "official");
    const own = group.flatMap(({ found, others }) => [...(found === undefined ? [] : [found]), ...others]);
    const config = group.length === 1 ? group[0].config : undefined;
    const files = Object.fromEntries(own.map(({ path, text }) => [path, text]));
    if (config !== undefined) files["flowkeep.config.json"] = config;
    const linted = await inProject(files, (root) =>
      lint({ root, flowkeep, scratch: root }, { paths: [], mayRun: true, official }),
    );
    findings.push(...linted.findings);
  }
  return findings;
}

function head({ id, severity, summary, why, isBasic }) {
  const setting = isBasic
    ? "It cannot be switched off or ignored."
    : `In the config: \`rules: { "${id}": "off" }\`, or another severity.`;
  return [`# \`${id}\``, summary, `Severity: **${severity}**. ${setting}`, why];
}

/** Hidden characters are shown as escapes: nobody should have to take a page's word for what it shows. */
function fence({ text, language }, findHidden) {
  let shown = text;
  for (const { start, end } of [...findHidden(text)].reverse()) {
    const escaped = [...text.slice(start, end)].map((char) => `\\u{${char.codePointAt(0).toString(16).toUpperCase()}}`);
    shown = shown.slice(0, start) + escaped.join("") + shown.slice(end);
  }
  return `\`\`\`${language}\n${shown}\`\`\``;
}

function list({ path }, findings) {
  return findings
    .filter(({ span }) => span?.file === path)
    .map(
      ({ ruleId, severity, message, span }) =>
        `- Line ${span.startLine}, ${severity}: ${escape(message)} \`[${ruleId}]\``,
    )
    .join("\n");
}

/** Messages are text with code in backticks. */
function escape(message) {
  return message
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/[\\*[\]<>]/g, "\\$&")))
    .join("")
    .replaceAll("\n", " ");
}

function index(rules) {
  const rows = rules.map(({ id, severity, summary }) => `| [${id}](${id}.md) | ${severity} | ${summary} |`);
  return `# Rules

What \`flowkeep lint\` and \`flowkeep check\` look for, in sources and in YAML; \`flowkeep gen\` in sources. \`npx flowkeep explain <rule>\` prints a rule's page.

| rule | severity | finds |
| --- | --- | --- |
${rows.join("\n")}

The severity is the usual one: a rule may take a finding for less, and its page says when. The config sets another:

\`\`\`json
{
  "rules": { "unpinned-uses": "warning", "unknown-property": "off" },
  "ignores": [{ "rule": "unknown-key", "path": ".github/workflows/preview.yml", "because": "a preview of GitHub's" }]
}
\`\`\`

One finding is ignored where it stands, with a reason: on its line or on the line above.

\`\`\`yaml
# flowkeep-ignore: unknown-key our own runner understands it
timeout: 10
\`\`\`

In sources it is \`// flowkeep-ignore: rule-id reason\`, on the line of the builder call or above. Where a script, a step or a job begins on the line, all of it is meant; a comment in the script means one line of it. An ignore without a reason ignores nothing.

What was there on the first day: \`npx flowkeep lint --update-baseline\` takes it into \`generated/baseline.json\`, and only what is new is reported.
`;
}
