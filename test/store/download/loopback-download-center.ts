import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { pour } from "../../pour.ts";

/** How the server answers one request; see `ANSWERS` for the ready-made ones. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** The path of every page. */
export const PAGE_PATH = "/en-us/download/details.aspx";
const IDS: Readonly<Record<string, string>> = { "56519": "Public", "57063": "AzureGovernment", "57062": "China" };

/**
 * A Download Center on this machine: a page per cloud that names the week's file, and the file. Every answer can be
 * replaced, by path, to make any fault. VNET_EXPLAIN_DOWNLOAD_CENTER (or `downloadPolicy`) takes its `origin`.
 */
export class LoopbackDownloadCenter {
  /** Paths asked for, in order. */
  readonly asked: string[] = [];
  /** Replaced answers: the queue of a path is used up from its front, its last entry for ever. */
  readonly answers = new Map<string, Answer[]>();
  /** The week's file per cloud name in the file's name. */
  readonly files = new Map<string, string>();
  date = "20251110";
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => this.#answer(request, response));
  }

  static async start(): Promise<LoopbackDownloadCenter> {
    const server = createServer({ keepAlive: false });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new LoopbackDownloadCenter(server);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  get origin(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  }

  filePath(cloud: string): string {
    return `/download/7/1/d/71d86715-5596-4529-9b13-da13a5de5b63/ServiceTags_${cloud}_${this.date}.json`;
  }

  /** Answers a path in these ways, one after the other; the last one stays. */
  answer(path: string, ...answers: Answer[]): void {
    this.answers.set(path, answers);
  }

  /** Forgets replaced answers and what was asked. */
  reset(): void {
    this.answers.clear();
    this.asked.length = 0;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "/", this.origin);
    this.asked.push(url.pathname);
    this.#choose(url)(request, response);
  }

  #choose(url: URL): Answer {
    const queue = this.answers.get(url.pathname);
    const replaced = queue !== undefined && queue.length > 1 ? queue.shift() : queue?.[0];
    if (replaced !== undefined) return replaced;
    const cloud = url.pathname === PAGE_PATH ? IDS[url.searchParams.get("id") ?? ""] : undefined;
    if (cloud !== undefined) return ANSWERS.html(this.page(cloud));
    const file = [...this.files].find(([name]) => url.pathname === this.filePath(name));
    return file === undefined ? ANSWERS.status(404) : ANSWERS.json(file[1]);
  }

  /** The page as the Download Center writes it: the link in a script's JSON and in an anchor. */
  page(cloud: string): string {
    const link = `${this.origin}${this.filePath(cloud)}`;
    const details = JSON.stringify({
      dlcDetailsView: { downloadFile: [{ name: `ServiceTags_${cloud}.json`, url: link }] },
    });
    return `<!DOCTYPE html><html><script>window.__DLCDetails__=${details}</script><a href="${link}">Download</a></html>`;
  }
}

/** The faults, and what is no fault. */
export const ANSWERS = {
  json:
    (text: string): Answer =>
    (_, response) => {
      response
        .writeHead(200, { "content-type": "application/octet-stream", "content-length": Buffer.byteLength(text) })
        .end(text);
    },
  html:
    (text: string): Answer =>
    (_, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(text);
    },
  gzip:
    (text: string, isAnnounced = false): Answer =>
    (_, response) => {
      const packed = gzipSync(text);
      const length = isAnnounced ? { "content-length": packed.length } : {};
      response.writeHead(200, { "content-encoding": "gzip", ...length }).end(packed);
    },
  /** Exactly these bytes as the whole conversation, then the end of the connection. */
  raw:
    (bytes: Uint8Array): Answer =>
    (request) => {
      request.socket.end(bytes);
    },
  status:
    (status: number): Answer =>
    (_, response) => {
      response.writeHead(status, { "content-type": "text/html" }).end("<html>\u001b[31mno</html>");
    },
  redirect:
    (location: string, status = 302): Answer =>
    (_, response) => {
      response.writeHead(status, { location }).end();
    },
  /** Says nothing, for ever. */
  silent: (): Answer => () => undefined,
  /** One byte at a time, for ever. */
  drip: (): Answer => (_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(" "), 5);
    response.on("close", () => clearInterval(timer));
  },
  /** Announces more than it sends, then closes. */
  cutOff:
    (text: string, at: number): Answer =>
    (_, response) => {
      response.writeHead(200, { "content-length": Buffer.byteLength(text) });
      response.write(text.slice(0, at), () => response.destroy());
    },
  reset: (): Answer => (request) => {
    request.socket.resetAndDestroy();
  },
  endless: (): Answer => (_, response) => {
    response.writeHead(200);
    pour(response, Buffer.alloc(64 * 1024, " "));
  },
  announced:
    (length: number): Answer =>
    (_, response) => {
      response.writeHead(200, { "content-length": length });
      response.write("{");
    },
  /** A few kilobytes that unpack to as many megabytes as named, of one character. */
  gzipBomb: (megabytes: number, of = " "): Answer => {
    const packed = gzipSync(Buffer.alloc(megabytes * 1024 * 1024, of), { level: 9 });
    return (_, response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-length": packed.length }).end(packed);
    };
  },
  encoded:
    (encoding: string, text: string): Answer =>
    (_, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(text);
    },
} as const;
