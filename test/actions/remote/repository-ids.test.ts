import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readRepositoryIds } from "../../../src/actions/remote/repository-ids.ts";

const ANSWERS: Readonly<Record<string, readonly [status: number, body: string]>> = {
  "/repos/octo/good": [200, '{ "id": 8, "owner": { "id": 7 } }'],
  "/repos/octo/moved": [301, ""],
  "/repos/octo/private": [404, "{}"],
  "/repos/octo/broken": [200, "<html>"],
  "/repos/octo/strange": [200, '{ "id": "8", "owner": { "id": -7 } }'],
  "/repos/octo/endless": [200, "x".repeat(5000)],
};

let http: Server;
let url: string;
const seen: (string | undefined)[] = [];
beforeAll(async () => {
  http = createServer((request, response) => {
    seen.push(request.headers.authorization);
    const [status, body] = ANSWERS[request.url ?? ""] ?? [500, ""];
    if (request.url === "/repos/octo/silent") return;
    response.writeHead(status, status === 301 ? { location: "http://127.0.0.1:9/elsewhere" } : {}).end(body);
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterAll(() => {
  http.closeAllConnections();
  http.close();
});

const LIMITS = { timeout: 60_000, parallel: 2, mostFile: 4000 };

it("takes GitHub's numbers, and says of each repository why there are none", async () => {
  const names = ["good", "moved", "private", "broken", "strange", "endless"].map((name) => `octo/${name}`);
  const { ids, notes } = await readRepositoryIds(names, { url, token: "ghs_secret" }, LIMITS);
  expect([...ids]).toEqual([["octo/good", { owner_id: 7, repo_id: 8 }]]);
  expect(notes.map((note) => note.replace(/^GitHub's numbers of (\S+) are not known: /, "$1 "))).toEqual([
    "octo/moved it has another name now",
    "octo/private the API answers 404",
    "octo/broken the API's answer is no JSON",
    "octo/strange the API's answer has no numbers",
    expect.stringMatching(/^octo\/endless 127\.0\.0\.1:\d+ gave no answer/) as string,
  ]);
  expect(new Set(seen)).toEqual(new Set(["Bearer ghs_secret"]));
  expect(notes.join()).not.toContain("ghs_secret");
  const silent = await readRepositoryIds(["octo/silent"], { url, token: "ghs_secret" }, { ...LIMITS, timeout: 50 });
  expect(silent.notes[0]).toContain("gave no answer (TimeoutError)");
  const gone = await readRepositoryIds(["octo/good"], { url: "http://127.0.0.1:9", token: "x" }, LIMITS);
  expect(gone.notes[0]).toMatch(/gave no answer \((?:ECONNREFUSED|TypeError)\)/);
});
