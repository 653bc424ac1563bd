import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { ts } from "ts-morph";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { Github } from "../../src/define/expressions/contexts.ts";
import type { AnyExpr, Expr, Untrusted } from "../../src/define/expressions/expression-types.ts";
import type { List, Payloads } from "../../src/define/expressions/payloads.generated.ts";
import { isUntrustedPath } from "../../src/expressions/untrusted.ts";
import type { UntrustedTree } from "../../src/expressions/untrusted-paths.ts";
import { UNTRUSTED } from "../../src/expressions/untrusted-paths.ts";
import type { EventName } from "../../src/ir/events.ts";

const file = "src/define/expressions/payloads.generated.ts";

test("the generated payloads are current", () => {
  expect(() => execFileSync("node", ["scripts/generate-payloads.mjs", "--check"], { stdio: "pipe" })).not.toThrow();
});

describe("types and the compile-time check agree on what an outsider chooses", () => {
  const leaves = payloadLeaves();

  test("the walk reaches every payload", () => {
    expect(leaves.length).toBeGreaterThan(10_000);
    expect(leaves).toContainEqual({ path: "github.event.pull_request.head.repo.owner.login", isUntrusted: false });
  });

  test("on every path", () => {
    const disagreeing = leaves.filter(({ path, isUntrusted }) => isUntrusted !== isUntrustedPath(path.split(".")));
    expect(disagreeing).toEqual([]);
  });

  test("and every path of the table leads somewhere", () => {
    const found = new Set(leaves.filter(({ isUntrusted }) => isUntrusted).map(({ path }) => path));
    const missing = tablePaths(UNTRUSTED.github.event, "github.event").filter((path) => !found.has(path));
    const known = [
      /\.review_comment\.body$/, // in GitHub's own list, but in no payload
      /\.(added|modified|removed)\.\*$/, // workflows get commits without their files
      /\.pull_requests\.\*\.head\.(label|repo\.(?!name$).*)$/, // a reference is shorter than the pull request
    ];
    expect(missing.filter((path) => !known.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  test.each([
    "issue.title",
    "issue.body",
    "comment.body",
    "review.body",
    "pull_request.title",
    "pull_request.head.ref",
    "pull_request.head.label",
    "pull_request.head.repo.default_branch",
    "commits.*.message",
    "commits.*.author.name",
    "head_commit.author.email",
    "workflow_run.head_branch",
    "pages.*.page_name",
    "discussion.title",
    "client_payload",
  ])("github.event.%s is an outsider's text", (path) => {
    const found = leaves.filter((leaf) => leaf.path === `github.event.${path}`);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((leaf) => leaf.isUntrusted)).toBe(true);
  });

  test.each(["repository.full_name", "pull_request.head.sha", "pull_request.base.ref", "sender.login"])(
    "github.event.%s is not",
    (path) => {
      const found = leaves.filter((leaf) => leaf.path === `github.event.${path}`);
      expect(found.length).toBeGreaterThan(0);
      expect(found.some((leaf) => leaf.isUntrusted)).toBe(false);
    },
  );
});

describe("types", () => {
  test("every event has a payload", () => {
    expectTypeOf<keyof Payloads>().toEqualTypeOf<EventName>();
  });

  test("leaves are expressions with the values they may have", () => {
    expectTypeOf<Payloads["watch"]["action"]>().toEqualTypeOf<Expr<"started">>();
    expectTypeOf<Payloads["pull_request"]["number"]>().toEqualTypeOf<Expr<number>>();
    expectTypeOf<Payloads["pull_request"]["pull_request"]["merged"]>().toEqualTypeOf<Expr<boolean | null>>();
    expectTypeOf<Payloads["schedule"]["schedule"]>().toEqualTypeOf<Expr<string>>();
    expectTypeOf<Payloads["issues"]["issue"]["title"]>().toEqualTypeOf<Untrusted>();
    expectTypeOf<Payloads["issues"]["issue"]["body"]>().toEqualTypeOf<Untrusted<string | null>>();
  });

  test("the action is one that the event's workflows may ask for", () => {
    expectTypeOf<Payloads["issue_comment"]["action"]>().toEqualTypeOf<Expr<"created" | "edited" | "deleted">>();
  });

  test("what only some actions have is there without a question mark", () => {
    expectTypeOf<Payloads["pull_request"]["label"]["name"]>().toEqualTypeOf<Expr<string>>();
    expectTypeOf<Payloads["push"]["head_commit"]["message"]>().toEqualTypeOf<Untrusted>();
  });

  test("events share their interfaces", () => {
    expectTypeOf<Payloads["push"]["repository"]>().toEqualTypeOf<Payloads["issues"]["repository"]>();
    expectTypeOf<Payloads["pull_request_review"]["pull_request"]>().toEqualTypeOf<
      Payloads["pull_request"]["pull_request"]
    >();
    expectTypeOf<Payloads["pull_request_target"]>().toEqualTypeOf<Payloads["pull_request"]>();
  });

  test("lists give their elements, and are expressions themselves", () => {
    type Labels = Payloads["issues"]["issue"]["labels"];
    expectTypeOf<Labels[0]["name"]>().toEqualTypeOf<Expr<string>>();
    expectTypeOf<Labels["*"]["name"]>().toEqualTypeOf<Expr<string>>();
    expectTypeOf<Labels>().toExtend<Expr>();
    expectTypeOf<Payloads["release"]["release"]["assets"]>().toExtend<List<unknown>>();
  });

  test("what has no fixed shape leads anywhere", () => {
    expectTypeOf<Payloads["repository_dispatch"]["client_payload"]["any"]["thing"]>().toBeAny();
    expectTypeOf<Github<"workflow_call">["event"]["issue"]["title"]>().toBeAny();
  });

  test("of several events, the payload has the properties of all", () => {
    type Event = Github<"issue_comment" | "pull_request_review_comment" | "push">["event"];
    expectTypeOf<Event["comment"]["body"]>().toEqualTypeOf<Untrusted>();
    expectTypeOf<Event["comment"]["line"]>().toEqualTypeOf<Expr<number | null>>();
    expectTypeOf<Event["head_commit"]["message"]>().toEqualTypeOf<Untrusted>();
    expectTypeOf<Event["repository"]>().toEqualTypeOf<Payloads["push"]["repository"]>();
    expectTypeOf<Event>().not.toHaveProperty("release");
  });

  test("beside an event without a fixed shape, the others keep theirs", () => {
    type Event = Github<"workflow_call" | "push">["event"];
    expectTypeOf<Event["head_commit"]["message"]>().toEqualTypeOf<Untrusted>();
    expectTypeOf<Event["release"]["name"]>().toBeAny();
  });

  test("objects and lists may stand in conditions", () => {
    expectTypeOf<Payloads["issue_comment"]["issue"]["pull_request"]>().toExtend<AnyExpr>();
    expectTypeOf<Payloads["pull_request"]["pull_request"]>().toExtend<AnyExpr>();
    expectTypeOf<Payloads["push"]["commits"]>().toExtend<AnyExpr>();
    expectTypeOf<Payloads["repository_dispatch"]["client_payload"]>().toExtend<AnyExpr>();
  });

  test("an object is trusted if all that is in it is", () => {
    expectTypeOf<Payloads["push"]["repository"]>().toExtend<Expr>();
    expectTypeOf<Payloads["push"]["head_commit"]>().not.toExtend<Expr>();
    expectTypeOf<Payloads["push"]["commits"]>().not.toExtend<Expr>();
    expectTypeOf<Payloads["pull_request_review"]>().not.toExtend<Expr>();
  });

  test("an event has no other event's properties", () => {
    expectTypeOf<Payloads["push"]>().not.toHaveProperty("pull_request");
    expectTypeOf<Payloads["issues"]["issue"]>().not.toHaveProperty("titel");
  });
});

/** All texts and loose objects below `github.event`, read from the generated interfaces. */
function payloadLeaves() {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const interfaces = new Map(source.statements.filter(ts.isInterfaceDeclaration).map((node) => [node.name.text, node]));
  const leaves: { path: string; isUntrusted: boolean }[] = [];
  const walkInterface = (name: string, path: string) => {
    const node = interfaces.get(name);
    if (node === undefined) throw new Error(`no interface ${name} for ${path}`);
    for (const parent of node.heritageClauses?.[0]?.types ?? []) {
      const base = parent.expression.getText(source);
      if (base === "Common") walkInterface(base, path);
    }
    for (const member of node.members) {
      if (!ts.isPropertySignature(member) || member.type === undefined) continue;
      const key = ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : "";
      walkType(member.type, `${path}.${key}`);
    }
  };
  const walkType = (type: ts.TypeNode, path: string) => {
    if (!ts.isTypeReferenceNode(type)) throw new Error(`${path} is no reference`);
    const name = type.typeName.getText(source);
    const argument = type.typeArguments?.[0];
    if ((name === "List" || name === "UntrustedList") && argument !== undefined) walkType(argument, `${path}.*`);
    else if (name === "Untrusted" || name === "UntrustedLoose") leaves.push({ path, isUntrusted: true });
    else if (name === "Loose") leaves.push({ path, isUntrusted: false });
    else if (name !== "Expr") walkInterface(name, path);
    else if (argument !== undefined && isText(argument)) leaves.push({ path, isUntrusted: false });
  };
  const payloads = interfaces.get("Payloads");
  for (const member of payloads?.members ?? []) {
    if (!ts.isPropertySignature(member) || member.type === undefined) continue;
    walkType(member.type, "github.event");
  }
  return leaves;
}

function isText(type: ts.TypeNode): boolean {
  return ts.isUnionTypeNode(type) ? type.types.some(isText) : type.kind === ts.SyntaxKind.StringKeyword;
}

function tablePaths(tree: UntrustedTree, path: string): string[] {
  if (typeof tree === "string") return [path];
  return Object.entries(tree).flatMap(([name, below]) => tablePaths(below, `${path}.${name}`));
}
