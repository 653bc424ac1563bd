interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** The first name stands for `min`. */
  readonly names?: readonly string[];
}

const MINUTE: Field = { name: "minute", min: 0, max: 59 };
const FIELDS: readonly Field[] = [
  MINUTE,
  { name: "hour", min: 0, max: 23 },
  { name: "day of the month", min: 1, max: 31 },
  { name: "month", min: 1, max: 12, names: "jan feb mar apr may jun jul aug sep oct nov dec".split(" ") },
  { name: "day of the week", min: 0, max: 6, names: "sun mon tue wed thu fri sat".split(" ") },
];

/** What is wrong with a `cron`. Source: docs.github.com, "schedule": POSIX cron syntax, and no `@daily`. */
export function wrongCron(cron: string): string | undefined {
  const parts = partsOf(cron);
  if (parts.length !== FIELDS.length) {
    return `a schedule has five fields, \`minute hour day month weekday\`; this has ${parts.length}`;
  }
  for (const [index, field] of FIELDS.entries()) {
    const part = parts[index] ?? "";
    if (valuesOf(part, field) === undefined) {
      const names = field.names === undefined ? "" : ` (or ${field.names[0]} to ${field.names.at(-1)})`;
      return `\`${part}\` is no ${field.name}: ${field.min} to ${field.max}${names}, \`*\`, \`a-b\`, \`*/n\` or a list of these`;
    }
  }
  return undefined;
}

/** The shortest time between two starts within an hour, in minutes. */
export function fastestMinutes(cron: string): number {
  const minutes = valuesOf(partsOf(cron)[0] ?? "", MINUTE) ?? [];
  const first = minutes[0];
  if (first === undefined) return 60;
  return Math.min(...minutes.map((minute, index) => (minutes[index + 1] ?? first + 60) - minute));
}

/** A block scalar's line break at the end does no harm. */
function partsOf(cron: string): readonly string[] {
  return cron.trim().split(/ +/);
}

/** The values that a field stands for, in order; undefined where it is wrong. */
function valuesOf(text: string, field: Field): readonly number[] | undefined {
  const values = new Set<number>();
  for (const part of text.split(",")) {
    const [range = "", step, ...rest] = part.split("/");
    const every = step === undefined ? 1 : numberOf(step, { ...field, names: undefined });
    const [from, to] = range === "*" ? [field.min, field.max] : endsOf(range, field, step !== undefined);
    if (rest.length > 0 || every === undefined || every === 0 || from === undefined || to === undefined || to < from) {
      return undefined;
    }
    for (let value = from; value <= to; value += every) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function endsOf(range: string, field: Field, toTheEnd: boolean): readonly (number | undefined)[] {
  const [from = "", to, ...rest] = range.split("-");
  if (rest.length > 0) return [];
  const start = numberOf(from, field);
  return [start, to === undefined ? (toTheEnd ? field.max : start) : numberOf(to, field)];
}

function numberOf(text: string, field: Omit<Field, "name">): number | undefined {
  const name = field.names?.indexOf(text.toLowerCase()) ?? -1;
  if (name >= 0) return field.min + name;
  if (!/^\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value >= field.min && value <= field.max ? value : undefined;
}
