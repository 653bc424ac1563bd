import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Lets a server be a proxy whose every tunnel ends at another server of this process, whatever host it was asked for. Connections to
 * port 80 stay with the first.
 */
export function acceptTunnels(proxy: Server, inner: Server): void {
  proxy.on("connect", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (head.length > 0) socket.unshift(head);
    const isPlain = request.url?.endsWith(":80") === true;
    (isPlain ? proxy : inner).emit("connection", socket);
  });
}
