import type { Mapping, Value } from "../ir/node.ts";
import { actionFile, callingJob, jobOfSteps, workflowFile } from "./accepted-types.ts";
import { inGroups, isEntrySpaced } from "./blank-lines.ts";
import { entryOf, needsOf, neededJobs } from "./needed-jobs.ts";
import { camelCase } from "./identifiers.ts";
import { itemComments } from "./node-comments.ts";
import type { Accepted } from "./type-model.ts";
import { StepWriter } from "./write-steps.ts";

/** A job that is a constant, because others need it. */
interface NamedJob {
  readonly constant: string;
  /** What its handle has; undefined: whatever is asked for. */
  readonly outputs: ReadonlySet<string> | undefined;
}

export interface WrittenSource {
  readonly code: string;
  readonly blocks: readonly string[];
}

/** Writes a workflow or a composite action as a source. */
export class FileWriter extends StepWriter {
  readonly #named = new Map<string, NamedJob>();
  /** The jobs whose handles are in scope. */
  #needed: ReadonlySet<string> = new Set();

  workflow(root: Mapping): WrittenSource {
    const jobs = entryOf(root, "jobs");
    if (jobs?.kind === "mapping") this.countSteps(jobs.entries.flatMap(({ value }) => entryOf(value, "steps") ?? []));
    const code = `${this.code.use("workflow")}(${this.value(root, workflowFile, { open: true, isItem: true })})`;
    return this.code.source(this.withComments(itemComments(root), code));
  }

  action(root: Mapping): WrittenSource {
    const code = `${this.code.use("action")}(${this.value(root, actionFile, { open: true, isItem: true })})`;
    return this.code.source(this.withComments(itemComments(root), code));
  }

  /** Jobs that others need come first, as constants; the rest is written where it stands. */
  protected override jobs(value: Value): string {
    if (value.kind !== "mapping") return "{}";
    for (const { key, value: job } of neededJobs(value.entries)) {
      const code = this.#job(job);
      const name = camelCase(key.text);
      const constant = this.code.declare({ name: this.code.identifiers.take(name, `${name}Job`), code });
      this.#named.set(key.text, { constant, outputs: this.#outputsOf(job) });
    }
    const properties = value.entries.map((entry) => {
      const code = this.#named.get(entry.key.text)?.constant ?? this.#job(entry.value);
      return this.property(entry.key.text, this.withComments(this.commentsOf(entry, false), code));
    });
    return this.properties(inGroups(properties, value.entries.map(isEntrySpaced)), true);
  }

  /** What the handle of a job has; undefined: whatever is asked for. */
  #outputsOf(job: Value): ReadonlySet<string> | undefined {
    if (job.kind !== "mapping") return new Set();
    if (entryOf(job, "uses") !== undefined) return this.callByHandle(job)?.outputs;
    const outputs = entryOf(job, "outputs");
    return new Set(outputs?.kind === "mapping" ? outputs.entries.map(({ key }) => key.text) : []);
  }

  #job(job: Value): string {
    this.#needed = new Set(needsOf(job).filter((id) => this.#named.has(id)));
    const accepted = this.#typeOf(job);
    const code = `${this.code.use("job")}(${this.value(job, accepted, { open: true })})`;
    this.#needed = new Set();
    return code;
  }

  #typeOf(job: Value): Accepted {
    if (job.kind !== "mapping" || entryOf(job, "uses") === undefined) return jobOfSteps;
    const target = this.callByHandle(job);
    return target === undefined ? callingJob() : callingJob(target);
  }

  protected override needs(value: Value): string {
    if (value.kind === "sequence") return this.list(value.items, (item) => this.needs(item));
    if (value.kind !== "scalar") return "[]";
    return this.#named.get(value.text)?.constant ?? this.code.text(value.text);
  }

  protected override expression(text: string): string | undefined {
    const [, id = "", output = ""] = OUTPUT.exec(text) ?? [];
    const job = this.#needed.has(id) ? this.#named.get(id) : undefined;
    if (job === undefined || job.outputs?.has(output) === false) return super.expression(text);
    const isName = /^[A-Za-z_]\w*$/.test(output);
    return isName ? `${job.constant}.outputs.${output}` : `${job.constant}.outputs[${JSON.stringify(output)}]`;
  }
}

const OUTPUT = /^\$\{\{ needs\.([A-Za-z_][\w-]*)\.outputs\.([A-Za-z_][\w-]*) \}\}$/;
