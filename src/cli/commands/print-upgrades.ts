import { describeIdentity } from "../../credentials/identity.ts";
import { printPush } from "../../import/planned-push.ts";
import { printPlace } from "../../report/print-text.ts";
import type { Imports } from "../../pipeline.ts";
import type { Settings } from "../settings.ts";

type Plan = NonNullable<Imports["upgrade"]>;
type Place = Plan["upgrades"][number] | Plan["left"][number];

/** Every push of the imported files: what it was and what it becomes, or why it stays as it is. */
export function printUpgrades({ upgrades, left }: Plan, paint: Settings["paint"]): string {
  const lines: string[] = [];
  for (const upgrade of upgrades) {
    lines.push(`${placeOf(upgrade, paint)} ${paint("green", "upgraded")} ${whatItWas(upgrade)}`);
    lines.push(`  → ${printPush(upgrade.push)}`);
    lines.push(...upgrade.differences.map((difference) => `  ${paint("dim", "·")} ${difference}`));
  }
  for (const push of left)
    lines.push(`${placeOf(push, paint)} ${paint("cyan", "left")} ${whatItWas(push)}: ${push.reason}`);
  const all = upgrades.length + left.length;
  lines.push(
    all === 0 ? "nothing pushes here" : `${upgrades.length} of ${all} ${all === 1 ? "push" : "pushes"} upgraded`,
  );
  return `${lines.join("\n")}\n`;
}

export function upgradesJson({ upgrades, left }: Plan): object {
  return {
    upgrades: upgrades.map(({ push, differences, ...place }) => ({ ...place, becomes: printPush(push), differences })),
    left,
  };
}

function placeOf({ file, span }: Place, paint: Settings["paint"]): string {
  return paint("bold", span === undefined ? file : printPlace(span));
}

/** The command's first line, and whom GitHub sees. */
function whatItWas({ command, identity }: Place): string {
  const [line = "", ...more] = command.split("\n");
  return `\`${line}${more.length > 0 ? " …" : ""}\` as ${describeIdentity(identity)}`;
}
