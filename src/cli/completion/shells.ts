/** The shells that `flowkeep completion` knows. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
