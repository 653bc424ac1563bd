import type { RepositoryIds } from "../lock.ts";
import { inParallel } from "./in-parallel.ts";
import type { RemoteLimits } from "./git.ts";

/** GitHub's API, and who asks it. */
export interface GithubApi {
  /** Without a slash at the end: `https://api.github.com`. */
  readonly url: string;
  readonly token: string;
}

export interface FoundIds {
  /** By `owner/name` in lower case. */
  readonly ids: ReadonlyMap<string, RepositoryIds>;
  /** Why there are none, as sentences. */
  readonly notes: readonly string[];
}

/** Asks GitHub's API for the numbers of some repositories and their owners: git's protocol does not know them. */
export async function readRepositoryIds(
  names: readonly string[],
  api: GithubApi,
  limits: Pick<RemoteLimits, "timeout" | "parallel" | "mostFile">,
): Promise<FoundIds> {
  const answers = await inParallel(names, limits.parallel, async (name) => ({
    name,
    found: await ask(name, api, limits),
  }));
  return {
    ids: new Map(answers.flatMap(({ name, found }) => (typeof found === "string" ? [] : [[name, found] as const]))),
    notes: answers.flatMap(({ name, found }) =>
      typeof found === "string" ? [`GitHub's numbers of ${name} are not known: ${found}`] : [],
    ),
  };
}

async function ask(
  name: string,
  { url, token }: GithubApi,
  { timeout, mostFile }: Pick<RemoteLimits, "timeout" | "mostFile">,
): Promise<RepositoryIds | string> {
  const path = name.split("/").map(encodeURIComponent).join("/");
  try {
    const response = await fetch(`${url}/repos/${path}`, {
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "user-agent": "flowkeep",
        "x-github-api-version": "2022-11-28",
      },
      // A repository that was renamed: GitHub runs nothing of it under the old name.
      redirect: "manual",
      signal: AbortSignal.timeout(timeout),
    });
    if (response.status >= 300 && response.status < 400) return "it has another name now";
    if (!response.ok) return `the API answers ${response.status}`;
    return readIds(JSON.parse(await readBounded(response, mostFile)));
  } catch (error) {
    if (error instanceof SyntaxError) return "the API's answer is no JSON";
    if (error instanceof Error) return `${new URL(url).host} gave no answer (${nameOf(error)})`;
    throw error;
  }
}

/** What the system calls it; the message of `fetch` says no more than that it failed. */
function nameOf({ name, cause }: Error): string {
  return isObject(cause) && typeof cause["code"] === "string" ? cause["code"] : name;
}

function readIds(answer: unknown): RepositoryIds | string {
  if (isObject(answer) && isObject(answer["owner"])) {
    const [owner_id, repo_id] = [answer["owner"]["id"], answer["id"]];
    if (isId(owner_id) && isId(repo_id)) return { owner_id, repo_id };
  }
  return "the API's answer has no numbers";
}

/** An answer is a few kilobytes; one without an end is no answer. */
async function readBounded(response: Response, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    if (size > most) throw new RangeError("too large");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
}

function isId(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
