import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** What is wrong with a value under a schema of `schemas/`; nothing where it fits. */
export function schemaErrors(schema: string, value: unknown): readonly string[] {
  const ajv = new Ajv2020.default({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(read(`schemas/${schema}`));
  return validate(value) ? [] : told(validate.errors);
}

/** What is wrong with SARIF, by the schema that OASIS publishes. */
export function sarifErrors(value: unknown): readonly string[] {
  // The schema says draft 4; what it uses of that is the same in draft 7, but for the name of `$id`.
  const { id: _, $schema: __, ...schema } = read("test/fixtures/sarif/sarif-2.1.0.json");
  const ajv = new Ajv.default({ allErrors: true, strict: false, validateFormats: false, unicodeRegExp: false });
  const validate = ajv.compile(schema);
  return validate(value) ? [] : told(validate.errors);
}

function read(path: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(ROOT, path), "utf8")) as Readonly<Record<string, unknown>>;
}

function told(
  errors: readonly { readonly instancePath: string; readonly message?: string }[] | null | undefined,
): readonly string[] {
  return (errors ?? []).map(({ instancePath, message = "" }) => `${instancePath} ${message}`);
}
