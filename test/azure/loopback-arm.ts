import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { pour } from "../pour.ts";

/** What the server does with one request: an answer, or a fault of the connection. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is; an object is sent as JSON. */
  readonly body?: unknown;
  /** Without the number that Azure gives each of its answers: a proxy's answer. */
  readonly unnumbered?: boolean;
  /** Packed with gzip, for a client that takes it. */
  readonly gzip?: boolean;
  /**
   * `reset`: cut before an answer. `reset-mid-body`: cut half way. `drip`: a byte now and then, never the end.
   * `silence`: nothing. `endless`: the body again and again, as fast as the client reads, never the end.
   */
  readonly fault?: "reset" | "reset-mid-body" | "drip" | "silence" | "endless";
}

/** The operations of Azure Resource Manager that the server knows; each has its own script. */
export type Operation =
  | "effectiveRouteTable"
  | "operationResults"
  | "networkInterfaces"
  | "networkInterface"
  | "scaleSets"
  | "scaleSetNics"
  | "instanceNics"
  | "instanceNic"
  | "subnet"
  | "networkWatchers"
  | "nextHop"
  | "connectivityCheck"
  | "serviceTags"
  | "subscriptions"
  | "resourceGraph"
  | "hubRoutes"
  | "gatewayRoutes"
  | "gatewayPeers"
  | "routeServerRoutes"
  | "circuitRoutes"
  | "operations"
  | "resources"
  | "metadata"
  | "other";

export interface Seen {
  readonly operation: Operation;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly apiVersion: string | null;
  readonly authorization: string | null;
  readonly acceptEncoding: string | null;
  readonly body: string;
  /** Resolves when the client leaves before the answer has ended. */
  readonly left: Promise<void>;
}

export interface LoopbackArm {
  /** `http://127.0.0.1:PORT`, or https with a certificate. */
  readonly url: string;
  readonly seen: readonly Seen[];
  /** Answers every request but those for which it gives null: a whole Azure, such as `SyntheticAzure`. */
  serve(azure: (request: Seen) => Reply | null): void;
  /** Answers by the path of the request. */
  answer(operation: Operation, reply: (path: string) => Reply): void;
  /** Answers in turn to one operation; the last one repeats. */
  script(operation: Operation, ...replies: readonly Reply[]): void;
  /** Resolves when the operation is asked for the next time. */
  asked(operation: Operation): Promise<void>;
  /** The `Location` that a 202 names. */
  location(): string;
  close(): Promise<void>;
}

const PATHS: readonly (readonly [path: RegExp, operation: Operation])[] = [
  [/\/networkInterfaces\/[^/]+\/effectiveRouteTable$/i, "effectiveRouteTable"],
  [/\/operationResults\/[^/]+$/i, "operationResults"],
  [/\/providers\/Microsoft\.Network\/networkInterfaces$/i, "networkInterfaces"],
  [/\/providers\/Microsoft\.Compute\/virtualMachineScaleSets$/i, "scaleSets"],
  [/\/virtualMachineScaleSets\/[^/]+\/networkInterfaces$/i, "scaleSetNics"],
  [/\/virtualMachineScaleSets\/[^/]+\/virtualMachines\/\d+\/networkInterfaces$/i, "instanceNics"],
  [/\/virtualMachineScaleSets\/[^/]+\/virtualMachines\/\d+\/networkInterfaces\/[^/]+$/i, "instanceNic"],
  [/\/networkInterfaces\/[^/]+$/i, "networkInterface"],
  [/\/subnets\/[^/]+$/i, "subnet"],
  [/\/providers\/Microsoft\.Network\/networkWatchers$/i, "networkWatchers"],
  [/\/networkWatchers\/[^/]+\/nextHop$/i, "nextHop"],
  [/\/networkWatchers\/[^/]+\/connectivityCheck$/i, "connectivityCheck"],
  [/\/locations\/[^/]+\/serviceTags$/i, "serviceTags"],
  [/^\/subscriptions$/i, "subscriptions"],
  [/^\/providers\/Microsoft\.ResourceGraph\/resources$/i, "resourceGraph"],
  [/\/virtualHubs\/[^/]+\/effectiveRoutes$/i, "hubRoutes"],
  [/\/virtualNetworkGateways\/[^/]+\/get(Learned|Advertised)Routes$/i, "gatewayRoutes"],
  [/\/virtualNetworkGateways\/[^/]+\/getBgpPeerStatus$/i, "gatewayPeers"],
  [/\/virtualHubs\/[^/]+\/bgpConnections\/[^/]+\/(learned|advertised)Routes$/i, "routeServerRoutes"],
  [/\/expressRouteCircuits\/[^/]+\/peerings\/[^/]+\/routeTables(Summary)?\/(primary|secondary)$/i, "circuitRoutes"],
  [/\/locations\/[^/]+\/operations\/[^/]+$/i, "operations"],
  [/^\/subscriptions\/[^/]+\/resources$/i, "resources"],
  [/^\/metadata\/endpoints$/i, "metadata"],
];

/** Azure's error body. */
export function armError(code: string, message: string): unknown {
  return { error: { code, message, details: [] } };
}

/**
 * An Azure Resource Manager on this machine, with the headers that recorded answers have. It wants `Bearer` and the
 * token, as Azure does, and answers 401 otherwise, except to those who ask where to sign in. What has no script is 404,
 * like a resource that is not there.
 */
export async function startLoopbackArm(options: {
  token: string;
  tls?: { key: string; cert: string };
}): Promise<LoopbackArm> {
  const scripts = new Map<Operation, Reply[]>();
  const answers = new Map<Operation, (path: string) => Reply>();
  let served: (request: Seen) => Reply | null = () => null;
  const seen: Seen[] = [];
  const waiting = new Map<Operation, () => void>();
  let url = "";
  const location = () =>
    `${url}/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Network/locations/eastus/operationResults/00000000-0000-0000-0000-000000000001?api-version=2025-05-01`;

  const listener: RequestListener = async (request, response) => {
    const asked = new URL(request.url ?? "/", url);
    const operation = PATHS.find(([path]) => path.test(asked.pathname))?.[1] ?? "other";
    const authorization = request.headers.authorization ?? null;
    const received: Seen = {
      operation,
      method: request.method ?? "",
      path: asked.pathname,
      query: asked.searchParams,
      apiVersion: asked.searchParams.get("api-version"),
      authorization,
      acceptEncoding: request.headers["accept-encoding"]?.toString() ?? null,
      body: await textOf(request),
      left: new Promise((resolve) => {
        response.once("close", () => response.writableFinished || resolve());
      }),
    };
    seen.push(received);
    waiting.get(operation)?.();
    if (operation !== "metadata" && authorization !== `Bearer ${options.token}`)
      return send(response, UNAUTHORISED, url);
    const script = scripts.get(operation) ?? [NOT_THERE];
    const byPath = served(received) ?? answers.get(operation)?.(asked.pathname);
    const reply = byPath ?? (script.length > 1 ? script.shift() : script[0]) ?? NOT_THERE;
    const takesGzip = /\bgzip\b/.test(request.headers["accept-encoding"]?.toString() ?? "");
    send(response, { ...reply, gzip: reply.gzip === true && takesGzip }, url);
  };

  const server = options.tls === undefined ? createHttpServer(listener) : createHttpsServer(options.tls, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  url = options.tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`;
  return {
    url,
    seen,
    location,
    asked: (operation) => new Promise((resolve) => waiting.set(operation, resolve)),
    serve: (azure) => {
      served = azure;
    },
    answer: (operation, reply) => answers.set(operation, reply),
    script: (operation, ...replies) => scripts.set(operation, [...replies]),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const UNAUTHORISED: Reply = {
  status: 401,
  headers: {
    "www-authenticate": 'Bearer authorization_uri="https://login.microsoftonline.com/common", error="invalid_token"',
  },
  body: armError("InvalidAuthenticationToken", "The access token is invalid."),
};
const NOT_THERE: Reply = { status: 404, body: armError("ResourceNotFound", "The Resource was not found.") };

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, reply: Reply, url: string): void {
  const { status = 200, headers = {}, body = "", gzip = false, unnumbered = false, fault } = reply;
  if (fault === "silence") return;
  if (fault === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  const text = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  const sent = gzip ? gzipSync(text, { level: 1 }) : text;
  const named = Object.entries(headers).map(([name, value]) => [name, value.replaceAll("{url}", url)] as const);
  response.writeHead(status, {
    "cache-control": "no-cache",
    "content-type": "application/json; charset=utf-8",
    ...(fault === "endless" ? {} : { "content-length": sent.length }),
    ...(gzip ? { "content-encoding": "gzip" } : {}),
    ...(unnumbered ? {} : { "x-ms-request-id": "00000000-0000-0000-0000-000000000002" }),
    ...Object.fromEntries(named),
  });
  if (fault === undefined) {
    response.end(sent);
    return;
  }
  if (fault === "endless") {
    pour(response, sent);
    return;
  }
  response.write(sent.subarray(0, Math.max(1, sent.length >> 1)));
  if (fault === "reset-mid-body") setImmediate(() => response.socket?.resetAndDestroy());
}
