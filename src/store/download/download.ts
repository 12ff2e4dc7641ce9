import * as http from "node:http";
import * as https from "node:https";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream";
import type { SecureContext } from "node:tls";
import { createGunzip } from "node:zlib";
import { holdsTooManyValues, MOST_VALUES } from "../../text/json-values.ts";
import { limitedPieces } from "../../text/limited-pieces.ts";
import type { UserError } from "../../text/user-error.ts";
import { type StoreErrorCode, storeError } from "../files/store-error.ts";
import { downloadError, isPassing, statusError } from "./failure.ts";
import { checkDownloadUrl, type DownloadPolicy, shortUrl } from "./policy.ts";
import { proxyAgent } from "./proxy-agent.ts";

/** Milliseconds and bytes that a download may take. */
export interface DownloadLimits {
  /** Between two pieces of the answer, connecting included. */
  readonly idle: number;
  /** For all of it, redirects and the second attempt included. */
  readonly overall: number;
  /** Of the content, once as sent and once as unpacked. */
  readonly bytes: number;
}

/** Eight times the public file of 2025 (4 MB), and enough time for it on a slow line. */
export const DOWNLOAD_LIMITS: DownloadLimits = { idle: 30_000, overall: 300_000, bytes: 32 * 1024 * 1024 };

/** Returns the limits of a download with this timeout in milliseconds, which includes silence. */
export function limitsWithin(overall: number = DOWNLOAD_LIMITS.overall): DownloadLimits {
  return { ...DOWNLOAD_LIMITS, overall, idle: Math.min(DOWNLOAD_LIMITS.idle, overall) };
}

export interface DownloadProgress {
  /** Bytes of the content so far, unpacked. */
  readonly received: number;
  /** What the server announced; null when it did not, or when the content is packed. */
  readonly total: number | null;
}

export interface DownloadOptions {
  readonly policy: DownloadPolicy;
  readonly limits?: DownloadLimits;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Takes notes for the user. */
  readonly onNote?: ((text: string) => void) | undefined;
  /** The certificate authorities to trust, where they are not Node's. */
  readonly secureContext?: SecureContext | undefined;
}

const REDIRECTS = 5;

/**
 * Fetches one document whole, in memory. Redirects are followed within the policy only. An answer that was cut, reset
 * or a 5xx is asked for once more from the start, so two versions are never spliced.
 * @throws UserError for everything else than a complete 200.
 */
export async function download(url: URL, options: DownloadOptions): Promise<Uint8Array> {
  const limits = options.limits ?? DOWNLOAD_LIMITS;
  checkDownloadUrl(url, options.policy, null);
  const deadline = AbortSignal.timeout(limits.overall);
  const attempt = () => followRedirects(url, options, limits, deadline);
  const named = (thrown: unknown) =>
    deadline.aborted ? timeoutError(url, limits.overall) : downloadError(thrown, url);
  try {
    return await attempt();
  } catch (thrown) {
    const error = named(thrown);
    if (!isPassing(error)) throw error;
  }
  try {
    return await attempt();
  } catch (thrown) {
    throw named(thrown);
  }
}

async function followRedirects(
  start: URL,
  options: DownloadOptions,
  limits: DownloadLimits,
  deadline: AbortSignal,
): Promise<Uint8Array> {
  let url = start;
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    const answer = await exchange(url, options, limits, deadline);
    if (!(answer instanceof URL)) return answer;
    checkDownloadUrl(answer, options.policy, url);
    url = answer;
  }
  throw storeError("download-redirect", `more than ${REDIRECTS} redirects\n  ${shortUrl(start)}`, "run again later");
}

/** One request: the content, or where the server points instead. */
async function exchange(
  url: URL,
  options: DownloadOptions,
  limits: DownloadLimits,
  deadline: AbortSignal,
): Promise<Uint8Array | URL> {
  deadline.throwIfAborted();
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(), limits.idle);
  const signal = AbortSignal.any([idle.signal, deadline]);
  let answer: http.IncomingMessage | null = null;
  try {
    answer = await send(url, signal, options.secureContext);
    timer.refresh();
    const status = answer.statusCode ?? 0;
    const location = answer.headers.location;
    if (status >= 300 && status < 400 && location !== undefined) return redirectTarget(location, url);
    if (status !== 200) throw statusError(status, url);
    const content = await readContent(answer, url, limits, (progress) => {
      timer.refresh();
      options.onProgress?.(progress);
    });
    // An answer that ends with its connection ends like a whole one where the time is over.
    signal.throwIfAborted();
    return content;
  } catch (thrown) {
    throw idle.signal.aborted && !deadline.aborted ? timeoutError(url, limits.idle) : thrown;
  } finally {
    clearTimeout(timer);
    answer?.destroy();
  }
}

function send(url: URL, signal: AbortSignal, secureContext?: SecureContext): Promise<http.IncomingMessage> {
  const { request } = url.protocol === "https:" ? https : http;
  const agent = proxyAgent(url) ?? false; // false: a connection of its own, closed with it
  const headers = {
    accept: "application/json, text/html;q=0.9",
    "accept-encoding": "gzip",
    "user-agent": "vnet-explain",
  };
  return new Promise((resolve, reject) => {
    // A request that still waits for its proxy emits nothing when it is aborted.
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    request(url, { agent, headers, signal, ...(secureContext && { secureContext }) })
      .once("response", resolve)
      .once("error", reject)
      .end();
  });
}

function redirectTarget(location: string, from: URL): URL {
  if (URL.canParse(location, from.href)) return new URL(location, from.href);
  throw storeError(
    "download-redirect",
    `${from.host.slice(0, 60)} sent a redirect without a valid address`,
    "run again later",
  );
}

async function readContent(
  answer: http.IncomingMessage,
  url: URL,
  limits: DownloadLimits,
  onProgress: (progress: DownloadProgress) => void,
): Promise<Uint8Array> {
  const encoding = (answer.headers["content-encoding"] ?? "identity").toLowerCase();
  const announced = Number(answer.headers["content-length"] ?? Number.NaN);
  const tooLarge = (how: string) =>
    storeError(
      "download-too-large",
      `the answer ${how}\n  ${shortUrl(url)}`,
      "check the address: a service tag file has about 4 MB",
    );
  const tooLong = `is larger than ${Math.round(limits.bytes / 2 ** 20)} MiB`;
  if (announced > limits.bytes) throw tooLarge(tooLong);
  const total = encoding === "identity" && Number.isFinite(announced) ? announced : null;
  const pieces = await limitedPieces(
    unpack(answer, encoding, url), // counted unpacked: a small answer can unpack to anything
    limits.bytes,
    () => tooLarge(tooLong),
    (received) => onProgress({ received, total }),
  );
  const content = Buffer.concat(pieces);
  if (holdsTooManyValues(content)) throw tooLarge(`holds more than ${MOST_VALUES.toLocaleString("en")} values`);
  return content;
}

function unpack(answer: http.IncomingMessage, encoding: string, url: URL): Readable {
  if (encoding === "identity") return answer;
  if (encoding !== "gzip" && encoding !== "x-gzip") {
    throw storeError(
      "download-encoding",
      `the answer is in an encoding that was not requested\n  ${shortUrl(url)}`,
      "check the proxy",
    );
  }
  // pipeline hands a cut connection on to the reader of the unpacked stream, as an error there
  return pipeline(answer, createGunzip(), () => undefined);
}

function timeoutError(url: URL, limit: number): UserError<StoreErrorCode> {
  return storeError(
    "download-timeout",
    `no complete answer within ${limit < 1000 ? `${limit} ms` : `${Math.round(limit / 1000)} s`}\n  ${shortUrl(url)}`,
    "check the connection and HTTPS_PROXY; or download the file in a browser and import it with --from FILE",
  );
}
