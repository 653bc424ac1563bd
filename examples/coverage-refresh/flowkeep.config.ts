import { defineConfig } from "flowkeep";

export default defineConfig({
  rules: {
    // The stages beside the workflow use actions that it does not.
    "unused-action": "off",
  },
});
