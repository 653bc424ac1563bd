/** What `graph` draws besides its page. */
export const PICTURES = ["mermaid", "svg"] as const;
export const FORMATS = ["text", "json", "sarif", "github", ...PICTURES] as const;
export type Format = (typeof FORMATS)[number];
