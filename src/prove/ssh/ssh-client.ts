import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { offeredKeys, type SshPlace } from "./offered-keys.ts";
import { fingerprint } from "./ssh-key.ts";
import { readSshCall, withConfig } from "./ssh-options.ts";

/** What stands in for ssh on the throw-away runner asks the server: one line of JSON. */
export interface SshRequest {
  readonly host: string;
  readonly command: string;
  /** Of the keys, in the order in which they are offered. */
  readonly fingerprints: readonly string[];
  /** `GIT_PROTOCOL` */
  readonly protocol: string | undefined;
}

/** What the server answers: one line of JSON, and behind it what the command says. */
export interface SshAnswer {
  /** Undefined: the command runs. */
  readonly refused: string | undefined;
}

/** What ssh has of the world outside. */
export interface SshWorld extends SshPlace {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/**
 * Does what ssh does, as far as it decides who is seen: finds the keys that OpenSSH would offer, in its order, and asks the server, on a
 * port of the loopback interface, with their fingerprints. Nothing is encrypted; no key leaves the machine.
 *
 * @returns the exit code
 */
export async function runSsh(args: readonly string[], world: SshWorld): Promise<number> {
  const { env, stderr } = world;
  const given = readSshCall(args);
  const call = withConfig(given, readConfig(given.config, env));
  const { keys, warnings } = offeredKeys(call, world);
  for (const warning of warnings) stderr.write(`${warning}\n`);
  const request: SshRequest = {
    host: call.options.get("hostname") ?? call.host.replace(/^[^@]*@/, ""),
    command: call.command,
    fingerprints: keys.map(fingerprint),
    protocol: env["GIT_PROTOCOL"],
  };
  return talk(Number(env["FLOWKEEP_SSH_PORT"]), request, world);
}

function readConfig(file: string | undefined, env: SshPlace["env"]): string {
  try {
    return readFileSync(file ?? join(env["HOME"] ?? "/", ".ssh/config"), "utf8");
  } catch {
    return "";
  }
}

function talk(port: number, request: SshRequest, { stdin, stdout, stderr }: SshWorld): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    let head = Buffer.alloc(0);
    socket.on("error", (error) => {
      stderr.write(`ssh: connect to host ${request.host} port 22: ${error.message}\n`);
      resolve(255);
    });
    socket.write(`${JSON.stringify(request)}\n`);
    const onHead = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf("\n");
      if (end < 0) return;
      socket.off("data", onHead);
      socket.pause();
      const { refused } = JSON.parse(head.toString("utf8", 0, end)) as SshAnswer;
      if (refused !== undefined) {
        stderr.write(`${refused}\n`);
        socket.destroy();
        resolve(255);
        return;
      }
      stdout.write(head.subarray(end + 1));
      socket.pipe(stdout);
      stdin.pipe(socket);
      socket.on("end", () => resolve(0));
    };
    socket.on("data", onHead);
  });
}
