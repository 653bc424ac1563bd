import fc from "fast-check";
import { scalar, type Comments, type Entry, type Scalar, type Value } from "../../src/ir/node.ts";

/** Pieces that YAML gives a meaning to, somewhere. */
const PIECES = [
  ...[
    "a",
    "b",
    "word",
    "é",
    "漢",
    "🚀",
    "\u00a0",
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\r",
    "\u0085",
    "\u2028",
    "\ufeff",
    "\0",
    "\x7f",
  ],
  ...[
    ":",
    ": ",
    "#",
    " #",
    "- ",
    "-",
    "? ",
    "?",
    ",",
    "[",
    "]",
    "{",
    "}",
    "&",
    "*",
    "!",
    "|",
    ">",
    "'",
    '"',
    "%",
    "@",
    "`",
  ],
  ...[
    "\\",
    "\\n",
    "---",
    "...",
    "=",
    "<<",
    "~",
    "${{ a }}",
    "$",
    "0",
    "1",
    "7",
    "_",
    ".",
    "e",
    "x",
    "o",
    "+",
    "T",
    "Z",
  ],
] as const;

const WORDS = [
  ...["y", "Y", "n", "N", "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF", "yEs", "tRUE"],
  ...[
    "true",
    "True",
    "TRUE",
    "false",
    "False",
    "FALSE",
    "null",
    "Null",
    "NULL",
    "~",
    "",
    "<<",
    "=",
    ".",
    "..",
    "-",
    "--",
  ],
  ...[
    "3.10",
    "0o7",
    "017",
    "089",
    "0x1F",
    "-0x1F",
    "0b11",
    "1e3",
    "1e+3",
    "-1.5E-3",
    "1_000",
    "1_0.5",
    ".5",
    "5.",
    "+5",
  ],
  ...[".inf", "-.INF", "+.Inf", ".nan", ".NaN", "12:30", "190:20:30", "1:2.5", "8080:80", "22:22", "1.2.3", "0_", "._"],
  ...[
    "2026-11-22",
    "2026-1-2",
    "2026-11-22T10:11:12Z",
    "2026-11-22 10:11:12.5 +01:00",
    "2026-11-22 rc",
    "-0",
    "0",
    "--- a",
  ],
  ...[
    "npm ci\nnpm test\n",
    "npm ci\nnpm test",
    "if x; then\n\ty\nfi\n",
    "\n  a\n  b\n",
    "a\n\n\n",
    "a\n  ",
    " a\nb",
    "\na",
    "a \nb \n",
  ],
];

/** Texts as people and machines write them, and as nobody should. */
const arbitraryName: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join("")) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.constantFrom("a", "b c", "", " ", "  x", "\ty", "z ", "#"), { maxLength: 6 })
      .map((lines) => lines.join("\n")),
  },
  { weight: 2, arbitrary: fc.stringMatching(/^[-+]?[\d_.:eExobTZ -]{1,10}$/) },
  { weight: 1, arbitrary: fc.string({ maxLength: 90 }) },
);

/** Of exotic characters nobody knows the width, so keys have none. */
export const arbitraryText: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: arbitraryName },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
);

const arbitraryScalar: fc.Arbitrary<Scalar> = fc.oneof(
  { weight: 5, arbitrary: arbitraryText.map((text): Scalar => scalar(text)) },
  {
    weight: 1,
    arbitrary: fc
      .oneof(fc.integer(), fc.double(), fc.boolean(), fc.constant(null))
      .map((value): Scalar => scalar(value)),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<readonly [Scalar["value"], string]>(
        [3.1, "3.10"],
        [7, "0o7"],
        [15, "017"],
        [5, "+5"],
        [null, "~"],
        [true, "TRUE"],
        [true, "yes"],
        [1000, "1e3"],
        [750, "12:30"],
      )
      .map(([value, raw]): Scalar => scalar(value, { raw })),
  },
);

const arbitraryLine = fc.oneof(
  fc.constantFrom("", " why", " two words", "no space", " # #", " a: b", "\ttab", " tail  ", " ümlaut 🚀"),
  fc.integer({ min: 60, max: 80 }).map((length) => ` ${"long ".repeat(20).slice(0, length)}`),
  fc.string({ maxLength: 12 }).filter((text) => !/prettier-ignore/.test(text)),
);
const arbitraryLines = fc.array(
  fc.oneof({ weight: 3, arbitrary: arbitraryLine }, { weight: 1, arbitrary: fc.constant(null) }),
  { maxLength: 3 },
);

/** What an arbitrary tree may have. */
export interface TreeOptions {
  readonly comments?: boolean;
  readonly flow?: boolean;
}

/** Trees with a mapping at the root, as files have. */
export function arbitraryTree({ comments = false, flow = true }: TreeOptions = {}): fc.Arbitrary<Value> {
  const around = (value: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
    comments
      ? fc
          .tuple(value, fc.option(arbitraryComments, { freq: 3, nil: undefined }))
          .map(([node, comments]) => ({ ...node, comments }))
      : value;
  const key = fc
    .tuple(arbitraryName, fc.option(arbitraryComments, { freq: 3, nil: undefined }), fc.boolean())
    .map(([text, own, spaceBefore]): Scalar =>
      comments ? scalar(text, { comments: own, spaceBefore }) : scalar(text),
    );
  const isFlow = flow ? fc.boolean() : fc.constant(false);
  const { collection } = fc.letrec<{ value: Value; collection: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      { weight: 3, arbitrary: around(arbitraryScalar) },
      { weight: 2, arbitrary: tie("collection") },
    ),
    collection: around(
      fc.oneof(
        fc
          .tuple(fc.array(tie("value"), { maxLength: 5 }), isFlow)
          .map(([items, flow]): Value => ({ kind: "sequence", items, flow })),
        fc
          .tuple(
            fc.uniqueArray(fc.record({ key, value: tie("value") }), {
              maxLength: 5,
              selector: (entry: Entry) => entry.key.text,
            }),
            isFlow,
          )
          .map(([entries, flow]): Value => ({ kind: "mapping", entries, flow })),
      ),
    ),
  }));
  return collection.filter((node) => node.kind === "mapping");
}

const arbitraryComments: fc.Arbitrary<Comments> = fc.record({
  before: arbitraryLines,
  trailing: fc.option(arbitraryLine, { nil: undefined }),
  end: arbitraryLines,
}) as fc.Arbitrary<Comments>;

/** Trees in which some values are anchored, and some stand for others: rightly, or under a name that no longer fits. */
export function arbitraryAnchoredTree(options?: TreeOptions): fc.Arbitrary<Value> {
  return fc
    .tuple(arbitraryTree(options), fc.infiniteStream(fc.nat({ max: 11 })))
    .map(([tree, choices]) => anchorSome(tree, choices));
}

function anchorSome(tree: Value, choices: Iterator<number>): Value {
  const anchored: Value[] = [];
  const choose = () => choices.next().value ?? 0;
  const change = (node: Value): Value => {
    const choice = choose();
    const other = anchored[choose() % Math.max(anchored.length, 1)];
    if (other !== undefined && choice < 3)
      return { ...other, comments: undefined, anchor: undefined, alias: other.anchor };
    if (other !== undefined && choice === 3) return { ...node, alias: other.anchor };
    const changed = below(node);
    if (choice < 9) return changed;
    const named: Value = {
      ...changed,
      anchor: choice === 9 ? `a${anchored.length % 3}` : choice === 10 ? "ä b" : `n-${anchored.length}`,
    };
    anchored.push(named);
    return named;
  };
  const below = (node: Value): Value => {
    if (node.kind === "sequence") return { ...node, items: node.items.map(change) };
    if (node.kind === "mapping")
      return { ...node, entries: node.entries.map(({ key, value }) => ({ key, value: change(value) })) };
    return node;
  };
  return below(tree);
}
