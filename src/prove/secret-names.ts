import type { PushVerdict } from "../credentials/verdicts.ts";
import { walk } from "../ir/walk.ts";
import type { Workflow } from "../ir/workflow.ts";
import { textsIn } from "./choose-jobs.ts";

/** The secrets that workflows name, without the job's own token. */
export function secretNames(workflows: readonly Workflow[]): ReadonlySet<string> {
  const names = workflows.flatMap(textsIn).flatMap(namesIn);
  return new Set(names.filter((name) => name.toUpperCase() !== "GITHUB_TOKEN"));
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\bsecrets(?:\.|\[')([A-Za-z_][\w-]*)/gi)].map(([, name = ""]) => name);
}

/** Inputs of actions that take a key for ssh: `ssh-key`, `ssh-private-key`, `deploy_key`, `key`. */
const KEY_INPUT = /^(?:ssh[-_]?(?:private[-_]?)?key|deploy[-_]?key|key)$/i;
/** `DEPLOY_KEY`, `SSH_PRIVATE_KEY`: a PEM file, and no token. An App's private key is nothing that git is given. */
const KEY_NAME = /(?:^|_)(?:SSH|DEPLOY|DEPLOYMENT)_?(?:\w*_)?KEY(?:_|$)|^SSH_PRIVATE/i;

/** Those that hold a key for ssh: as the analysis sees it, as an input says, or their names. */
export function sshKeyNames(workflows: readonly Workflow[], predicted: readonly PushVerdict[]): ReadonlySet<string> {
  const names = new Set([...secretNames(workflows)].filter((name) => KEY_NAME.test(name)));
  for (const { identity, alternatives, intended } of predicted)
    for (const each of [identity, ...alternatives.map((other) => other.identity), intended])
      if (each?.kind === "ssh") names.add(each.name);
  for (const workflow of workflows)
    walk(workflow, (node) => {
      if (node.kind !== "uses-step" || node.with?.kind !== "mapping") return;
      for (const { key, value } of node.with.entries)
        if (KEY_INPUT.test(key.text)) for (const name of namesIn(value.text ?? "")) names.add(name);
    });
  return names;
}
