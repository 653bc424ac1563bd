import { isWholeExpression } from "../../ir/expression-text.ts";
import { DefinitionError } from "../../ir/errors.ts";
import { mistake } from "../mistakes.ts";
import { untrustedPathsIn } from "../scripts/untrusted-text.ts";

/** How tightly an expression binds: what binds looser than its surroundings needs parentheses. */
export const BINDING = { or: 0, and: 1, equality: 2, comparison: 3, not: 4, atom: 5 } as const;
export type Binding = (typeof BINDING)[keyof typeof BINDING];

/** What stands behind every expression that a definition holds. */
export interface ExpressionData {
  /** GitHub's syntax, without `${{ }}`. */
  readonly source: string;
  readonly binding: Binding;
  /** For `` format`…` ``: the text with its placeholders, which reads better than a call of `format`. */
  readonly interpolated?: string | undefined;
  readonly credential?: CredentialData | undefined;
}

/** What a `push` needs to know of a credential. */
export type CredentialData =
  | { readonly kind: "github-token" }
  | { readonly kind: "pat"; readonly secret: string; readonly options: object }
  | { readonly kind: "app" }
  | { readonly kind: "deploy-key"; readonly secret: string };

// Symbol.for: two copies of this module in one process still know each other's values.
const EXPRESSION = Symbol.for("flowkeep.expression");

/** The expression behind a value, or undefined where it is none. */
export function expressionData(value: unknown): ExpressionData | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  const data: unknown = Reflect.get(value, EXPRESSION);
  return data === undefined ? undefined : (data as ExpressionData);
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/**
 * A value that stands for an expression. Properties lead deeper (`github.event.issue`), a template string gets `${{ … }}`,
 * or an error where an outsider chooses the text.
 */
export function expressionValue<T>(data: ExpressionData): T {
  const target = { [EXPRESSION]: data };
  return new Proxy(target, {
    get(_, key) {
      if (key === EXPRESSION) return data;
      if (key === Symbol.toPrimitive) return (hint: string) => (hint === "number" ? Number.NaN : interpolate(data));
      if (key === "toString" || key === "toJSON" || key === "valueOf") return () => interpolate(data);
      // `await` and `Promise.resolve` ask for `then`.
      if (typeof key === "symbol" || key === "then") return undefined;
      return expressionValue({ source: deeper(data, key), binding: BINDING.atom });
    },
    has: (_, key) => key === EXPRESSION,
    set(_, key) {
      const message = `an expression cannot be changed: \`${data.source}.${String(key)}\` exists only when the workflow runs`;
      return mistake(new DefinitionError(message), () => true);
    },
    ownKeys: () => [],
    getOwnPropertyDescriptor: () => undefined,
  }) as T;
}

function deeper(data: ExpressionData, key: string): string {
  const source = data.binding === BINDING.atom ? data.source : `(${data.source})`;
  if (/^\d+$/.test(key)) return `${source}[${key}]`;
  return key === "*" || IDENTIFIER.test(key) ? `${source}.${key}` : `${source}[${quote(key)}]`;
}

/** `${{ source }}`, or the text of a `` format`…` ``. Throws where an outsider chooses the text. */
function interpolate(data: ExpressionData): string {
  const [path] = untrustedPathsIn(data.source);
  if (path === undefined) return writtenOut(data);
  const message =
    `\`${path}\` is text that an outsider chooses: in a plain string it could become part of a script. ` +
    "In a script write sh`…${value}…`, which passes it as an environment variable; elsewhere write format`…${value}…`";
  return mistake(new DefinitionError(message), () => writtenOut(data));
}

/** An expression as the value of a key: `${{ … }}`, or the text of a `` format`…` ``. */
export function writtenOut(data: ExpressionData): string {
  return data.interpolated ?? `\${{ ${data.source} }}`;
}

/** GitHub's single-quoted string. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A value as an operand or argument. */
export function operandSource(value: unknown, around: Binding): string {
  const data = expressionData(value);
  if (data !== undefined) return data.binding >= around ? data.source : `(${data.source})`;
  switch (typeof value) {
    case "string": {
      if (!value.includes("${{")) return quote(value);
      if (isWholeExpression(value) && value.indexOf("${{", 1) === -1) {
        return `(${value.trim().slice("${{".length, -"}}".length).trim()})`;
      }
      return noOperand(`${JSON.stringify(value)} mixes text and \${{ }} where one value is wanted: write format\`…\``);
    }
    case "number":
      if (Number.isFinite(value)) return String(value);
      return noOperand(`${value} is no number that an expression can hold`);
    case "boolean":
      return String(value);
    default:
      if (value === null) return "null";
      if (value === undefined) return noOperand("an expression cannot hold undefined");
      return noOperand(`an expression cannot hold ${typeof value === "object" ? "an object" : `a ${typeof value}`}`);
  }
}

function noOperand(message: string): string {
  return mistake(new DefinitionError(message), () => "null");
}
