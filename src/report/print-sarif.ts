import type { Location } from "../ir/span.ts";
import type { Rule } from "../rules/define-rule.ts";
import type { Finding, Fix, RelatedPlace, Severity } from "./finding.ts";

/** What SARIF 2.1.0 has for findings: docs.oasis-open.org/sarif/sarif/v2.1.0. */
interface SarifLog {
  readonly $schema: string;
  readonly version: "2.1.0";
  readonly runs: readonly [SarifRun];
}

interface SarifRun {
  readonly tool: {
    readonly driver: {
      readonly name: string;
      readonly semanticVersion: string;
      readonly informationUri: string;
      readonly rules: readonly SarifRule[];
    };
  };
  readonly columnKind: "utf16CodeUnits";
  readonly results: readonly SarifResult[];
}

interface Text {
  readonly text: string;
}

interface SarifRule {
  readonly id: string;
  readonly shortDescription: Text;
  readonly fullDescription: Text;
  readonly help: Text & { readonly markdown: string };
  readonly helpUri: string;
  readonly defaultConfiguration: { readonly level: Severity };
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: Severity;
  readonly message: Text;
  readonly locations: readonly SarifLocation[];
  readonly relatedLocations?: readonly SarifLocation[];
  readonly fixes?: readonly SarifFix[];
}

interface SarifLocation {
  readonly id?: number;
  readonly message?: Text;
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: SarifRegion };
}

type SarifRegion = Omit<Location, "file">;

interface SarifFix {
  readonly description: Text;
  readonly artifactChanges: readonly {
    readonly artifactLocation: { readonly uri: string };
    readonly replacements: readonly { readonly deletedRegion: SarifRegion; readonly insertedContent: Text }[];
  }[];
}

const HOME = "https://github.com/flowkeep/flowkeep";

/** Where a rule's page is. */
export function rulePage(id: string): string {
  return `${HOME}/blob/main/docs/rules/${id}.md`;
}

/**
 * Findings as SARIF, as GitHub's code scanning reads it: docs.github.com, "SARIF support for code scanning".
 *
 * @param rules those that may have found them; they are listed whether or not they did
 */
export function printSarif(findings: readonly Finding[], rules: readonly Rule[], version: string): string {
  const order = new Map(rules.map(({ id }, index) => [id, index]));
  const log: SarifLog = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "flowkeep", semanticVersion: version, informationUri: HOME, rules: rules.map(ruleOf) },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => resultOf(finding, order.get(finding.ruleId) ?? -1)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function ruleOf({ id, severity, summary, why }: Rule): SarifRule {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    help: { text: why, markdown: why },
    helpUri: rulePage(id),
    defaultConfiguration: { level: severity },
  };
}

function resultOf({ ruleId, severity, message, span, related, fixes = [] }: Finding, ruleIndex: number): SarifResult {
  return {
    ruleId,
    ruleIndex,
    level: severity,
    message: { text: message },
    locations: span === undefined ? [] : [placeOf(span)],
    ...(related.length > 0 && { relatedLocations: related.map(relatedOf) }),
    ...(fixes.length > 0 && { fixes: fixes.map(fixOf) }),
  };
}

function placeOf({ file, ...region }: Location): SarifLocation {
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } };
}

function relatedOf({ span, text }: RelatedPlace, index: number): SarifLocation {
  return { id: index + 1, message: { text }, ...placeOf(span) };
}

function fixOf({ description, edits }: Fix): SarifFix {
  const files = [...new Set(edits.map(({ span }) => span.file))];
  return {
    description: { text: description },
    artifactChanges: files.map((file) => ({
      artifactLocation: { uri: uriOf(file) },
      replacements: edits
        .filter(({ span }) => span.file === file)
        .map(({ span: { file: _, ...deletedRegion }, text }) => ({ deletedRegion, insertedContent: { text } })),
    })),
  };
}

/** A path as a relative URI: a colon in its first part would begin a scheme. */
function uriOf(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}
