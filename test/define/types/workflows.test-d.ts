import { expectTypeOf, test } from "vitest";
import { eq, job, run, sh, workflow, type Expr, type EventName, type Untrusted } from "../../../src/index.ts";

const a = job({ "runs-on": "x", steps: [] });

test("on takes an event, a list, or a mapping with filters", () => {
  workflow({ on: "push", jobs: { a } });
  workflow({ on: ["push", "pull_request"], jobs: { a } });
  workflow({
    on: {
      push: { branches: "main", tags: ["v*"], "paths-ignore": ["docs/**"] },
      pull_request: { types: ["opened", "ready_for_review"], branches: ["main"] },
      pull_request_target: { types: "labeled" },
      workflow_run: { workflows: ["CI"], types: ["completed"], branches: ["main"] },
      repository_dispatch: { types: ["anything"] },
      schedule: [{ cron: "0 6 * * 1", timezone: "Europe/Berlin" }],
      release: null,
      merge_group: {},
      image_version: { names: ["base"], versions: ["1.*"] },
    },
    jobs: { a },
  });
  // @ts-expect-error misspelt
  workflow({ on: "pushh", jobs: { a } });
  // @ts-expect-error misspelt
  workflow({ on: ["push", "isues"], jobs: { a } });
  // @ts-expect-error misspelt
  workflow({ on: { push: null, isues: null }, jobs: { a } });
  // @ts-expect-error no filter of push
  workflow({ on: { push: { types: ["opened"] } }, jobs: { a } });
  // @ts-expect-error no filter of issues
  workflow({ on: { issues: { branches: ["main"] } }, jobs: { a } });
  // @ts-expect-error no activity of issues
  workflow({ on: { issues: { types: ["synchronize"] } }, jobs: { a } });
  // @ts-expect-error cron is missing
  workflow({ on: { schedule: [{ timezone: "UTC" }] }, jobs: { a } });
  // @ts-expect-error workflow_call has no choices
  workflow({ on: { workflow_call: { inputs: { a: { type: "choice", options: ["x"] } } } }, jobs: { a } });
  // @ts-expect-error misspelt at depth
  workflow({ on: { workflow_dispatch: { inputs: { a: { typ: "string" } } } }, jobs: { a } });
});

test("every event is known", () => {
  expectTypeOf<EventName>()
    .extract<"workflow_dispatch" | "check_run" | "image_version">()
    .toEqualTypeOf<"workflow_dispatch" | "check_run" | "image_version">();
});

test("inputs have the types that they declare, and are an outsider's", () => {
  workflow({
    on: {
      workflow_dispatch: {
        inputs: {
          level: { type: "choice", options: ["low", "high"] },
          dry: { type: "boolean" },
          count: { type: "number" },
          where: { type: "environment" },
          text: { description: "A text." },
          bare: null,
        },
      },
      workflow_call: { inputs: { level: { type: "string" }, only: { type: "boolean" } } },
    },
    jobs: ({ inputs }) => {
      expectTypeOf(inputs.level).toEqualTypeOf<Untrusted<string>>();
      expectTypeOf(inputs.dry).toEqualTypeOf<Untrusted<boolean>>();
      expectTypeOf(inputs.count).toEqualTypeOf<Untrusted<number>>();
      expectTypeOf(inputs.where).toEqualTypeOf<Untrusted<string>>();
      expectTypeOf(inputs.text).toEqualTypeOf<Untrusted<string>>();
      expectTypeOf(inputs.only).toEqualTypeOf<Untrusted<boolean>>();
      // @ts-expect-error no such input
      inputs.levle;
      return { a };
    },
  });
  workflow({
    on: { workflow_dispatch: { inputs: { level: { type: "choice", options: ["low", "high"] } } } },
    jobs: ({ inputs }) => {
      expectTypeOf(inputs.level).toEqualTypeOf<Untrusted<"low" | "high">>();
      return { a };
    },
  });
});

test("github.event has the payload of exactly these events", () => {
  workflow({
    on: { issues: { types: ["opened"] } },
    jobs: ({ github }) => {
      expectTypeOf(github.event_name).toEqualTypeOf<Expr<"issues">>();
      expectTypeOf(github.event.issue.title).toEqualTypeOf<Untrusted>();
      expectTypeOf(github.event.issue.number).toEqualTypeOf<Expr<number>>();
      // @ts-expect-error issues have no pull request
      github.event.pull_request;
      // @ts-expect-error misspelt
      github.event.issue.titel;
      return { a };
    },
  });
});

test("of several events github.event has what one of them has", () => {
  workflow({
    on: { push: { branches: ["main"] }, issues: null, issue_comment: { types: ["created"] } },
    jobs: ({ github }) => {
      expectTypeOf(github.event_name).toEqualTypeOf<Expr<"push" | "issues" | "issue_comment">>();
      eq(github.event.action, "created");
      // @ts-expect-error no activity of these
      eq(github.event.action, "synchronize");
      return {
        a: job({
          "runs-on": "x",
          env: { TITLE: github.event.issue.title },
          steps: [
            run({ run: sh`echo ${github.event.head_commit.message} ${github.event.comment.body}` }),
            // @ts-expect-error none of them has a release
            run({ run: sh`echo ${github.event.release}` }),
          ],
        }),
      };
    },
  });
});

test("a called workflow may see any payload, and what is known stays untrusted", () => {
  workflow({
    on: { workflow_call: null, push: null },
    jobs: ({ github }) => {
      run({ run: sh`echo ${github.event.anything.at.all}` });
      // @ts-expect-error an outsider chooses it
      `${github.event.head_commit.message}`;
      return { a };
    },
  });
});

test("a workflow knows its keys, and takes jobs only", () => {
  workflow({
    name: "CI",
    "run-name": "by ${{ github.actor }}",
    on: "push",
    permissions: "read-all",
    env: { CI: true },
    defaults: { run: { shell: "bash" } },
    concurrency: { group: "x", queue: "single" },
    jobs: { a },
  });
  // @ts-expect-error misspelt
  workflow({ on: "push", job: { a }, jobs: { a } });
  // @ts-expect-error a step is no job
  workflow({ on: "push", jobs: { a: run({ run: "x" }) } });
  // @ts-expect-error jobs are made by job()
  workflow({ on: "push", jobs: { a: { "runs-on": "x", steps: [] } } });
  // @ts-expect-error without triggers
  workflow({ jobs: { a } });
});
