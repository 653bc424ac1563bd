import { readPackets, writePacket, type Packet } from "./packet-lines.ts";

/** What became of a ref: undefined where it moved. */
export type RefResults = ReadonlyMap<string, string | undefined>;

/** What git-receive-pack answers, with refusals in other words. gitprotocol-pack(5), "Report Status" */
export interface Answer {
  readonly data: Buffer;
  readonly results: RefResults;
}

/**
 * Reads what became of the refs, and puts GitHub's reasons in the place of git's "hook declined": what stands in parentheses behind
 * `! [remote rejected]`.
 *
 * @param reasons by ref
 */
export function rewriteReport(answer: Buffer, reasons: ReadonlyMap<string, string>): Answer {
  const results = new Map<string, string | undefined>();
  const outer = readPackets(answer);
  const isSideband = outer.packets.some((packet) => Buffer.isBuffer(packet) && (packet[0] ?? 99) <= 3);
  if (!isSideband) return { data: Buffer.concat(rewriteLines(outer.packets, reasons, results)), results };
  const report: Buffer[] = [];
  const made: Packet[] = [];
  for (const packet of outer.packets)
    if (Buffer.isBuffer(packet) && packet[0] === 1) report.push(packet.subarray(1));
    else made.push(packet);
  const lines = rewriteLines(readPackets(Buffer.concat(report)).packets, reasons, results);
  const band = Buffer.concat([Buffer.from([1]), ...lines]);
  const end = made.at(-1) === "flush" ? made.length - 1 : made.length;
  const packets = report.length === 0 ? made : [...made.slice(0, end), band, ...made.slice(end)];
  return { data: Buffer.concat(packets.map(writePacket)), results };
}

function rewriteLines(
  packets: readonly Packet[],
  reasons: ReadonlyMap<string, string>,
  results: Map<string, string | undefined>,
): readonly Buffer[] {
  return packets.map((packet) => {
    if (!Buffer.isBuffer(packet)) return writePacket(packet);
    const [, status, ref = "", why] = /^(ok|ng) (\S+)(?: (.*))?\n?$/.exec(packet.toString()) ?? [];
    if (status === undefined) return writePacket(packet);
    const reason = why === "hook declined" ? (reasons.get(ref) ?? why) : why;
    results.set(ref, status === "ok" ? undefined : (reason ?? ""));
    return status === "ok" ? writePacket(packet) : writePacket(Buffer.from(`ng ${ref} ${reason ?? ""}\n`));
  });
}
