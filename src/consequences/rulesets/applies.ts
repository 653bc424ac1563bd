import type { RefUpdate } from "../../credentials/programs/ref-updates.ts";
import { judge, type Judgement } from "../judgement.ts";
import { matchesPattern } from "./ref-pattern.ts";
import type { NameCondition, Ruleset } from "./ruleset.ts";

/** The repository that is pushed to, as far as it is known. */
export interface Destination {
  /** `owner/name` */
  readonly repository: string | undefined;
  readonly defaultBranch: string | undefined;
}

/** Whether a ruleset speaks of a ref of a repository. */
export function judgeApplying(ruleset: Ruleset, update: RefUpdate, destination: Destination): Judgement {
  const { name, target, enforcement } = ruleset;
  if (enforcement === "disabled") return judge("no", `${name} is disabled`);
  if (enforcement === "evaluate") return judge("no", `${name} only evaluates`, "RS-044");
  if (target === "repository") return judge("no", `${name} is about the repository itself`);
  const repository = judgeRepository(ruleset, destination);
  if (repository.answer === "no") return repository;
  if (target === "push") return repository;
  const kind = update.kind === "ref" ? undefined : update.kind;
  if (kind !== undefined && kind !== target) return judge("no", `${name} is about each ${target}`);
  const ref = judgeRef(ruleset, update, destination);
  if (ref.answer !== "yes") return ref;
  if (repository.answer === "unknown") return repository;
  return kind === undefined ? judge("unknown", `whether ${update.name ?? "the ref"} is a ${target} is not known`) : ref;
}

function judgeRepository(
  { name, repositoryNames, otherConditions, ...ruleset }: Ruleset,
  { repository }: Destination,
): Judgement {
  if (ruleset.isOfRepository === true && ruleset.source !== undefined && repository !== undefined) {
    if (ruleset.source.toLowerCase() !== repository.toLowerCase()) return judge("no", `${name} is ${ruleset.source}'s`);
    return judge("yes", `${name} is this repository's`);
  }
  const owner = repository?.split("/")[0];
  if (ruleset.isOfOrganization && ruleset.source !== undefined && owner !== undefined)
    if (ruleset.source.toLowerCase() !== owner.toLowerCase())
      return judge("no", `${name} is of the organization ${ruleset.source}`);
  const [other] = otherConditions;
  if (other !== undefined) return judge("unknown", `${name} chooses repositories by ${other}`);
  if (repositoryNames === undefined) return judge("yes", `${name} names no repositories`);
  if (repository === undefined)
    return judge(
      "unknown",
      `${name} names repositories, and which this is is not known: write \`repository\` in the config`,
    );
  const fits = fitsCondition(repositoryNames, (pattern) =>
    pattern === "~ALL" ? true : matchesPattern(pattern, repository.split("/")[1] ?? ""),
  );
  return fits === undefined
    ? judge("unknown", `a pattern of ${name} cannot be read`)
    : judge(fits ? "yes" : "no", `${name} ${fits ? "names" : "does not name"} this repository`);
}

function judgeRef({ name, target, refNames }: Ruleset, update: RefUpdate, { defaultBranch }: Destination): Judgement {
  if (refNames === undefined) return judge("yes", `${name} names every ${target}`);
  const isAll = refNames.include.includes("~ALL") && refNames.exclude.length === 0;
  if (isAll) return judge("yes", `${name} names every ${target}`);
  if (update.name === null) return judge("unknown", `which ${target} is pushed is not known, and ${name} names some`);
  const full = `refs/${target === "tag" ? "tags" : "heads"}/${update.name}`;
  let asksDefault = false;
  const fits = fitsCondition(refNames, (pattern) => {
    if (pattern === "~ALL") return true;
    if (pattern !== "~DEFAULT_BRANCH") return matchesPattern(pattern, full);
    if (target === "tag") return false;
    asksDefault ||= defaultBranch === undefined;
    return defaultBranch === undefined ? undefined : defaultBranch === update.name;
  });
  if (fits !== undefined) return judge(fits ? "yes" : "no", `${name} ${fits ? "names" : "does not name"} ${full}`);
  return judge(
    "unknown",
    asksDefault
      ? `${name} names the default branch, and which that is is not known: write \`defaultBranch\` in the config`
      : `a pattern of ${name} cannot be read`,
  );
}

/** In what is included and not in what is excluded; undefined where a pattern cannot tell and decides. */
function fitsCondition(
  { include, exclude }: NameCondition,
  fits: (pattern: string) => boolean | undefined,
): boolean | undefined {
  const out = exclude.map(fits);
  if (out.includes(true)) return false;
  const into = include.map(fits);
  if (into.includes(true)) return out.includes(undefined) ? undefined : true;
  return into.includes(undefined) ? undefined : false;
}
