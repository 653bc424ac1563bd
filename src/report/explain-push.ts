import type { Consequences, Question } from "../consequences/consequences.ts";
import { explainIdentity, markOf, nameTarget, sayVerdict } from "./describe-push.ts";
import type { ListedPush } from "./listed-push.ts";
import type { Paint } from "./paint.ts";
import { printPlace } from "./print-text.ts";
import { printable } from "./printable.ts";
import { cutText, hang, wrapText } from "./wrap-text.ts";

/** How a text is set. */
export interface Setting {
  readonly paint: Paint;
  readonly width: number;
}

/** Everything about a push: who, why, and what follows. */
export function explainPush(listed: ListedPush, setting: Setting): string {
  const { push, consequences } = listed;
  const { paint, width } = setting;
  const others = push.verdict === "depends" ? [] : push.alternatives;
  return [
    headOf(listed, setting),
    hang("  ", printable(sayVerdict(push)), width),
    ...others.map(({ when, identity }) => hang("  ", printable(`Where ${when}: ${explainIdentity(identity)}.`), width)),
    `  ${paint("bold", "how it comes to that")}`,
    ...explainEvidence(listed, setting),
    `  ${paint("bold", "what follows")}`,
    ...explainConsequences(consequences, width),
    "",
  ].join("\n");
}

/** A push that something is wrong with: where it is, what the rules say, and how it comes to that. */
export function explainProblem(listed: ListedPush, setting: Setting): string {
  const { findings, push } = listed;
  const { paint, width } = setting;
  const said = findings.map(({ message, ruleId }) => {
    const text = hang("  ", printable(`${message} [${ruleId}]`), width);
    return text.replace(`[${ruleId}]`, paint("dim", `[${ruleId}]`));
  });
  // Where the rules are about what follows, how the credential came there is not the point.
  const isAboutWho = push.verdict !== "as-intended" && push.verdict !== "undeclared";
  return [headOf(listed, setting), ...said, ...(isAboutWho ? explainEvidence(listed, setting) : []), ""].join("\n");
}

function headOf(listed: ListedPush, { paint, width }: Setting): string {
  const { push } = listed;
  const { sign, style } = markOf(listed);
  const name = push.stepName === undefined ? "" : ` "${push.stepName}"`;
  const place = push.span === undefined ? push.workflow : printPlace(push.span);
  const inOther = push.span?.file === push.workflow ? "" : ` of ${push.workflow}`;
  const where = `job ${push.job}${inOther}, step ${push.step + 1}${name}, to ${nameTarget(listed)}`;
  const [command = "", ...more] = push.command.trim().split("\n");
  return [
    `${paint(style, sign)} ${paint("bold", printable(place))}`,
    hang("  ", printable(where), width),
    `  ${paint("dim", cutText(`$ ${printable(command)}${more.length > 0 ? " …" : ""}`, width - 2))}`,
  ].join("\n");
}

function explainEvidence({ push }: ListedPush, { paint, width }: Setting): readonly string[] {
  let before = "";
  return push.evidence.map(({ span, text }, at) => {
    const number = `  ${String(at + 1).padStart(2)} `;
    const indent = `\n${" ".repeat(number.length)}`;
    const place = span === undefined ? "" : printable(printPlace(span));
    const shown = place === before || place === "" ? "" : paint("dim", place) + indent;
    before = place;
    return `${number}${shown}${wrapText(printable(text), width - number.length).join(indent)}`;
  });
}

type Answers = Consequences[Question];

const ANSWERS: Readonly<Record<Question, Readonly<Partial<Record<Answers, string>>>>> = {
  ruleset: {
    accepted: "the repository's rules accept it",
    rejected: "it is rejected",
    unknown: "whether the repository's rules accept it is unknown",
  },
  mayWrite: {
    yes: "the credential may write to the repository",
    no: "the credential may not write to the repository",
    unknown: "whether the credential may write to the repository is unknown",
  },
  triggersWorkflows: {
    yes: "it starts workflows",
    no: "it starts no workflow",
    unknown: "whether it starts workflows is unknown",
  },
  startsItself: {
    yes: "it starts this very workflow again",
    no: "it does not start this workflow again",
    unknown: "whether it starts this workflow again is unknown",
  },
  mayEditWorkflows: {
    yes: "it may change files in .github/workflows",
    no: "it may not change files in .github/workflows",
    unknown: "whether it may change files in .github/workflows is unknown",
  },
};

function explainConsequences({ reasons, ...answers }: Consequences, width: number): readonly string[] {
  return (Object.keys(ANSWERS) as Question[]).map((about) => {
    const told = reasons
      .filter((reason) => reason.about === about)
      .map(({ text, rule }) => (rule === undefined ? text : `${text} [${rule.type} of ${rule.ruleset}]`));
    const because = told.length === 0 ? "" : `: ${told.join("; ")}`;
    return hang("   · ", printable(`${ANSWERS[about][answers[about]] ?? ""}${because}`), width);
  });
}
