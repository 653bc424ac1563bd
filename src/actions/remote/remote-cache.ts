import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * What was read of repositories, in a folder of the user. Texts lie under the digest of what is in them, so that one that was
 * damaged is noticed; what a name stands for is a text of its own. Everything here can be read again: nothing that goes wrong with
 * it is an error.
 */
export class RemoteCache {
  readonly #folder: string | undefined;

  constructor(folder: string | undefined) {
    this.#folder = folder && join(folder, "actions-1");
  }

  /** The text that was kept under a key, where it is whole. */
  async read(key: readonly string[]): Promise<string | undefined> {
    if (this.#folder === undefined) return undefined;
    const hash = await this.#load(keyFile(this.#folder, key));
    if (hash === undefined || !/^[0-9a-f]{64}$/.test(hash)) return undefined;
    const text = await this.#load(textFile(this.#folder, hash));
    return text === undefined || digestOf(text) !== hash ? undefined : text;
  }

  async write(key: readonly string[], text: string): Promise<void> {
    if (this.#folder === undefined) return;
    const hash = digestOf(text);
    await this.#save(textFile(this.#folder, hash), text);
    await this.#save(keyFile(this.#folder, key), hash);
  }

  async #load(file: string): Promise<string | undefined> {
    try {
      return await readFile(file, "utf8");
    } catch {
      return undefined;
    }
  }

  /** Beside it and renamed: another run finds the old text or the new one. */
  async #save(file: string, text: string): Promise<void> {
    const beside = `${file}.${randomUUID()}`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(beside, text, { flag: "wx" });
      await rename(beside, file);
    } catch {
      await rm(beside, { force: true }).catch(() => undefined);
    }
  }
}

function keyFile(folder: string, [kind = "", ...rest]: readonly string[]): string {
  return join(folder, kind, digestOf(JSON.stringify(rest)));
}

function textFile(folder: string, hash: string): string {
  return join(folder, "texts", hash.slice(0, 2), hash);
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
