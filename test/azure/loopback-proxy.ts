import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

export interface LoopbackProxy {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The `host:port` of each tunnel, in their order. */
  readonly tunnels: readonly string[];
  /** The addresses that were asked for in plain http. */
  readonly plain: readonly string[];
  close(): Promise<void>;
}

/**
 * An http proxy on this machine. `ports` says which port of this machine answers for a host; it knows no other host.
 */
export async function startLoopbackProxy(ports: Readonly<Record<string, number>> = {}): Promise<LoopbackProxy> {
  const tunnels: string[] = [];
  const plain: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    plain.push(request.url ?? "");
    response.writeHead(502).end();
  });
  server.on("connect", (request: IncomingMessage, client: Socket) => {
    const target = request.url ?? "";
    tunnels.push(target);
    const port = ports[target.replace(/:\d+$/, "")];
    if (port === undefined) {
      client.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
      return;
    }
    const upstream = connect(port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        client.destroy();
        upstream.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    plain,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
