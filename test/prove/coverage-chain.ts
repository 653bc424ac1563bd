import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Surroundings } from "../../src/consequences/consequences.ts";
import { readProtections } from "../../src/consequences/rulesets/read-protections.ts";
import type { SeenUpdate } from "../../src/prove/server/seen-request.ts";
import { tryYaml, type Tried } from "./prove-yaml.ts";

export const STAGES = ["1-github-token", "2-pat-hijacked", "3-app-hijacked", "4-app", "5-pat"] as const;
export type Stage = (typeof STAGES)[number];

export const MAP = "tests/coverage_map.json.gz";

export interface ChainOptions {
  /** Beside the organisation's owners. */
  readonly bypass?: readonly object[];
  /** The script that the collect step runs; it leaves the map. */
  readonly collect?: string;
  /** More steps behind the stage's. */
  readonly more?: string;
  readonly programs?: string;
}

export interface ChainLink extends Tried {
  /** What pushes did to `master`, in order. */
  readonly updates: readonly SeenUpdate[];
  /** `git` in the server's repository, asked before it goes. */
  readonly answers: Readonly<Record<string, string>>;
}

/** A collect step that needs no cluster. */
export const PLAIN_COLLECT = `echo '{"covered": 2}' | gzip -n > ${MAP}\n`;

/** Behind the collecting: a hook that lets nothing be committed. */
const HOOK = `printf '#!/bin/sh\\necho the hook ran; exit 1\\n' > .git/hooks/pre-commit && chmod +x .git/hooks/pre-commit\n`;

/** Tries a stage of the story: `master` takes pull requests only, and the organisation's owners may bypass that. */
export async function tryStage(
  stage: Stage,
  { bypass = [], collect = PLAIN_COLLECT, more = "", programs }: ChainOptions = {},
): Promise<ChainLink> {
  const yaml = readFileSync(join(import.meta.dirname, `../../examples/coverage-refresh/stages/${stage}.yml`), "utf8");
  const updates: SeenUpdate[] = [];
  const answers: Record<string, string> = {};
  const tried = await tryYaml(yaml + more, {
    files: {
      ".github/scripts/submit-slurm-job.sh": `set -e\n${collect}${HOOK}`,
      [MAP]: "old",
    },
    around: around(bypass),
    ...(programs === undefined ? {} : { programs }),
    inspect: async (server) => {
      updates.push(...server.requests.flatMap((request) => request.updates));
      const origin = await server.find("MFlowCode/MFC");
      const [first] = updates;
      if (origin === undefined || first === undefined) return;
      answers["branch"] = (await origin.sha("refs/heads/master")) ?? "";
      if (first.refused !== undefined) return;
      answers["commits"] = await origin.git("rev-list", "--count", `${first.old}..${first.new}`);
      answers["files"] = await origin.git("diff", "--name-only", first.old, first.new);
      answers["author"] = await origin.git("log", "-1", "--format=%an", first.new);
    },
  });
  return { ...tried, updates, answers };
}

function around(bypass: readonly object[]): Surroundings {
  const read = readProtections({
    name: "master takes pull requests",
    target: "branch",
    enforcement: "active",
    conditions: { ref_name: { include: ["refs/heads/master"], exclude: [] } },
    bypass_actors: [{ actor_type: "OrganizationAdmin", actor_id: 1, bypass_mode: "always" }, ...bypass],
    rules: [{ type: "pull_request", parameters: { required_approving_review_count: 1 } }],
  });
  if (read.kind !== "read") throw new Error(JSON.stringify(read.problems));
  return {
    repository: "MFlowCode/MFC",
    defaultBranch: "master",
    protections: read.protections,
    credentials: new Map([
      ["CACHE_PUSH_TOKEN", { kind: "classic", actsAs: { role: "OrganizationAdmin" }, scopes: ["repo"] }],
      ["MAP_APP_KEY", { kind: "app", appId: APP, permissions: { contents: "write" } }],
    ]),
  };
}

/** The App's id, where a bypass list names it. */
export const APP = 4711;

/** Takes the commit back as it was pushed, and shows that the hook would have stopped an ordinary commit. */
export const CLEAN_UP = `      - name: Take it back
        env:
          CACHE_PUSH_TOKEN: \${{ secrets.CACHE_PUSH_TOKEN }}
        run: |
          ! git commit --allow-empty -m "the hook stops this"
          git push --force "https://x-access-token:\${CACHE_PUSH_TOKEN}@github.com/MFlowCode/MFC.git" HEAD^:master
`;
