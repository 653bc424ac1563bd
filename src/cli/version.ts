declare const FLOWKEEP_VERSION: string | undefined;

/** The build puts it in: reading package.json would take a file access at every start. */
export const VERSION = typeof FLOWKEEP_VERSION === "string" ? FLOWKEEP_VERSION : "0.0.0-source";
