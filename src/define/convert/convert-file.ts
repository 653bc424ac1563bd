import type { Mapping, Value } from "../../ir/node.ts";
import { describe, isPlainObject, putComment } from "./convert-value.ts";
import { StepConverter } from "./convert-steps.ts";
import { definitionError, locationOf } from "../definition-error.ts";
import { expressionData } from "../expressions/expression-value.ts";
import { makeContext } from "../expressions/make.ts";
import {
  commentOn,
  definitionOf,
  unwrap,
  type ActionDefinition,
  type JobDefinition,
  type Options,
  type WorkflowDefinition,
} from "../model.ts";

/** Turns one workflow or action into a file's content. */
export class FileConverter extends StepConverter {
  readonly #jobs = new Map<JobDefinition, string>();

  workflow(definition: WorkflowDefinition): Mapping {
    const made = this.within(definition.call, () => {
      const options = this.settled(definition.options);
      const given: unknown =
        typeof options.jobs === "function"
          ? this.called(options.jobs, {
              github: makeContext("github"),
              inputs: makeContext("inputs"),
              vars: makeContext("vars"),
            })
          : options.jobs;
      const jobs = unwrap(given);
      if (!isPlainObject(jobs)) throw definitionError("workflow() needs `jobs`: { id: job({ … }) }", definition.call);
      this.#nameJobs(jobs);
      return this.mapping(options, (key, value) => {
        if (key === "jobs") return this.commented(given, () => this.mapping(jobs, (_, each) => this.#job(each)));
        if (key === "on") return this.#triggers(value);
        return this.value(value);
      });
    });
    return commentFile(definition, made);
  }

  action(definition: ActionDefinition): Mapping {
    const made = this.within(definition.call, () =>
      this.mapping(this.settled(definition.options), (key, value) =>
        key === "runs" ? this.commented(value, (runs) => this.#runs(runs)) : this.value(value),
      ),
    );
    return commentFile(definition, made);
  }

  #runs(given: unknown): Value {
    if (!isPlainObject(given)) return this.value(given);
    return this.mapping(given, (name, each) => {
      if (name !== "steps") return this.value(each);
      const context = { inputs: makeContext("inputs"), github: makeContext("github"), runner: makeContext("runner") };
      return this.steps(typeof each === "function" ? this.called(each, context) : each, given, true);
    });
  }

  /** Ids are known before any value is converted, so that a job may use the handle of one that stands further down. */
  #nameJobs(jobs: Options): void {
    for (const [id, given] of Object.entries(jobs)) this.attempt(() => this.#nameJob(id, given));
  }

  #nameJob(id: string, given: unknown): void {
    const definition = definitionOf(unwrap(given));
    if (definition?.is !== "job") return;
    const known = this.#jobs.get(definition);
    if (known !== undefined) {
      throw definitionError(
        `\`${id}\` is the same job as \`${known}\`: its handle could mean either; call job({ … }) once for each`,
        definition.call,
      );
    }
    this.#jobs.set(definition, id);
    this.jobIds.set(definition.marker, id);
  }

  #triggers(on: unknown): Value {
    const value = this.value(on);
    // Where a workflow's outputs are named, jobs are in the `jobs` context: docs.github.com, "Contexts reference".
    const inJobs = (node: Value): Value => {
      if (node.kind === "scalar") {
        if (typeof node.value !== "string" || !node.value.includes("${{")) return node;
        const text = node.value.replace(/\bneeds\./g, "jobs.");
        return { ...node, value: text, text };
      }
      if (node.kind === "sequence") return node;
      return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: inJobs(entry.value) })) };
    };
    if (value.kind !== "mapping") return value;
    return changeEntry(value, "workflow_call", (call) =>
      call.kind === "mapping" ? changeEntry(call, "outputs", inJobs) : call,
    );
  }

  // ── Jobs ──────────────────────────────────────────────────────────────────────────────────────────────────

  #job(given: unknown): Value {
    return this.commented(given, (job) => this.#plainJob(job));
  }

  #plainJob(given: unknown): Value {
    const definition = definitionOf(given);
    if (definition?.is !== "job") return this.fail(`expected job({ … }), found ${describe(given)}`);
    return this.within(definition.call, () => {
      const options = this.settled(definition.options);
      const context = {
        matrix: makeContext("matrix"),
        runner: makeContext("runner"),
        strategy: makeContext("strategy"),
        job: makeContext("job"),
        steps: makeContext("steps"),
        env: makeContext("env"),
      };
      const inContext = (value: unknown): unknown =>
        typeof value === "function" && expressionData(value) === undefined ? this.called(value, context) : value;
      return this.mapping(options, (key, raw) => {
        const value = inContext(raw);
        switch (key) {
          case "steps":
            return this.steps(value, options, false);
          case "needs":
            return this.#needs(value);
          case "if":
            return this.condition(value);
          case "uses":
            return this.#called(value);
          case "snapshot":
            return this.#snapshot(value);
          default:
            return this.value(value);
        }
      });
    });
  }

  #needs(given: unknown): Value {
    if (commentOn(given) !== undefined) return this.commented(given, (needs) => this.#needs(needs));
    if (Array.isArray(given)) return this.list(given, (item) => this.#needs(item));
    const definition = definitionOf(given);
    if (definition === undefined) return this.value(given);
    if (definition.is !== "job") return this.fail(`\`needs\` takes jobs, not ${describe(given)}`);
    const id = this.#jobs.get(definition);
    if (id !== undefined) return this.text(id);
    const place = locationOf(definition.call);
    return this.fail(
      `\`needs\` names a job that is not among this workflow's \`jobs\`${place ? ` (defined at ${place.file}:${place.startLine})` : ""}`,
    );
  }

  #snapshot(given: unknown): Value {
    return this.commented(given, (snapshot) =>
      isPlainObject(snapshot)
        ? this.mapping(snapshot, (key, value) => (key === "if" ? this.condition(value) : this.value(value)))
        : this.value(snapshot),
    );
  }

  #called(given: unknown): Value {
    // A comment on another file's handle stands in that file.
    const definition = definitionOf(given);
    if (definition === undefined) return this.value(given);
    if (definition.is !== "workflow") return this.fail(`a job's \`uses\` takes a workflow, not ${describe(given)}`);
    return this.text(this.pathOf(definition));
  }
}

function commentFile({ comments = [] }: WorkflowDefinition | ActionDefinition, file: Mapping): Mapping {
  return comments.reduceRight((value, comment) => putComment(comment, value), file);
}

function changeEntry(mapping: Mapping, key: string, change: (value: Value) => Value): Mapping {
  return {
    ...mapping,
    entries: mapping.entries.map((entry) =>
      entry.key.text === key ? { ...entry, value: change(entry.value) } : entry,
    ),
  };
}
