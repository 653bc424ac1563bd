/** Something that is known of what GitHub does with a push. */
export interface Fact {
  /** A sentence. */
  readonly text: string;
  /**
   * Who says so: GitHub's documents and code; maintainers of the tools concerned; users, of what they saw. `disputed`: sources
   * contradict each other, and which is right has not been shown.
   */
  readonly standing: "documented" | "maintainers" | "users" | "disputed";
  /** URLs, or `owner/name:path` of the file that says so. */
  readonly sources: readonly string[];
}
