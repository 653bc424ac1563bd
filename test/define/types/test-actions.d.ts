import type { Flag, Text } from "../../../src/index.ts";

// Bindings as `generated/actions.d.ts` has them, of versions that no project binds.
declare module "../../../src/index.ts" {
  interface Actions {
    "actions/checkout@v0": { inputs: CheckoutInputs; outputs: "ref" | "commit" };
    "octo/build@v0": { inputs: BuildInputs; outputs: "digest" | "url" };
  }
}

interface CheckoutInputs {
  token?: Text;
  "persist-credentials"?: Flag | "true" | "false" | "";
  path?: Text;
  clean?: Flag | "true" | "false";
}
interface BuildInputs {
  target: Text;
  level?: "fast" | "small" | Flag;
  push?: Flag;
}
