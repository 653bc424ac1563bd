import { hasExpression } from "../expression-text.ts";
import { wrongRefName } from "./wrong-ref-name.ts";

/**
 * What is wrong with a step's `uses`; undefined where GitHub can look for it, or where an expression stands, which is reported
 * as such. Source: the conversion of steps in GitHub's server, which wants `{org}/{repo}[/path]@ref`.
 */
export function wrongAction(text: string): string | undefined {
  if (hasExpression(text) || text === "") return undefined;
  if (WORKFLOW_PATH.test(text)) return `\`${text}\` is a workflow: a job calls it, in its own \`uses\``;
  if (text.startsWith("docker://")) return text === "docker://" ? "an image is missing behind `docker://`" : undefined;
  if (/^(?:\.[/\\]|\$\/)/.test(text)) return undefined;
  if (/^\.{1,2}(?:$|[/\\])/.test(text) || /^\.github\//.test(text))
    return `\`${text}\`: an action of this repository is named from its root, as \`./path\``;
  const [path = "", ref, ...more] = text.split("@");
  const [owner, name] = path.split(/[/\\]/).filter((part) => part !== "");
  if (owner === undefined || name === undefined || /\s/.test(path) || owner.startsWith("-"))
    return `\`${text}\` names no action: write owner/name@ref, ./path for one of this repository, or docker://image`;
  if (ref === undefined || ref === "") return `\`${text}\` names no version: write ${path}@ref`;
  if (more.length > 0) return `\`${text}\` has more than one \`@\`: write owner/name@ref`;
  return wrongRefName(ref);
}

/**
 * What is wrong with the `uses` of a job that calls a workflow. Source: docs.github.com, "jobs.<job_id>.uses", and
 * `validateWorkflowUsesFormat` in actions/languageservices, which repeats what GitHub says of a file that is pushed.
 */
export function wrongWorkflow(text: string): string | undefined {
  // Nobody has written down whether `$/` calls a workflow.
  if (hasExpression(text) || text === "" || text.startsWith("$/")) return undefined;
  if (text.startsWith("./")) {
    if (!text.includes("@")) return wrongFile(text.slice("./".length));
    return `\`${text}\`: a workflow of this repository is called at the caller's own commit: leave out \`@…\``;
  }
  const [path = "", ref, ...more] = text.split("@");
  const [, owner, file] = /^\/*([\w.-]+\/+[\w.-]+)\/+(.*)$/.exec(path) ?? [];
  if (owner === undefined || file === undefined || owner.startsWith(".github/"))
    return `\`${text}\` names no workflow: write owner/name/.github/workflows/file.yml@ref, or ./.github/workflows/file.yml`;
  if (ref === undefined || ref === "") return `\`${text}\` names no version: write ${path}@ref`;
  if (more.length > 0) return `\`${text}\` has more than one \`@\`: write ${owner}/.github/workflows/file.yml@ref`;
  return wrongFile(file) ?? wrongRefName(ref);
}

const WORKFLOW_PATH = /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml(?:@|$)/;
/** `workflows-lab` is GitHub's own. */
const WORKFLOW_FILE = /^\.github\/workflows(?:-lab)?\/[^/]+\.ya?ml$/;

function wrongFile(path: string): string | undefined {
  if (WORKFLOW_FILE.test(path)) return undefined;
  return `\`${path}\` is no workflow: they lie in .github/workflows/, in no folder below it, and end in .yml or .yaml`;
}
