import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { createSecureContext } from "node:tls";

/** A certificate and its private key, both as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority for one run: git is told to trust it, and nothing else does. */
export interface Authority {
  readonly cert: string;
  /** A certificate for one host; the same one each time it is asked. */
  readonly certificateFor: (host: string) => Certificate;
}

/**
 * Makes a certificate authority. Its key is never written anywhere.
 *
 * @example
 * const authority = makeAuthority();
 * createServer(authority.certificateFor("github.com"));
 */
export function makeAuthority(): Authority {
  const own = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issuer = name("flowkeep prove");
  const made = new Map<string, Certificate>();
  // The hosts share a key: it costs more to make than the certificates do.
  const shared = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = shared.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return {
    cert: certificate({
      subject: issuer,
      issuer,
      key: own.publicKey,
      signer: own.privateKey,
      serial: FIRST_SERIAL,
      use: AUTHORITY,
    }),
    certificateFor(host) {
      const known = made.get(host);
      if (known !== undefined) return known;
      const cert = certificate({
        subject: name(host.slice(0, MOST_OF_A_NAME)),
        issuer,
        key: shared.publicKey,
        signer: own.privateKey,
        serial: FIRST_SERIAL + made.size + 1,
        use: subjectNames(host),
      });
      made.set(host, { cert, key });
      return { cert, key };
    },
  };
}

/** Two bytes, the first of which neither is zero nor has its top bit set: X.690 wants no byte more than a number needs. */
const FIRST_SERIAL = 0x1000;

// A certificate is little more than its own structure, and what would write one for us brings a dozen packages along.
// RFC 5280 §4.1 for the fields, X.690 for how they are written.

/** RFC 5280, upper bounds: a common name has 64 characters at most. */
const MOST_OF_A_NAME = 64;

interface Fields {
  readonly subject: Buffer;
  readonly issuer: Buffer;
  readonly key: KeyObject;
  readonly signer: KeyObject;
  readonly serial: number;
  readonly use: Buffer;
}

function certificate({ subject, issuer, key, signer, serial, use }: Fields): string {
  const algorithm = sequence(oid("2a8648ce3d040302")); // ecdsa-with-SHA256
  // Equal every time, and needs no clock: what these certificates are good for ends with the run.
  const validity = sequence(tagged(0x17, Buffer.from("000101000000Z")), tagged(0x17, Buffer.from("491231235959Z")));
  const toBeSigned = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))), // version 3
    tagged(0x02, Buffer.from([serial >> 8, serial & 0xff])),
    algorithm,
    issuer,
    validity,
    subject,
    key.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(use)),
  );
  const signature = sign("sha256", toBeSigned, signer);
  const der = sequence(toBeSigned, algorithm, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function name(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(oid("550403"), tagged(0x0c, Buffer.from(commonName)))));
}

/** basicConstraints, critical: `CA:TRUE`. */
const AUTHORITY = sequence(
  oid("551d13"),
  tagged(0x01, Buffer.from([0xff])),
  tagged(0x04, sequence(tagged(0x01, Buffer.from([0xff])))),
);

/** subjectAltName, one name. */
function subjectNames(host: string): Buffer {
  return sequence(oid("551d11"), tagged(0x04, sequence(tagged(0x82, Buffer.from(host)))));
}

function oid(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, "hex"));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function tagged(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  return length < 0x100 ? Buffer.from([0x81, length]) : Buffer.from([0x82, length >> 8, length & 0xff]);
}

/** For a TLS server: a certificate for whichever name it is asked for. */
export function servesAnyName(authority: Authority) {
  return {
    ...authority.certificateFor("github.com"),
    SNICallback: (
      host: string,
      done: (error: Error | null, context?: ReturnType<typeof createSecureContext>) => void,
    ) => done(null, createSecureContext(authority.certificateFor(host))),
  };
}
