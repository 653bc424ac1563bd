import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { isGenerated } from "../../emit/header.ts";
import type { FoundSources } from "../../load/find-sources.ts";
import { pointAt } from "../../load/source-errors.ts";
import type { Finding } from "../../report/finding.ts";
import type { Project } from "../project.ts";
import { CONFIG_NAMES } from "../project.ts";
import { readText } from "../read-text.ts";

const WORKFLOWS = ".github/workflows";

/** What people may have overlooked in how a project's files lie. */
export async function layoutRemarks(
  { root, config }: Project,
  { sources, hidden }: Pick<FoundSources, "sources" | "hidden">,
): Promise<readonly Finding[]> {
  return [
    ...hidden.map((file) =>
      remark("hidden-source", file, "this is hidden by the dot before its name, so it is no source"),
    ),
    ...unreadConfigs(root, config),
    ...(await sameNames(
      root,
      sources.map(({ output }) => output),
    )),
    ...notAtRoot(root),
  ];
}

function unreadConfigs(root: string, named: string | undefined): readonly Finding[] {
  // Who names one knows of the others.
  if (named !== undefined) return [];
  const [read, ...unread] = CONFIG_NAMES.filter((name) => existsSync(join(root, name)));
  return unread.map((file) => remark("unread-config", file, `this is not read: ${read} is`));
}

/** `ci.yml`, which a source generates, beside a `ci.yaml` that it does not. */
async function sameNames(root: string, outputs: readonly string[]): Promise<readonly Finding[]> {
  const present = existsSync(join(root, WORKFLOWS)) ? readdirSync(join(root, WORKFLOWS)) : [];
  const others = outputs.map(
    (path) => [path, /\.yml$/.test(path) ? path.replace(/yml$/, "yaml") : path.replace(/yaml$/, "yml")] as const,
  );
  const found = others.filter(
    ([, other]) => !outputs.includes(other) && present.includes(other.slice(WORKFLOWS.length + 1)),
  );
  const remarks = found.map(async ([path, other]) => {
    // One that flowkeep generated before goes when it generates again.
    if (isGenerated((await readText(root, other)) ?? "")) return [];
    return [remark("same-name", other, `${path} is there, too, and GitHub runs both: remove one of them`)];
  });
  return (await Promise.all(remarks)).flat();
}

/** Told until the first workflow is written: from then on it is what somebody wanted. */
function notAtRoot(root: string): readonly Finding[] {
  if (existsSync(join(root, WORKFLOWS))) return [];
  const repository = repositoryAbove(root);
  return repository === undefined ? [] : [remark("not-at-root", WORKFLOWS, notRead(repository))];
}

/** What to say of workflows that are written below the root of a repository. */
export function notRead(repository: string): string {
  return `GitHub reads ${WORKFLOWS} at the root of a repository alone, and that is ${repository}`;
}

/** The repository that a folder lies in without being its root. */
export function repositoryAbove(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at === folder ? undefined : at;
    if (dirname(at) === at) return undefined;
  }
}

function remark(ruleId: string, file: string, message: string): Finding {
  return { ruleId, severity: "note", message, span: pointAt({ file }), related: [] };
}
