import { createHash, createPrivateKey, createPublicKey } from "node:crypto";

/**
 * A private key for ssh that anybody can make again, and so protects nothing: equal names give equal keys. It is in the form that
 * `ssh-keygen` writes (PROTOCOL.key of OpenSSH), so that programs which read keys take it.
 */
export function makeSshKey(name: string): string {
  const seed = createHash("sha256").update(`flowkeep prove ${name}`).digest();
  // RFC 8410: what stands in front of an Ed25519 key's 32 bytes in PKCS #8.
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  const open = spki.subarray(-32);
  const type = text("ssh-ed25519");
  const publicKey = Buffer.concat([type, bytes(open)]);
  const check = seed.subarray(0, 4);
  const secret = Buffer.concat([check, check, type, bytes(open), bytes(Buffer.concat([seed, open])), text(name)]);
  // RFC 4253 pads with 1, 2, 3 … to the cipher's block, 8 where there is none.
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, at) => at + 1));
  const content = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    text("none"),
    text("none"),
    text(""),
    Buffer.from([0, 0, 0, 1]),
    bytes(publicKey),
    bytes(Buffer.concat([secret, padding])),
  ]);
  const lines = content.toString("base64").match(/.{1,70}/g) ?? [];
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join("\n")}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

function bytes(content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

function text(content: string): Buffer {
  return bytes(Buffer.from(content));
}

/** What a key is known by, however its lines end. */
export function fingerprint(key: string): string {
  return createHash("sha256").update(key.replace(/\s+/g, "")).digest("hex");
}

const KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*-----END [A-Z ]*PRIVATE KEY-----/g;

/** The keys in a text, as they stand there one after the other. */
export function keysIn(content: string): readonly string[] {
  return content.match(KEY) ?? [];
}
