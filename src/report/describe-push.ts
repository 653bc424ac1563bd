import { sameIdentity, type Identity } from "../credentials/identity.ts";
import type { Style } from "./paint.ts";
import { SEVERITIES, type Severity } from "./finding.ts";
import type { ListedPush } from "./listed-push.ts";

export interface Mark {
  readonly sign: string;
  readonly style: Style;
}

const MARKS = {
  error: { sign: "✗", style: "red" },
  warning: { sign: "!", style: "yellow" },
  note: { sign: "?", style: "cyan" },
  good: { sign: "✓", style: "green" },
} as const satisfies Record<Severity | "good", Mark>;

/** What the project has agreed to live with, by an ignore with a reason or by the rule being off. */
const KNOWN: Mark = { sign: "-", style: "dim" };

/** Whether a push is not as it was meant, and nobody is to be told. */
export function isKnown(listed: ListedPush): boolean {
  return markOf(listed) === KNOWN;
}

export function markOf(listed: ListedPush): Mark {
  const severity = severityOf(listed);
  if (severity !== undefined) return MARKS[severity];
  return isAsMeant(listed) ? MARKS.good : KNOWN;
}

/** The worst that the rules find in a push; undefined where they find nothing. */
export function severityOf({ findings }: ListedPush): Severity | undefined {
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity));
}

function isAsMeant({ push }: ListedPush): boolean {
  return push.verdict === "as-intended" || push.verdict === "undeclared";
}

/** Who it is, in few words: `GITHUB_TOKEN`, `RELEASE_PAT`, `App (mint)`. */
export function nameIdentity(identity: Identity): string {
  switch (identity.kind) {
    case "github-token":
      return "GITHUB_TOKEN";
    case "pat":
      return identity.name;
    case "app":
      return `App (${identity.name})`;
    case "ssh":
      return `SSH key ${identity.name}`;
    case "none":
      return "nobody";
    case "duplicate":
      return "two at once";
    case "unknown":
      return "unknown";
  }
}

/** The same for sentences. */
export function explainIdentity(identity: Identity): string {
  switch (identity.kind) {
    case "github-token":
      return "GITHUB_TOKEN (github-actions[bot])";
    case "pat":
      return `the owner of the token ${identity.name}`;
    case "app":
      return `the App whose token step '${identity.name}' makes`;
    case "ssh":
      return `the owner of the SSH key ${identity.name}`;
    case "none":
      return "nobody";
    case "duplicate":
      return "two credentials at once";
    case "unknown":
      return "somebody unknown";
  }
}

/** What a verdict comes to, as a sentence. */
export function sayVerdict({ identity, intended, verdict, alternatives, stop }: ListedPush["push"]): string {
  const seen = explainIdentity(identity);
  switch (verdict) {
    case "as-intended":
      return `GitHub sees ${seen}, as is meant.`;
    case "undeclared":
      return `GitHub sees ${seen}; nothing in the workflow says who is meant.`;
    case "hijacked":
    case "other-identity": {
      const meant = intended === null ? "who is meant" : explainIdentity(intended);
      return `GitHub sees ${seen}, not ${meant}, whose credential this push is given.`;
    }
    case "no-credential":
      return stop === undefined
        ? "git has no credential that GitHub takes: the push fails."
        : `The push fails: ${stop}.`;
    case "duplicate-header":
      return "git sends two credentials at once: GitHub answers 400, and the push fails.";
    case "depends": {
      const others = alternatives.map(({ when, identity: other, verdict, intended }) => {
        const meant = verdict === "hijacked" && intended !== undefined ? `, and not ${explainIdentity(intended)},` : "";
        return `${sameIdentity(other, identity) ? "the same" : explainIdentity(other)}${meant} where ${when}`;
      });
      return `GitHub sees ${seen}, or ${others.join(", or ")}.`;
    }
    case "unknown":
      return `Whom GitHub sees is unknown: ${identity.kind === "unknown" ? identity.reason : "the ways differ"}.`;
  }
}

/** Where it goes, in few words: `main`, `octo/docs gh-pages`, `gitlab.com/octo/app main`. */
export function nameTarget({ push }: ListedPush): string {
  const { target, isOwnRepository, otherHost, updates } = push;
  const [update, ...more] = updates ?? [];
  const ref = target.ref ?? nameUpdate(update);
  const others = more.length > 0 ? ` +${more.length}` : "";
  const repository = isOwnRepository ? null : target.repository;
  const where = [otherHost, repository].filter((part) => typeof part === "string").join("/");
  return `${where === "" ? "" : `${where} `}${ref}${others}`;
}

type Updates = NonNullable<ListedPush["push"]["updates"]>;

function nameUpdate(update: Updates[number] | undefined): string {
  if (update === undefined) return "…";
  if (update.isCurrent) return "(its own)";
  return update.kind === "tag" && update.name === null ? `tag ${update.shown}` : update.shown;
}
