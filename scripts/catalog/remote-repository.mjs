// Reads a repository over git's own protocol: its refs, and single files of single commits. Nothing of it is checked out or run.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

const MANIFESTS = ["action.yml", "action.yaml"];
const MOST_BYTES = 1 << 20;
const COMMAND_TIMEOUT = 120_000;
/** What git needs of our surroundings to reach the network; nothing that carries a credential. */
const NETWORK = /^(?:(?:https?|all|no)_proxy|SSL_CERT_(?:FILE|DIR)|GIT_SSL_CAINFO|CURL_CA_BUNDLE)$/i;

/** Why a repository, or a version of it, could not be read. */
export class Unreadable extends Error {}

export class RemoteRepository {
  #url;
  #folder;
  #fetched = new Map();

  /** `folder` is an empty one for a bare repository. */
  constructor(url, folder) {
    this.#url = url;
    this.#folder = folder;
  }

  /** `{ tags, heads }`, each from name to commit. Names that could mean something else to git are left out. */
  async refs() {
    await this.#git("init", "--quiet", "--bare", "--template=", ".");
    await this.#git("config", "remote.origin.url", this.#url);
    const { stdout } = await this.#git("ls-remote", "--quiet", "--heads", "--tags", "origin");
    const refs = { tags: new Map(), heads: new Map() };
    for (const line of stdout.split("\n")) {
      const [, sha, kind, name, peeled] =
        /^([0-9a-f]{40})\trefs\/(tags|heads)\/(\w[\w./+-]*?)(\^\{\})?$/.exec(line) ?? [];
      // An annotated tag is listed twice, behind its own line with the commit that it stands for.
      if (sha !== undefined && (peeled !== undefined || !refs[kind].has(name))) refs[kind].set(name, sha);
    }
    return refs;
  }

  /** The text of the action's manifest in a folder (`""` is the top) at a ref: `tags/v1.0.0`, which is at this commit. */
  async manifest(ref, sha, folder) {
    await this.#fetch(ref, sha);
    for (const name of MANIFESTS) {
      const path = folder === "" ? name : `${folder}/${name}`;
      const { stdout } = await this.#git("ls-tree", "-z", "--full-tree", sha, "--", path);
      const [, mode, blob] = /^(\d+) blob ([0-9a-f]{40})\t/.exec(stdout) ?? [];
      if (mode === "120000") throw new Unreadable(`${path} is a symbolic link`);
      if (blob === undefined) continue;
      const { stdout: text } = await this.#git("cat-file", "blob", blob);
      return { path, text };
    }
    throw new Unreadable(`there is no ${MANIFESTS.join(" or ")}${folder === "" ? "" : ` in ${folder}`}`);
  }

  /** One commit without its files: those come one by one when they are asked for. */
  async #fetch(ref, sha) {
    if (!this.#fetched.has(ref)) {
      const refspec = `+refs/${ref}:refs/read/${ref}`;
      const options = ["--quiet", "--depth=1", "--filter=blob:none", "--no-tags", "--no-recurse-submodules"];
      this.#fetched.set(
        ref,
        this.#git("fetch", ...options, "--no-auto-maintenance", "origin", refspec).then(() =>
          this.#git("rev-parse", "--verify", "--quiet", `refs/read/${ref}^{commit}`),
        ),
      );
    }
    const { stdout } = await this.#fetched.get(ref);
    if (stdout.trim() !== sha) throw new Unreadable("it was moved while it was read");
  }

  async #git(...args) {
    const safe = ["-c", "core.hooksPath=/dev/null", "-c", "credential.helper=", "-c", "http.lowSpeedLimit=1000"];
    try {
      return await run("git", [...safe, "-c", "http.lowSpeedTime=30", ...args], {
        cwd: this.#folder,
        env: this.#environment(),
        timeout: COMMAND_TIMEOUT,
        killSignal: "SIGKILL",
        maxBuffer: args[0] === "cat-file" ? MOST_BYTES : 64 * MOST_BYTES,
      });
    } catch (error) {
      throw new Unreadable(`git ${args[0]}: ${explain(error)}`);
    }
  }

  #environment() {
    const network = Object.entries(process.env).filter(([name]) => NETWORK.test(name));
    return {
      ...Object.fromEntries(network),
      PATH: process.env.PATH,
      HOME: this.#folder,
      LC_ALL: "C",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_TERMINAL_PROMPT: "0",
      GIT_ALLOW_PROTOCOL: new URL(this.#url).protocol.slice(0, -1),
    };
  }
}

function explain({ killed, code, stderr, message }) {
  if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return "it is too large";
  if (killed) return `no answer in ${COMMAND_TIMEOUT / 1000} s`;
  const said = (stderr ?? "").split("\n").find((line) => /^(?:fatal|error|remote):/.test(line));
  // GitHub asks for a password where it could also say that there is nothing.
  if (/could not read Username/.test(said ?? "")) return "there is no such public repository";
  // A host that was given with a password keeps it to itself.
  return (said ?? message.split("\n")[0]).replace(/\/\/[^/@\s]+@/g, "//");
}
