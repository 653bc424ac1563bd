import type { who } from "./brand.ts";
import type { Credential } from "./credentials.ts";
import type { Interpolation } from "./expressions/expression-types.ts";

// What a checkout leaves behind, read off its inputs: `""` is nobody, `unknown` is not to be known here and passes everywhere.

export type IsCheckout<Ref> = Ref extends `actions/checkout@${string}` ? true : false;

/** Who stays in the git configuration, of these inputs. Version 1 keeps nobody, but for v1.1.0, which the compile step knows. */
export type KeptBy<Ref, Persist, Token, If> = [If] extends [never]
  ? Ref extends `${string}@v1` | `${string}@v1.${string}`
    ? unknown
    : KeptByInputs<Persist, Token>
  : unknown;

/** `true` and any spelling of "true" keep, other literals drop; given but empty means false (`credentials.md`, case A18). */
type KeptByInputs<Persist, Token> = 0 extends 1 & Persist
  ? unknown
  : [Persist] extends [true]
    ? NameOf<Token>
    : [Persist] extends [false]
      ? ""
      : [Persist] extends [Interpolation]
        ? unknown
        : [Persist] extends [string]
          ? string extends Persist
            ? unknown
            : [Uppercase<Persist>] extends ["TRUE"]
              ? NameOf<Token>
              : ""
          : unknown;

/** Whose token it is, or unknown. Names of secrets know no case. */
export type NameOf<Token> = 0 extends 1 & Token
  ? unknown
  : Token extends Credential<infer Who>
    ? Upper<Who>
    : Token extends { readonly [who]: { readonly secret: infer Name extends string } }
      ? SecretName<Name>
      : Token extends `\${{${infer Source}}}`
        ? SourceName<Trim<Source>>
        : unknown;
type SourceName<Source> = Source extends "github.token"
  ? "GITHUB_TOKEN"
  : Source extends `secrets.${infer Name}`
    ? Name extends `${string}${Operator}${string}`
      ? unknown
      : SecretName<Name>
    : unknown;
type SecretName<Name extends string> =
  Uppercase<Name> extends "GITHUB_TOKEN" ? "GITHUB_TOKEN" : `PAT ${Uppercase<Name>}`;
/** What no name holds: the expression chooses among several, or is more than one. */
type Operator = " " | "|" | "&" | "=" | "!" | "}" | "[" | ")" | "<" | ">";
type Trim<S> = S extends ` ${infer Rest}` | `${infer Rest} ` ? Trim<Rest> : S;
/** `PAT robot` and `PAT ROBOT` are one secret. */
export type Upper<Who> = Who extends `PAT ${infer Name}` ? `PAT ${Uppercase<Name>}` : Who;

/** One spelling for one folder, or unknown. */
export type PathOf<P> = string extends P
  ? unknown
  : P extends
        | `${string}\${{${string}`
        | `/${string}`
        | `${string}//${string}`
        | `${string}/./${string}`
        | ".."
        | `../${string}`
        | `${string}/..`
        | `${string}/../${string}`
    ? unknown
    : P extends `./${infer Rest}` | `${infer Rest}/`
      ? PathOf<Rest>
      : P extends ""
        ? "."
        : P extends string
          ? P
          : unknown;
