/** One of git's packets: its content, or what has none (a flush is `0000`). gitprotocol-common(5) */
export type Packet = Buffer | "flush" | "delimiter" | "end";

export interface ReadPackets {
  readonly packets: readonly Packet[];
  /** What comes behind the last whole packet. */
  readonly rest: Buffer;
}

/** Reads packets up to the first flush, if `untilFlush`, else all that are whole. What is no packet stays in `rest`. */
export function readPackets(data: Buffer, untilFlush = false): ReadPackets {
  const packets: Packet[] = [];
  let at = 0;
  while (at + 4 <= data.length) {
    const digits = data.toString("latin1", at, at + 4);
    const length = /^[0-9a-f]{4}$/i.test(digits) ? Number.parseInt(digits, 16) : -1;
    if (length < 0 || length === 3 || at + length > data.length) break;
    packets.push(length < 4 ? (MARKERS[length] ?? "flush") : data.subarray(at + 4, at + length));
    at += Math.max(length, 4);
    if (untilFlush && length === 0) break;
  }
  return { packets, rest: data.subarray(at) };
}

const MARKERS = ["flush", "delimiter", "end"] as const;

export function writePacket(packet: Packet): Buffer {
  if (!Buffer.isBuffer(packet)) return Buffer.from(`000${MARKERS.indexOf(packet)}`);
  return Buffer.concat([Buffer.from((packet.length + 4).toString(16).padStart(4, "0")), packet]);
}
