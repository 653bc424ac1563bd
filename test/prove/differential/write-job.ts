import type { Op } from "./random-job.ts";

const ENV = `env:
  PAT: \${{ secrets.PAT }}
  OTHER: \${{ secrets.OTHER }}
  JOB: \${{ github.token }}
`;

/** The job as a workflow. Every push goes to a branch of its own, and whether it lands or not, the job goes on. */
export function writeJob(ops: readonly Op[]): string {
  const dirs = ["."];
  const steps: string[] = [];
  let pushes = 0;
  const run = (lines: readonly string[], directory?: string): void => {
    const where = directory === undefined || directory === "." ? "" : `        working-directory: ${directory}\n`;
    const script = lines.map((line) => `          ${line}\n`).join("");
    steps.push(`      - env:\n          APP: \${{ steps.app.outputs.token }}\n${where}        run: |\n${script}`);
  };
  const inDirectory = (way: string, dir: string, command: (prefix: string) => string): void => {
    if (dir === "." || way === "working-directory") return run([command("")], dir);
    if (way === "-C" && command("-C x").startsWith("git ")) return run([command(`-C ${dir}`)]);
    run([way === "subshell" ? `(cd ${dir} && ${command("")}) || true` : `cd ${dir} && ${command("")}`]);
  };
  for (const op of ops) {
    const dir = "dir" in op ? (dirs[op.dir % dirs.length] ?? ".") : ".";
    switch (op.kind) {
      case "checkout": {
        steps.push(checkoutStep(op));
        if (op.path !== undefined && !dirs.includes(op.path)) dirs.push(op.path);
        break;
      }
      case "shell":
        inDirectory(
          op.way,
          dir,
          (prefix) =>
            `${op.command.replace(/^git /, `git ${prefix} `).replace(/ +/g, " ")}${op.mayFail ? " || true" : ""}`,
        );
        break;
      case "make": {
        const top = '"$GITHUB_WORKSPACE"';
        run([`${op.how.replaceAll("DIR", dir).replaceAll("TOP", top).replaceAll("NAME", op.name)} || true`]);
        if (!dirs.includes(op.name)) dirs.push(op.name);
        break;
      }
      case "export":
        run([`echo "${op.name}=${op.value}" >> "$GITHUB_ENV"`]);
        break;
      case "push": {
        const target = op.remote === "" ? "" : ` HEAD:refs/heads/pushed-${pushes++}`;
        const options = op.options.join(" ");
        inDirectory(op.way, dir, (prefix) =>
          `git ${prefix} ${options} push ${op.flag} ${op.remote}${target} || true`.replace(/ +/g, " "),
        );
        break;
      }
    }
  }
  return `on: push
permissions:
  contents: write
${ENV}jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - id: app
        uses: actions/create-github-app-token@v2
        with:
          app-id: 1
          private-key: \${{ secrets.KEY }}
${steps.join("")}`;
}

function checkoutStep(op: Extract<Op, { kind: "checkout" }>): string {
  const inputs = [
    ["path", op.path],
    ["repository", op.repository],
    ["token", op.token],
    ["persist-credentials", op.persist],
    ["clean", op.clean ? undefined : "false"],
    ["fetch-depth", op.full ? "0" : undefined],
  ].filter((input) => input[1] !== undefined);
  const given = inputs.map(([name, text]) => `          ${name}: ${text}\n`).join("");
  return `      - uses: actions/checkout@${op.version}\n${given === "" ? "" : `        with:\n${given}`}`;
}
