import type { GraphCredential, GraphFinding, GraphJob, GraphPush, GraphStep, Place, Places } from "../graph-model.ts";
import { element, type Content } from "./dom.ts";

/** How a place becomes a link; undefined: it is only said. */
export type LinkTo = (place: Place) => string | undefined;

/** A job opened: what it runs on, the lives of its credentials beside its steps, its pushes and findings. */
export function showJob(job: GraphJob, linkTo: LinkTo): HTMLElement {
  const marks = markCredentials(job.credentials);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["runs on", job.runsOn],
    ["calls", job.calls?.uses],
    ["needs", job.needs.join(", ") || undefined],
    ["if", job.if],
    ["matrix", job.matrix && `${job.matrix.axes}${job.matrix.jobs === undefined ? "" : ` (${job.matrix.jobs} jobs)`}`],
    ["environment", job.environment],
  ];
  return element(
    "article",
    { class: "job", "aria-labelledby": "job-title", tabindex: "-1" },
    element("h3", { id: "job-title" }, `Job ${job.name}`),
    showPlaces(job.places, linkTo),
    element(
      "dl",
      { class: "facts" },
      facts.flatMap(([name, value]) =>
        value === undefined ? [] : [element("div", {}, element("dt", {}, name), element("dd", {}, value))],
      ),
    ),
    job.findings.map((finding) => showFinding(finding, linkTo, job.places)),
    job.pushes.map((push) => showPush(push, marks, linkTo)),
    job.credentials.length > 0 ? showLegend(job, marks, linkTo) : undefined,
    job.steps.length > 0 ? showSteps(job, marks, linkTo) : undefined,
  );
}

/** A credential's letter and colour: equal for all its places. */
interface Mark {
  readonly letter: string;
  readonly color: number;
}

type Marks = ReadonlyMap<string, Mark>;

const COLORS = 8;

function markCredentials(credentials: readonly GraphCredential[]): Marks {
  const marks = new Map<string, Mark>();
  for (const { identity } of credentials) {
    if (marks.has(identity)) continue;
    const at = marks.size;
    marks.set(identity, { letter: String.fromCharCode(65 + (at % 26)), color: at % COLORS });
  }
  return marks;
}

function showChip(name: string, mark: Mark | undefined, isStruck = false): HTMLElement {
  const classes = `chip c${mark?.color ?? "none"}${isStruck ? " struck" : ""}`;
  return element("span", { class: classes }, mark === undefined ? name : `${mark.letter} · ${name}`);
}

function showLegend(job: GraphJob, marks: Marks, linkTo: LinkTo): HTMLElement {
  return element(
    "section",
    { class: "legend", "aria-label": "Credentials of this job" },
    element("h4", {}, "Credentials"),
    element(
      "ul",
      {},
      [...marks].map(([identity, mark]) => {
        const lives = job.credentials.filter((credential) => credential.identity === identity);
        const name = lives[0]?.name ?? identity;
        const told = lives.map((life) => element("div", {}, lifeInWords(life), showOrigin(life, linkTo)));
        return element("li", {}, showChip(name, mark), " ", element("div", { class: "lives" }, told));
      }),
    ),
  );
}

function showOrigin({ origin }: GraphCredential, linkTo: LinkTo): Content {
  return origin && element("small", {}, origin.text, " ", origin.at && showPlace(origin.at, linkTo));
}

function lifeInWords({ where, as, from, to, end, isPerhaps, isReadable, sentBy }: GraphCredential): string {
  const start = from === undefined ? "from the beginning of the job" : `from step ${from + 1}`;
  const first = (from ?? -1) + 2;
  const steps = to + 1 === first ? `step ${first}` : `steps ${first} to ${to + 1}`;
  const readers = to + 1 >= first && isReadable ? `; ${steps} can read it` : "";
  const sent = sentBy.length === 0 ? "" : `; sent to GitHub by step ${sentBy.map((step) => step + 1).join(", ")}`;
  const perhaps = isPerhaps ? "perhaps " : "";
  return `${perhaps}in ${where}, ${as}: ${start}${readers}${sent}; ${end}`;
}

function showSteps(job: GraphJob, marks: Marks, linkTo: LinkTo): HTMLElement {
  const lanes = job.credentials.length;
  const list = element("ol", { class: "steps", "aria-label": "Steps" });
  list.style.setProperty("--lanes", String(lanes));
  for (const step of job.steps) list.append(showStep(step, job, marks, linkTo));
  return list;
}

function showStep(step: GraphStep, job: GraphJob, marks: Marks, linkTo: LinkTo): HTMLElement {
  const { index, label, does, id, places } = step;
  const lanes = element("div", { class: "lanes", "aria-hidden": "true" });
  job.credentials.forEach((credential, lane) => {
    const part = showLane(credential, step, lane, marks);
    if (part !== undefined) lanes.append(part);
  });
  const body = element(
    "div",
    { class: "body" },
    element("div", { class: "title" }, element("b", {}, `${index + 1}`), " ", label),
    element(
      "div",
      { class: "more" },
      does === undefined ? undefined : element("code", {}, does),
      id === undefined ? undefined : ` id: ${id}`,
      step.if === undefined ? undefined : [" if: ", element("code", {}, step.if)],
    ),
    showPlaces(places, linkTo),
    step.pushes.map((push) => showPush(push, marks, linkTo)),
    step.findings.map((finding) => showFinding(finding, linkTo, places)),
  );
  const isWrong = step.pushes.some((push) => push.isWrong);
  return element("li", isWrong ? { class: "wrong" } : {}, lanes, body);
}

/** What of a credential's life falls on a step: its begin, its end, that it is sent. */
function showLane(
  credential: GraphCredential,
  { index, pushes }: GraphStep,
  lane: number,
  marks: Marks,
): HTMLElement | undefined {
  const { from = -1, to, identity, isPerhaps, isReadable, sentBy } = credential;
  if (index < from || index > to) return undefined;
  const mark = marks.get(identity);
  const classes = ["lane", `c${mark?.color ?? "none"}`];
  if (index === from) classes.push("begins");
  if (index === to) classes.push("ends");
  if (isPerhaps) classes.push("perhaps");
  if (!isReadable) classes.push("output");
  if (sentBy.includes(index)) classes.push("sent");
  // Who is sent instead of somebody, and who is not.
  const wrong = pushes.filter(({ isWrong }) => isWrong);
  if (wrong.some(({ seen }) => seen.key === identity) && sentBy.includes(index)) classes.push("thief");
  if (wrong.some(({ meant }) => meant?.key === identity)) classes.push("robbed");
  const part = element("span", { class: classes.join(" ") }, index === Math.max(from, 0) ? (mark?.letter ?? "") : "");
  part.style.setProperty("--lane", String(lane));
  return part;
}

function showPush(push: GraphPush, marks: Marks, linkTo: LinkTo): HTMLElement {
  const { seen, meant, verdict, isWrong } = push;
  const other = meant !== undefined && meant.key !== seen.key ? meant : undefined;
  return element(
    "div",
    { class: isWrong ? "push wrong" : "push" },
    element(
      "p",
      {},
      element("strong", {}, isWrong ? `✗ ${verdict}` : verdict),
      " GitHub sees ",
      showChip(seen.text, marks.get(seen.key)),
      other && [", and ", showChip(other.text, marks.get(other.key), true), " was meant"],
    ),
    element(
      "p",
      { class: "more" },
      element("code", {}, push.command),
      push.target === "not known" ? " to where is not known" : ` to ${push.target}`,
    ),
    push.alternatives.length === 0
      ? undefined
      : element(
          "ul",
          {},
          push.alternatives.map((text) => element("li", {}, text)),
        ),
    push.evidence.length === 0
      ? undefined
      : element(
          "details",
          {},
          element("summary", {}, "Why"),
          element(
            "ol",
            {},
            push.evidence.map(({ text, at }) => element("li", {}, text, " ", at && showPlace(at, linkTo))),
          ),
        ),
  );
}

/** A finding; its place only where that is not the place that it stands at. */
function showFinding({ ruleId, severity, message, at }: GraphFinding, linkTo: LinkTo, around: Places): HTMLElement {
  const isHere = [around.source, around.yaml].some((place) => place?.file === at?.file && place?.line === at?.line);
  return element(
    "p",
    { class: `finding ${severity}` },
    element("strong", {}, severity),
    ` ${message} `,
    element("code", {}, ruleId),
    " ",
    at && !isHere ? showPlace(at, linkTo) : undefined,
  );
}

function showPlaces({ source, yaml }: Places, linkTo: LinkTo): HTMLElement {
  const links: Content[] = [source, yaml].flatMap((place) =>
    place === undefined ? [] : [showPlace(place, linkTo), " "],
  );
  return element("div", { class: "places" }, links);
}

function showPlace(place: Place, linkTo: LinkTo): HTMLElement {
  const title = `${place.file}:${place.line}`;
  const text = title.slice(title.lastIndexOf("/") + 1);
  const href = linkTo(place);
  return href === undefined
    ? element("span", { class: "place", title }, text)
    : element("a", { class: "place", href, title }, text);
}
