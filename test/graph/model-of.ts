import { openCatalog } from "../../src/actions/catalog.ts";
import { analyzeFile } from "../../src/credentials/analyze-file.ts";
import { credentialLives } from "../../src/credentials/lives/credential-lives.ts";
import { buildModel, type GraphInput } from "../../src/graph/build-model.ts";
import type { GraphModel } from "../../src/graph/graph-model.ts";
import { positionAt } from "../../src/ir/span.ts";
import { readFile } from "../../src/read/read-file.ts";
import type { Finding } from "../../src/report/finding.ts";

const catalog = await openCatalog();

/** The model of YAML files: path → text. */
export function modelOf(files: Readonly<Record<string, string>>, findings: readonly Finding[] = []): GraphModel {
  const readRepositoryFile = (path: string): string | undefined => files[path];
  const inputs = Object.entries(files).flatMap(([path, text]): readonly GraphInput[] => {
    const { node } = readFile(path, text);
    if (node === undefined) return [];
    const options = { catalog, readRepositoryFile };
    return [
      {
        path,
        node,
        placesOf: ({ span }) => (span ? { yaml: { file: path, line: positionAt(span.file, span.start).line } } : {}),
        pushes: analyzeFile(path, node, options).pushes,
        lives: credentialLives(path, node, options),
        findings: findings.filter((finding) => finding.span?.file === path),
      },
    ];
  });
  return buildModel(inputs);
}

/** One of the pushes is hijacked, one job calls the other file. */
export const REFRESH = `name: Refresh
on:
  schedule: [{ cron: "0 6 * * 1" }]
  push: { branches: [main, "release/**"], paths: ["src/**"] }
jobs:
  build:
    runs-on: ubuntu-latest
    strategy: { matrix: { os: [linux, mac], node: [20, 22] } }
    steps:
      - run: make
  refresh:
    name: Refresh the map
    needs: build
    runs-on: [self-hosted, linux]
    environment: production
    steps:
      - uses: actions/checkout@v5
      - run: make map
      - name: Push
        if: always()
        env: { PAT: "\${{ secrets.CACHE_PUSH_TOKEN }}" }
        run: |
          # commit it
          git commit -am map
          git push "https://x-access-token:\${PAT}@github.com/octo/app.git" HEAD:main
  release:
    needs: [build, refresh]
    uses: ./.github/workflows/release.yml
    secrets: inherit
`;

export const RELEASE = `on: { workflow_call: }
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: git push origin HEAD:main
`;

export const FILES = { ".github/workflows/refresh.yml": REFRESH, ".github/workflows/release.yml": RELEASE };
