// What a trial of `flowkeep prove` has in the place of ssh.
import { runSsh } from "../prove/ssh/ssh-client.ts";

process.stdout.on("error", () => process.exit(1));
const { env, stdin, stdout, stderr } = process;
process.exit(await runSsh(process.argv.slice(2), { env, cwd: process.cwd(), stdin, stdout, stderr }));
