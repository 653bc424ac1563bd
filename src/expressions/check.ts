import { nearestName } from "../ir/suggest.ts";
import type { Comparison, ContextAccess, Expression, FunctionCall, IndexAccess, Range } from "./ast.ts";
import { propertyName } from "./ast.ts";
import type { AvailableNames } from "./available-names.ts";
import { describeArity, listNames, readAvailability } from "./available-names.ts";
import { canBeEqual } from "./can-equal.ts";
import { checkArguments } from "./check-arguments.ts";
import { explainMissing } from "./explain-missing.ts";
import { explainUnequal } from "./explain-unequal.ts";
import { FUNCTIONS } from "./function-names.ts";
import { print, printLiteral } from "./print.ts";
import type { ExpressionProblem, ProblemCode } from "./problem.ts";
import { elementType, filterType, narrowTo, propertyType } from "./read-type.ts";
import type { Scope } from "./scope.ts";
import type { Type } from "./types.ts";
import { ANY, BOOLEAN, describeType, NULL, union, wordInText } from "./types.ts";

export interface CheckOptions {
  /**
   * The contexts and functions that this place offers, by name; a function may have its count of arguments with it, as in
   * GitHub's schema: `hashFiles(1,255)`. Without it every name is available.
   */
  readonly availability?: readonly string[];
  /** The value becomes part of a text, where an object or a list is of no use. */
  readonly isText?: boolean;
}

/**
 * Everything that is certainly wrong with an expression: names that do not exist or are not available, properties that an
 * object cannot have, comparisons that can never be true, arguments that make no sense.
 *
 * @example
 * check(expression, makeScope({ needs: { build: {} } }), { availability: STEP_IF });
 * // [{ code: "never-equal", message: "needs.build.result is never 'sucess': …", suggestion: "'success'", … }]
 */
export function check(expression: Expression, scope: Scope, options: CheckOptions = {}): readonly ExpressionProblem[] {
  const problems: ExpressionProblem[] = [];
  const type = new Checker(scope, options.availability, problems).check(expression);
  const word = wordInText(type);
  if (options.isText === true && word !== undefined) {
    const message = `${print(expression)} is ${describeType(type)}: in a text it becomes the word ${word}. To write it out, use toJSON(${print(expression)})`;
    problems.push({ code: "not-text", message, start: expression.start, end: expression.end });
  }
  return problems;
}

/** What an expression may evaluate to. */
export function typeOf(expression: Expression, scope: Scope): Type {
  return new Checker(scope, undefined, []).check(expression);
}

class Checker {
  readonly #scope: Scope;
  readonly #available: AvailableNames | undefined;
  readonly #problems: ExpressionProblem[];

  constructor(scope: Scope, availability: readonly string[] | undefined, problems: ExpressionProblem[]) {
    this.#scope = scope;
    this.#available = availability === undefined ? undefined : readAvailability(availability);
    this.#problems = problems;
  }

  check(expression: Expression): Type {
    switch (expression.kind) {
      case "literal":
        return { kind: "literal", value: expression.value };
      case "context":
        return this.#context(expression);
      case "index":
        return this.#index(expression);
      case "filter":
        return filterType(this.check(expression.object));
      case "call":
        return this.#call(expression);
      case "not":
        this.check(expression.operand);
        return BOOLEAN;
      case "comparison":
        this.#comparison(expression);
        return BOOLEAN;
      case "logical":
        return this.#logical(
          expression.operator,
          expression.operands.map((operand) => this.check(operand)),
        );
    }
  }

  #report(code: ProblemCode, message: string, { start, end }: Range, suggestion?: string): void {
    this.#problems.push({ code, message, start, end, ...(suggestion === undefined ? {} : { suggestion }) });
  }

  #context(access: ContextAccess, isOwner = false): Type {
    const name = access.name.toLowerCase();
    const type = this.#scope.contexts.get(name);
    if (type === undefined) {
      this.#unknownContext(access, isOwner);
      return ANY;
    }
    if (this.#available?.contexts.has(name) === false) {
      const offered = listNames([...this.#available.contexts]);
      const message = `Unrecognized named-value: '${access.name}'. This place offers ${offered}`;
      this.#report("unavailable-context", message, access);
    }
    return type;
  }

  #unknownContext(access: ContextAccess, isOwner: boolean): void {
    const { name } = access;
    const found = `Unrecognized named-value: '${name}'`;
    const known = FUNCTIONS.get(name.toLowerCase());
    if (known !== undefined && !isOwner) {
      const message = `${found}. It is a function: write ${known.name}(${known.min === 0 ? "" : "…"})`;
      return this.#report("unknown-context", message, access, known.min === 0 ? `${known.name}()` : undefined);
    }
    const nearest = nearestName(name, this.#scope.contexts.keys());
    if (nearest !== undefined)
      return this.#report("unknown-context", `${found}. Did you mean ${nearest}?`, access, nearest);
    if (isOwner) {
      const message = `${found}. The contexts are ${listNames([...this.#scope.contexts.keys()])}`;
      return this.#report("unknown-context", message, access);
    }
    const text = printLiteral(name);
    this.#report("unknown-context", `${found}. If it is a text, put it in single quotes: ${text}`, access, text);
  }

  #index(access: IndexAccess): Type {
    const owner = access.object;
    const object = owner.kind === "context" ? this.#context(owner, true) : this.check(owner);
    const name = propertyName(access);
    if (name === undefined) {
      this.check(access.index);
      return elementType(object);
    }
    const type = propertyType(object, name);
    if (type !== undefined) return type;
    const { message, suggestion } = explainMissing(access, object, name);
    this.#report("unknown-property", message, access.index, suggestion);
    return ANY;
  }

  #logical(operator: "&&" | "||", types: readonly Type[]): Type {
    const last = types.at(-1) ?? NULL;
    // An operand that is not the last is the result only where it decides.
    const deciding = types.slice(0, -1).map((type) => narrowTo(type, operator === "||"));
    return union(...deciding.filter((type) => type !== undefined), last);
  }

  #comparison(comparison: Comparison): void {
    const left = this.check(comparison.left);
    const right = this.check(comparison.right);
    const { operator } = comparison;
    if (operator !== "==" && operator !== "!=") return;
    // Two constants are a switch that somebody set on purpose.
    if (comparison.left.kind === "literal" && comparison.right.kind === "literal") return;
    if (canBeEqual(left, right)) return;
    const { message, culprit, suggestion } = explainUnequal(comparison, left, right);
    this.#report("never-equal", message, culprit, suggestion);
  }

  #call(call: FunctionCall): Type {
    const name = call.name.toLowerCase();
    const known = FUNCTIONS.get(name);
    const types = call.args.map((arg) => this.check(arg));
    const nameRange = { start: call.start, end: call.start + call.name.length };
    if (known === undefined) {
      const names = [...FUNCTIONS.values()].map((each) => each.name);
      const nearest = nearestName(call.name, names);
      const advice = nearest === undefined ? `The functions are ${listNames(names)}` : `Did you mean ${nearest}?`;
      this.#report("unknown-function", `Unrecognized function: '${call.name}'. ${advice}`, nameRange, nearest);
      return ANY;
    }
    const offered = this.#available?.functions;
    if (offered !== undefined && !known.isBuiltIn && !offered.has(name)) {
      const advice = offered.size === 0 ? "" : `. This place offers ${listNames([...offered.keys()])}`;
      const message = `Unrecognized function: '${call.name}' is not available here${advice}`;
      this.#report("unavailable-function", message, nameRange);
    }
    const most = offered?.get(name) ?? known.max;
    const arity = describeArity(known.name, known.min, most);
    if (call.args.length < known.min) this.#report("too-few-arguments", `Too few parameters supplied: ${arity}`, call);
    if (call.args.length > most) this.#report("too-many-arguments", `Too many parameters supplied: ${arity}`, call);
    return checkArguments(known.name, call, types, (code, message, at) => this.#report(code, message, at));
  }
}
