import type { CheckoutEffect, Submodule } from "./effects.ts";
import type { By } from "./evidence.ts";
import { isInTree, withFile, withoutTree, type Files } from "./files.ts";
import { readConfigFile } from "./git/config-file.ts";
import type { Entry } from "./git/config-entries.ts";
import { RUNNER_TEMP } from "./paths.ts";
import type { Text } from "./text.ts";

const INCLUDED_FILE = /\/git-credentials-[^/]*\.config$/;

/**
 * What `actions/checkout` leaves: the repository with its origin, and the credential where its version keeps it.
 * Source: src/git-source-provider.ts, src/git-auth-helper.ts, src/git-directory-helper.ts; experiments A, F, G, J.
 */
export function applyCheckout(before: Files, effect: CheckoutEffect): Files {
  const { directory, layout } = effect;
  const gitDir = `${directory}/.git`;
  const url = originUrl(effect);
  const kept = keptEntries(before, effect, url);
  let files = prepareDirectory(before, effect, kept !== undefined);
  let entries: readonly Entry<By>[] = kept ?? [
    { key: { section: "remote", subsection: "origin", name: "url" }, value: url, by: originBy(effect) },
  ];
  entries = [...clearPersisted(entries, effect), ...partialEntries(effect)];
  if (layout.clearsIncluded) {
    for (const { key, value } of entries) if (isIncluded(key, value)) files = withoutTree(files, value);
    entries = entries.filter(({ key, value }) => !isIncluded(key, value));
  }
  const credential = credentialEntries(effect);
  if (effect.persists && layout.place === "included") {
    const path = `${RUNNER_TEMP}/git-credentials-${effect.id}.config`;
    files = withFile(files, path, { kind: "config", entries: credential.header });
    const dirs = [gitDir, ...(layout.coversWorktrees ? [`${gitDir}/worktrees/*`] : [])];
    entries = [...entries, ...dirs.map((dir) => includeEntry(dir, path, effect.by)), ...credential.ssh];
    files = addSubmodules(files, directory, gitDir, effect.submodules, effect.by, (module) => [
      includeEntry(module, path, effect.by),
      ...credential.ssh,
    ]);
  } else {
    const own = effect.persists && layout.place === "local" ? [...credential.header, ...credential.ssh] : [];
    entries = [...entries, ...own];
    files = addSubmodules(files, directory, gitDir, effect.submodules, effect.by, () => own);
  }
  if (effect.sshKey !== undefined && effect.persists)
    files = withFile(files, sshKeyFile(effect), { kind: "text", text: effect.sshKey, by: effect.by });
  files = withFile(files, `${gitDir}/config`, { kind: "config", entries });
  const head = effect.ref === undefined ? "" : `ref: refs/heads/${effect.ref}`;
  return withFile(files, `${gitDir}/HEAD`, { kind: "text", text: head, by: effect.by });
}

/** Each submodule has a configuration of its own below the outer repository's. */
export function addSubmodules(
  before: Files,
  top: Text,
  gitDir: Text,
  submodules: readonly Submodule[],
  by: By,
  entriesFor: (module: Text) => readonly Entry<By>[],
): Files {
  let files = before;
  for (const { name, path, url } of submodules) {
    const module = `${gitDir}/modules/${name}`;
    // `git submodule update` leaves one alone that a checkout has set up.
    if (files.has(`${module}/config`) && entriesFor(module).length === 0) continue;
    const origin: Entry<By> = { key: { section: "remote", subsection: "origin", name: "url" }, value: url, by };
    files = withFile(files, `${module}/config`, { kind: "config", entries: [origin, ...entriesFor(module)] });
    if (path !== undefined)
      files = withFile(files, `${top}/${path}/.git`, { kind: "text", text: `gitdir: ${module}`, by });
  }
  return files;
}

function originUrl({ server, repository, sshKey }: CheckoutEffect): Text {
  if (sshKey === undefined) return `${server}/${repository}`;
  return `git@${server.replace(/^\w+:\/\//, "")}:${repository}.git`;
}

function originBy({ by, layout }: CheckoutEffect): By {
  const { span, checkout } = by.hop;
  return {
    hop: {
      span,
      text: `${layout.name} sets the remote origin`,
      checkout: checkout && { step: checkout.step, gives: "remote" },
    },
    giver: "checkout",
  };
}

/** The configuration of a repository that is there already, if it is the wanted one; else the directory is emptied. */
function keptEntries(files: Files, { directory }: CheckoutEffect, url: Text): readonly Entry<By>[] | undefined {
  const path = `${directory}/.git/config`;
  const file = readConfigFile(files.get(path));
  if (!files.has(path) || file.kind === "unknown") return undefined;
  const origin = file.entries.findLast(
    ({ key }) => key.section === "remote" && key.subsection === "origin" && key.name === "url",
  );
  return origin?.value === url ? file.entries : undefined;
}

/** What `git fetch --filter` writes: objects that are missing come from this remote when they are read. git-config(1). */
function partialEntries(effect: CheckoutEffect): readonly Entry<By>[] {
  const { filter } = effect;
  if (filter === undefined) return [];
  const key = { section: "remote", subsection: "origin" };
  const by = originBy(effect);
  return [
    { key: { ...key, name: "promisor" }, value: "true", by },
    { key: { ...key, name: "partialclonefilter" }, value: filter, by },
  ];
}

function prepareDirectory(files: Files, { directory, cleans }: CheckoutEffect, isKept: boolean): Files {
  if (!isKept) return withoutTree(files, directory);
  if (!cleans) return files;
  // `git clean -ffdx` takes away whatever is not the repository's, other repositories too.
  const left = [...files].filter(([path]) => !isInTree(path, directory) || isInTree(path, `${directory}/.git`));
  return left.length === files.size ? files : new Map(left);
}

function clearPersisted(entries: readonly Entry<By>[], { server, layout }: CheckoutEffect): readonly Entry<By>[] {
  if (layout.place === "none") return entries;
  return entries.filter(({ key }) => {
    const isHeader = key.section === "http" && key.subsection === `${server}/` && key.name === "extraheader";
    return !isHeader && !(key.section === "core" && key.name === "sshcommand");
  });
}

function isIncluded({ section }: Entry["key"], value: Text): boolean {
  return section === "includeif" && INCLUDED_FILE.test(value);
}

function includeEntry(gitDir: Text, path: Text, by: By): Entry<By> {
  return { key: { section: "includeif", subsection: `gitdir:${gitDir}`, name: "path" }, value: path, by };
}

function sshKeyFile({ id }: CheckoutEffect): Text {
  return `${RUNNER_TEMP}/${id}-key`;
}

function credentialEntries(effect: CheckoutEffect): {
  readonly header: readonly Entry<By>[];
  readonly ssh: readonly Entry<By>[];
} {
  const { by, server, authorization, sshKey } = effect;
  const header: Entry<By> = {
    key: { section: "http", subsection: `${server}/`, name: "extraheader" },
    value: authorization,
    by,
  };
  if (sshKey === undefined) return { header: [header], ssh: [] };
  const command = `ssh -i ${sshKeyFile(effect)} -o StrictHostKeyChecking=yes -o CheckHostIP=no`;
  const ssh: Entry<By> = { key: { section: "core", subsection: undefined, name: "sshcommand" }, value: command, by };
  return { header: [header], ssh: [ssh] };
}
