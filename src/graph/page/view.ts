/** What is shown: a workflow, a job in it, and what the list is narrowed to. Each view has a link of its own. */
export interface View {
  readonly workflow: string | undefined;
  readonly job: string | undefined;
  readonly query: string;
  readonly only: Only;
}

export const ONLY = ["all", "pushes", "wrong", "findings"] as const;
export type Only = (typeof ONLY)[number];

/** `#ci/build?only=wrong&q=docs` */
export function readView(hash: string): View {
  const [path = "", search = ""] = hash.replace(/^#/, "").split("?", 2);
  const [workflow, job] = path.split("/").map(decode);
  const parameters = new URLSearchParams(search);
  const only = ONLY.find((name) => name === parameters.get("only")) ?? "all";
  return { workflow: workflow || undefined, job: job || undefined, query: parameters.get("q") ?? "", only };
}

export function printView({ workflow, job, query, only }: View): string {
  const path = [workflow, job].filter((part) => part !== undefined).map(encodeURIComponent);
  const parameters = new URLSearchParams();
  if (only !== "all") parameters.set("only", only);
  if (query !== "") parameters.set("q", query);
  const search = parameters.size > 0 ? `?${parameters.toString()}` : "";
  return `#${path.join("/")}${search}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
