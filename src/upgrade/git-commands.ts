import type { Word } from "../shell/word.ts";
import { notPlain } from "./not-plain.ts";
import type { PlainPush, PlainScript } from "./plain-script.ts";
import { textOfWord, type StepVariables } from "./word-text.ts";

/** Takes in git's commands one after the other, as long as `push({ … })` can say the same. */
export class GitCommands {
  readonly paths: string[] = [];
  readonly urls = new Map<string, string>();
  commit: PlainScript["commit"];
  push: PlainPush | undefined;
  rebasedOnto: string | undefined;
  readonly #variables: StepVariables;
  readonly #author: { name: string | undefined; email: string | undefined } = { name: undefined, email: undefined };

  constructor(variables: StepVariables) {
    this.#variables = variables;
  }

  get author(): PlainScript["author"] {
    return this.#author;
  }

  /** @returns what it did @throws NotPlain */
  run(words: readonly Word[]): "print" | "push" | "other" {
    let at = 0;
    for (; this.#text(words[at]) === "-c"; at += 2) this.#setting(this.#text(words[at + 1]) ?? "");
    const command = this.#text(words[at]) ?? "";
    const rest = words.slice(at + 1);
    const args = (): readonly string[] => rest.map((word) => textOfWord(word, this.#variables));
    const names = (): readonly string[] => rest.map((word) => textOfWord(word, this.#variables, true));
    if (this.push !== undefined && command !== "status" && command !== "log")
      return notPlain(`the script goes on behind its push: \`git ${command}\``);
    switch (command) {
      case "config":
        this.#config(args());
        return "other";
      case "remote":
        this.#remote(names());
        return "other";
      case "add":
      case "stage":
        this.#add(args());
        return "other";
      case "commit":
        this.#commit(args());
        return "other";
      case "pull":
        this.#pull(names());
        return "other";
      case "push":
        this.#push(names());
        return "push";
      case "status":
      case "log":
      case "show":
      case "diff":
        return "print";
      default:
        return notPlain(
          command.startsWith("-")
            ? `\`git ${command}\` runs git in another way than a push does`
            : `the script does more than commit and push: \`git ${command}\``,
        );
    }
  }

  #text(word: Word | undefined): string | undefined {
    return word === undefined ? undefined : textOfWord(word, this.#variables);
  }

  /** `-c user.name=robot` */
  #setting(text: string): void {
    const equals = text.indexOf("=");
    this.#set(text.slice(0, equals), text.slice(equals + 1));
  }

  #config(args: readonly string[]): void {
    const rest = args.filter((arg) => !["--global", "--local", "--system", "--replace-all", "set"].includes(arg));
    const [key = "", value] = rest;
    if (rest.length !== 2 || value === undefined || key.startsWith("-"))
      return notPlain(`\`git config ${args.join(" ")}\` changes git's configuration`);
    this.#set(key, value);
  }

  #set(key: string, value: string): void {
    switch (key.toLowerCase()) {
      case "user.name":
        this.#author.name = value;
        return;
      case "user.email":
        this.#author.email = value;
        return;
      default:
        notPlain(`\`git config ${key}\` changes git's configuration`);
    }
  }

  #remote([command, ...args]: readonly string[]): void {
    const [name, url, ...more] = args.filter((arg) => arg !== "--push");
    if (command !== "set-url" || name === undefined || url === undefined || more.length > 0 || name.startsWith("-"))
      return notPlain(`the script does more than commit and push: \`git remote ${command}\``);
    this.urls.set(name, url);
  }

  #add(args: readonly string[]): void {
    if (this.commit !== undefined) notPlain("the script adds something behind its commit");
    const { options, operands } = splitOptions(args, []);
    for (const [option] of options) {
      if (!["-A", "--all", "-v", "--verbose"].includes(option))
        notPlain(`\`git add ${option}\` adds in another way than a push's commit does`);
    }
    const isAll = options.has("-A") || options.has("--all");
    if (operands.length === 0 && !isAll) notPlain("`git add` names no path");
    // Without a path `--all` is the whole repository, wherever it runs.
    for (const path of operands.length === 0 ? [":/"] : operands) {
      if (path.includes("\n")) notPlain("a path has several lines");
      if (!this.paths.includes(path)) this.paths.push(path);
    }
  }

  #commit(args: readonly string[]): void {
    if (this.commit !== undefined) notPlain("the script makes several commits");
    const { options, operands } = splitOptions(separate(args), ["-m", "--message"]);
    for (const [option] of options) {
      if (option === "-a" || option === "--all")
        notPlain("`git commit --all` leaves out new files, and the commit of a push does not");
      if (!["-m", "--message", "-q", "--quiet", "-n", "--no-verify"].includes(option))
        notPlain(`\`git commit ${option}\` commits in another way than a push does`);
    }
    if (operands.length > 0)
      notPlain("`git commit` with paths leaves out new files, and the commit of a push does not");
    if (this.paths.length === 0) notPlain("the commit holds what earlier steps have added");
    const messages = [...(options.get("-m") ?? []), ...(options.get("--message") ?? [])];
    // git-commit(1): several messages are paragraphs.
    const message = messages.join("\n\n");
    if (message.trim() === "") notPlain("the script writes the commit's message in another way than `--message`");
    this.commit = { message, noVerify: options.has("-n") || options.has("--no-verify") };
  }

  #pull(args: readonly string[]): void {
    const { options, operands } = splitOptions(args, []);
    const isRebase = options.has("--rebase") || options.has("-r");
    const others = [...options.keys()].filter(
      (option) => !["--rebase", "-r", "--autostash", "-q", "--quiet"].includes(option),
    );
    const [remote = "origin", branch = "", ...more] = operands;
    if (!isRebase || others.length > 0 || remote !== "origin" || more.length > 0)
      notPlain("`git pull` merges, and a push rebases where the branch has moved on");
    if (this.paths.length > 0 && this.commit === undefined) notPlain("`git pull` stands in front of the commit");
    this.rebasedOnto = branch;
  }

  #push(args: readonly string[]): void {
    const { options, operands } = splitOptions(separate(args), []);
    for (const [option, values] of options) {
      if (option === "-f" || option === "--force")
        notPlain("a plain force overwrites what others have pushed in between: say --force-with-lease first");
      if (option === "--force-with-lease" && values.some((value) => value !== ""))
        notPlain("the lease is given, and that of a push is what the server has");
      if (!["-u", "--set-upstream", "-q", "--quiet", "-v", "--verbose", "--force-with-lease"].includes(option))
        notPlain(`\`git push ${option}\` pushes in another way`);
    }
    const [remote, ...refspecs] = operands;
    for (const refspec of refspecs) {
      if (refspec.startsWith("+"))
        notPlain("a plain force overwrites what others have pushed in between: say --force-with-lease first");
      if (refspec.startsWith(":")) notPlain("the script deletes a ref");
      if (refspec.includes("*")) notPlain("the refs to push are a pattern");
      if (refspec === "tag" || refspec.includes("\n")) notPlain("the script names its refs in another way");
    }
    this.push = {
      remote,
      refspecs,
      withLease: options.has("--force-with-lease"),
      setsUpstream: options.has("-u") || options.has("--set-upstream"),
    };
  }
}

interface Arguments {
  /** By name; the values of those that take one. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
}

function splitOptions(args: readonly string[], withValue: readonly string[]): Arguments {
  const options = new Map<string, string[]>();
  const operands: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "--") {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (!arg.startsWith("-") || arg === "-") {
      operands.push(arg);
      continue;
    }
    const [, name = arg, value] = /^(--[\w-]+)=([^]*)$/.exec(arg) ?? [];
    const given = value ?? (withValue.includes(name) ? (args[++at] ?? "") : "");
    options.set(name, [...(options.get(name) ?? []), given]);
  }
  return { options, operands };
}

/** `-qm text` is `-q -m text`, and `-mtext` is `-m text`: git's own way with options of one letter. */
function separate(args: readonly string[]): readonly string[] {
  return args.flatMap((arg) => {
    if (!/^-[a-zA-Z]{2,}/.test(arg)) return [arg];
    const letters: string[] = [];
    for (let at = 1; at < arg.length; at++) {
      letters.push(`-${arg[at]}`);
      if (arg[at] === "m" && at + 1 < arg.length) return [...letters, arg.slice(at + 1)];
    }
    return letters;
  });
}
