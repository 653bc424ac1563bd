import { identitiesOf, pushesOf } from "../pushes-of.ts";

/** Who a command pushes as, in a job that has a secret `PAT`; `with` is the checkout's. */
export function seen(
  run: string,
  files: Readonly<Record<string, string>> = {},
  { env = "", checkout = "", uses = "actions/checkout@v5" } = {},
): string {
  return identitiesOf(
    pushesOf(
      `on: push
permissions:
  contents: write
jobs:
  job:
    runs-on: ubuntu-latest
    env: { PAT: '\${{ secrets.PAT }}'${env === "" ? "" : `, ${env}`} }
    steps:
      - uses: ${uses}
${checkout}      - run: |
${run.replace(/^/gm, "          ")}
`,
      files,
    ),
  ).join();
}

export const PRIVATE = { checkout: "        with: { persist-credentials: false }\n" };

/** The same without what holds where a secret is empty. */
export function mainly(...call: Parameters<typeof seen>): string {
  return seen(...call).replace(/ \| .*/, "");
}
