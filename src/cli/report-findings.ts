import { appendFileSync } from "node:fs";
import { findingJson, isAtLeast, type Finding } from "../report/finding.ts";
import { foldNotes, printFolded } from "../report/fold-notes.ts";
import { printAnnotations } from "../report/print-github.ts";
import { printSarif, rulePage } from "../report/print-sarif.ts";
import { printSummary } from "../report/print-summary.ts";
import { printFindings } from "../report/print-text.ts";
import { ALL_RULES } from "../rules/all-rules.ts";
import { printJson } from "./json.ts";
import type { Settings } from "./settings.ts";
import { VERSION } from "./version.ts";

/** What a report says beside its findings. */
export interface ReportParts {
  /** Beside `findings` in JSON. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** Where text goes: a command whose result is findings says them on standard output. */
  readonly write: Settings["io"]["out"];
  readonly paint: Settings["paint"];
  /** Many notes of one rule are taken together, in a text. */
  readonly foldsNotes?: boolean;
  /** In front of the findings in a job's summary, as Markdown. */
  readonly summary?: string;
}

/** Reports findings in the format that is wanted; in a GitHub Actions run they are in the job's summary, too. */
export function reportFindings(settings: Settings, findings: readonly Finding[], parts: ReportParts): void {
  const { format, io } = settings;
  const shown = shownFindings(settings, findings);
  switch (format) {
    case "json":
      return io.out(printJson({ findings: findings.map(findingJson), ...parts.json }));
    case "sarif":
      return io.out(printSarif(findings, ALL_RULES, VERSION));
    case "github":
      io.out(printAnnotations(shown));
      return summarize(settings, shown, parts.summary);
    case "text": {
      if (parts.foldsNotes !== true) return parts.write(printFindings(shown, parts.paint));
      const { single, folded } = foldNotes(shown);
      // What has to be done comes last, where people look.
      const isNote = ({ severity }: Finding): boolean => severity === "note";
      const sorted = [...single.filter(isNote), ...single.filter((finding) => !isNote(finding))];
      return parts.write(printFolded(folded, parts.paint) + printFindings(sorted, parts.paint));
    }
  }
}

/** What people are shown; machines get all. */
export function shownFindings({ quiet }: Settings, findings: readonly Finding[]): readonly Finding[] {
  return quiet ? findings.filter(({ severity }) => isAtLeast(severity, "warning")) : findings;
}

function summarize({ io }: Settings, findings: readonly Finding[], first = ""): void {
  const file = io.env["GITHUB_STEP_SUMMARY"];
  if (file !== undefined && file !== "") appendFileSync(file, first + printSummary(findings, rulePage));
}
