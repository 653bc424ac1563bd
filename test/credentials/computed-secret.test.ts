import { describe, expect, it } from "vitest";
import { identitiesOf, pushesOf } from "./pushes-of.ts";

describe("a secret whose name is computed", () => {
  it.each([
    ["secrets[matrix.token]", "pat BOT"],
    ["secrets[format('{0}', matrix.token)]", "pat BOT"],
    ["secrets[github.event.inputs.token]", "unknown"],
  ])("%s", (expression, expected) => {
    const pushes = pushesOf(`on: workflow_dispatch
jobs:
  job:
    strategy: { matrix: { token: [BOT] } }
    runs-on: ubuntu-latest
    steps:
      - run: |
          git clone "https://x:$T@github.com/octo/app" .
          git push
        env:
          T: \${{ ${expression} }}
`);
    expect(identitiesOf(pushes)).toEqual([expected]);
  });
});
