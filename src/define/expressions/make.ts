import { DefinitionError } from "../../ir/errors.ts";
import type { BuilderCall } from "../../ir/origin.ts";
import { captureCall } from "../call-site.ts";
import { definitionError } from "../definition-error.ts";
import { wrongPatOptions } from "../wrong-pat-options.ts";
import {
  BINDING,
  expressionData,
  expressionValue,
  operandSource,
  quote,
  writtenOut,
  type Binding,
  type CredentialData,
} from "./expression-value.ts";
import { mistake } from "../mistakes.ts";
import { isGithubToken, wrongSecretName } from "./secret-name.ts";
import {
  commentOn,
  definitionOf,
  handleOf,
  withComment,
  type Definition,
  unwrap,
  type Options,
  type PlacedComment,
  type StepDefinition,
} from "../model.ts";

// What the typed builders do when they run. Each returns what its caller's types promise, so the result's type is the caller's.
// Sources may be JavaScript, and hand over anything.

// ── Expressions ─────────────────────────────────────────────────────────────────────────────────────────────

const PATH = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*$/;

/** An expression in GitHub's syntax, with or without `${{ }}`. */
export function makeExpr<T>(source: string): T {
  if (typeof source !== "string")
    return wrong(new DefinitionError(`expr() takes GitHub's syntax as a text, not ${kindOf(source)}`));
  const inner = source
    .trim()
    .replace(/^\$\{\{([\s\S]*)\}\}$/, "$1")
    .trim();
  if (inner === "")
    return wrong(new DefinitionError("expr() needs an expression: expr(\"github.ref == 'refs/heads/main'\")"));
  return expressionValue<T>({ source: inner, binding: PATH.test(inner) ? BINDING.atom : BINDING.or });
}

/** Stands where a mistake has been told: nobody looks at what it says. */
function wrong<T>(error: DefinitionError): T {
  return mistake(error, () => expressionValue<T>({ source: "null", binding: BINDING.atom }));
}

/** A context: `github`, `matrix`, `inputs`. */
export function makeContext<T>(name: string): T {
  return expressionValue<T>({ source: name, binding: BINDING.atom });
}

const BINDS: Readonly<Record<string, Binding>> = {
  "||": BINDING.or,
  "&&": BINDING.and,
  "==": BINDING.equality,
  "!=": BINDING.equality,
  "<": BINDING.comparison,
  "<=": BINDING.comparison,
  ">": BINDING.comparison,
  ">=": BINDING.comparison,
};

export function makeOperator<T>(operator: string, operands: readonly unknown[]): T {
  const binding = BINDS[operator] ?? BINDING.or;
  const associates = operator === "&&" || operator === "||";
  if (operands.length === 0) return wrong(new DefinitionError(`\`${operator}\` needs operands`));
  if (operands.length === 1)
    return expressionValue<T>({ source: operandSource(operands[0], BINDING.atom), binding: BINDING.atom });
  // `a == b == c` is allowed by GitHub but misread by people: comparisons inside comparisons get parentheses.
  const around = associates ? binding : ((binding + 1) as Binding);
  return expressionValue<T>({
    source: operands.map((operand) => operandSource(operand, around)).join(` ${operator} `),
    binding,
  });
}

export function makeNot<T>(operand: unknown): T {
  return expressionValue<T>({ source: `!${operandSource(operand, BINDING.not)}`, binding: BINDING.not });
}

export function makeCall<T>(name: string, args: readonly unknown[]): T {
  const source = `${name}(${args.map((argument) => operandSource(argument, BINDING.or)).join(", ")})`;
  return expressionValue<T>({ source, binding: BINDING.atom });
}

/** `format("a {0}", x)`, or the tag `` format`a ${x}` ``. */
export function makeFormat<T>(text: string | TemplateStringsArray, parts: readonly unknown[]): T {
  if (typeof text !== "string" && !isTag(text))
    return wrong(new DefinitionError(`format() takes a text first, not ${kindOf(text)}`));
  if (typeof text === "string") return makeCall<T>("format", [text, ...parts]);
  const pattern = text
    .map((literal, at) => literal.replaceAll("{", "{{").replaceAll("}", "}}") + (at < parts.length ? `{${at}}` : ""))
    .join("");
  const source = `format(${[quote(pattern), ...parts.map((part) => operandSource(part, BINDING.or))].join(", ")})`;
  const interpolated = text.map((literal, at) => literal + (at < parts.length ? inText(parts[at]) : "")).join("");
  return expressionValue<T>({ source, binding: BINDING.atom, interpolated });
}

function inText(part: unknown): string {
  const data = expressionData(part);
  return data === undefined ? String(part) : writtenOut(data);
}

// ── Scripts, comments ───────────────────────────────────────────────────────────────────────────────────────

export function makeScript<T>(literals: TemplateStringsArray, values: readonly unknown[]): T {
  if (!isTag(literals)) {
    const message = "sh is a tag: write sh`echo hi`, without parentheses; `run` takes a plain text as it is";
    return mistake(new DefinitionError(message), () => handleOf<T>({ is: "script", literals: [""], values: [] }));
  }
  return handleOf<T>({ is: "script", literals: [...literals], values });
}

export function makeUnsafeScript<T>(text: string, options: { readonly because: string }): T {
  const script = (): T => handleOf<T>({ is: "script", unsafe: String(text), because: options?.because ?? "" });
  if (typeof text !== "string")
    return mistake(new DefinitionError(`unsafeScript() takes a text first, not ${kindOf(text)}`), script);
  return typeof options?.because !== "string" || options.because.trim() === ""
    ? mistake(new DefinitionError('unsafeScript needs a reason: { because: "…" }'), script)
    : script();
}

export function makeComment<T>(place: PlacedComment["place"], text: string, node: T): T {
  if (typeof text !== "string") {
    const name = place === "above" ? "comment" : `comment.${place}`;
    return mistake(
      new DefinitionError(`${name}() takes the comment first, as a text, not ${kindOf(text)}`),
      () => node,
    );
  }
  return withComment({ place, text }, node);
}

/** Whether a function was called as a tag: `` sh`…` ``. */
function isTag(literals: unknown): literals is TemplateStringsArray {
  return Array.isArray(literals) && literals.every((literal) => typeof literal === "string");
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? "a list" : `a ${typeof value}`.replace(/^a (?=object)/, "an ");
}

// ── Credentials ─────────────────────────────────────────────────────────────────────────────────────────────

function secretPath(name: string): string {
  const message = wrongSecretName(name);
  // What is refused goes no further: it may be a token.
  return message === undefined ? `secrets.${name}` : mistake(new DefinitionError(message), () => "secrets.REFUSED");
}

function credential<T>(source: string, data: CredentialData): T {
  return expressionValue<T>({ source, binding: BINDING.atom, credential: data });
}

export function makePat<T>(secret: string, options: object = {}): T {
  if (isGithubToken(secret)) return notItself("pat", () => makePat("REFUSED"));
  const pat = (known: object): T => credential<T>(secretPath(secret), { kind: "pat", secret, options: known });
  const message = wrongPatOptions(options);
  return message === undefined ? pat(options) : mistake(new DefinitionError(message), () => pat({}));
}

export function makeDeployKey<T>(secret: string): T {
  if (isGithubToken(secret)) return notItself("deployKey", () => makeDeployKey("REFUSED"));
  return credential<T>(secretPath(secret), { kind: "deploy-key", secret });
}

function notItself<T>(builder: string, instead: () => T): T {
  const message = `GITHUB_TOKEN is the job's own token, and no secret that somebody stored: write githubToken() instead of ${builder}()`;
  return mistake(new DefinitionError(message), instead);
}

export function makeGithubToken<T>(): T {
  return credential<T>("github.token", { kind: "github-token" });
}

export function makeAppToken<T>(mintedBy: { readonly outputs: { readonly token: unknown } }): T {
  const token = expressionData(mintedBy?.outputs?.token);
  if (token === undefined)
    return wrong(new DefinitionError("appToken() takes the step that mints the token: appToken(mint)"));
  return credential<T>(token.source, { kind: "app" });
}

export function makeSecret<T>(name: string): T {
  return expressionValue<T>({ source: secretPath(name), binding: BINDING.atom });
}

// ── Steps ───────────────────────────────────────────────────────────────────────────────────────────────────

export function makeUntyped<T>(ref: string): T {
  if (typeof ref !== "string") {
    const message = `untyped() takes an action as a text, "owner/name@ref", not ${kindOf(ref)}`;
    return mistake(new DefinitionError(message), () => handleOf<T>({ is: "untyped", ref: "./" }));
  }
  return handleOf<T>({ is: "untyped", ref });
}

export function makeUses<T>(ref: unknown, options: object = {}): T {
  const call = captureCall("uses", makeUses);
  const isAction = typeof unwrap(ref) === "string" || ["untyped", "action"].includes(definitionOf(ref)?.is ?? "");
  const handle = (uses: unknown): T =>
    stepHandle<T>({ is: "step", builder: "uses", uses, options: plainOptions(options, call), call });
  const message = 'uses() takes an action: "owner/name@ref", "./path", untyped(…), or an action({…})';
  return isAction ? handle(ref) : mistake(definitionError(message, call), () => handle("./"));
}

export function makeRun<T>(options: object): T {
  const call = captureCall("run", makeRun);
  return stepHandle<T>({ is: "step", builder: "run", options: plainOptions(options, call), call });
}

export function makePush<T>(options: object): T {
  const call = captureCall("push", makePush);
  return stepHandle<T>({ is: "step", builder: "push", options: plainOptions(options, call), call });
}

function stepHandle<T>(definition: StepDefinition): T {
  const { options, call, builder } = definition;
  const declared =
    builder === "push" ? ["pushed", "sha"] : Array.isArray(options.outputs) ? options.outputs : undefined;
  const path = (what: string): string => {
    const id = commentOn(options.id)?.node ?? options.id;
    if (typeof id === "string") return `steps.${id}.${what}`;
    const message = `this step has no id, so \`${what}\` cannot be named: write ${builder}({ id: "…" }) there`;
    return mistake(definitionError(message, call), () => "null");
  };
  return handleOf<T>(definition, {
    get outputs(): unknown {
      return new Proxy(
        {},
        {
          get(_, name) {
            if (typeof name === "symbol" || name === "then") return undefined;
            if (declared !== undefined && !declared.includes(name)) {
              const message = `this step has no output \`${name}\`; it has ${declared.join(", ") || "none"}`;
              return wrong(definitionError(message, call));
            }
            return expressionValue({ source: path(`outputs.${name}`), binding: BINDING.atom });
          },
        },
      );
    },
    get outcome(): unknown {
      return expressionValue({ source: path("outcome"), binding: BINDING.atom });
    },
    get conclusion(): unknown {
      return expressionValue({ source: path("conclusion"), binding: BINDING.atom });
    },
  });
}

// ── Jobs, workflows, actions ────────────────────────────────────────────────────────────────────────────────

let jobsMade = 0;

/** Finds the markers that stand for job ids in expressions. */
export const JOB_MARKER = /needs\.(flowkeep_job_\d+_)(?![A-Za-z0-9_-])/g;

export function makeJob<T>(options: object): T {
  const call = captureCall("job", makeJob);
  // Not seen in any output: the workflow that holds the job puts its id there.
  const marker = `flowkeep_job_${++jobsMade}_`;
  const definition: Definition = { is: "job", options: plainOptions(options, call), marker, call };
  return handleOf<T>(definition, {
    outputs: expressionValue({ source: `needs.${marker}.outputs`, binding: BINDING.atom }),
    result: expressionValue({ source: `needs.${marker}.result`, binding: BINDING.atom }),
  });
}

export function makeWorkflow<T>(options: object): T {
  const call = captureCall("workflow", makeWorkflow);
  return handleOf<T>({ is: "workflow", options: plainOptions(options, call), call });
}

export function makeAction<T>(options: object): T {
  const call = captureCall("action", makeAction);
  return handleOf<T>({ is: "action", options: plainOptions(options, call), call });
}

function plainOptions(options: unknown, call: BuilderCall): Options {
  if (
    typeof options !== "object" ||
    options === null ||
    Array.isArray(options) ||
    definitionOf(options) !== undefined
  ) {
    // A workflow without jobs would be said to be one.
    const message = `${call.builder}() takes an object: ${call.builder}({ … })`;
    return mistake(definitionError(message, call), () => (call.builder === "workflow" ? { jobs: {} } : {}));
  }
  return options as Options;
}
