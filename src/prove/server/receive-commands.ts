import type { Readable } from "node:stream";
import { readPackets } from "./packet-lines.ts";

/** One ref that a push wants to move, make or delete. */
export interface RefUpdate {
  readonly ref: string;
  readonly old: string;
  readonly new: string;
}

/** The id of nothing: the old one of a ref that is made, the new one of a ref that is deleted. */
export const NO_OBJECT = /^0+$/;

/**
 * The ref updates at the begin of what a push sends: gitprotocol-pack(5), "Reference Update Request".
 *
 * @returns undefined while they are not all there
 */
function readCommands(data: Buffer): readonly RefUpdate[] | undefined {
  const { packets } = readPackets(data, true);
  if (packets.at(-1) !== "flush") return undefined;
  return packets.flatMap((packet) => {
    if (!Buffer.isBuffer(packet)) return [];
    const [line = ""] = packet.toString().split("\0", 1);
    const [, old, made, ref] = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (.+?)\n?$/.exec(line) ?? [];
    return old === undefined || made === undefined || ref === undefined ? [] : [{ ref, old, new: made }];
  });
}

/**
 * Reads what a push sends as far as its ref updates, behind `head`, and leaves the rest in the stream.
 *
 * @returns no updates where it ends before they are all there
 */
export async function readUpdates(rest: Readable, head: Buffer = Buffer.alloc(0)) {
  let read = head;
  let updates: readonly RefUpdate[] | undefined;
  for await (const chunk of rest.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    read = Buffer.concat([read, chunk]);
    updates = readCommands(read);
    if (updates !== undefined) break;
  }
  return { head: read, updates: updates ?? [], rest };
}
