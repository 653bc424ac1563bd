import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";

/** What git-lfs asks before a push: which objects to upload (none: the server has them), and whose locks there are (nobody's). */
export async function serveLfs(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = (await json(request)) as { objects?: readonly { readonly oid: string; readonly size: number }[] };
  const answer = request.url?.endsWith("/objects/batch")
    ? { transfer: "basic", objects: (asked.objects ?? []).map(({ oid, size }) => ({ oid, size })) }
    : { ours: [], theirs: [] };
  response.writeHead(200, { "content-type": "application/vnd.git-lfs+json" }).end(JSON.stringify(answer));
}
