import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { holdsTooManyValues, MOST_VALUES } from "../../text/json-values.ts";
import { limitedPieces } from "../../text/limited-pieces.ts";
import { type AzureError, azureError } from "../failure/azure-error.ts";
import type { PipelinePolicy } from "./pipeline-policies.ts";

/** Many times the largest answer: a page of NICs, or the service tags of the public cloud (4 MB). */
const MOST_BYTES = 32 * 1024 * 1024;

/** The connection was cut in the middle of an answer. */
export const ANSWER_CUT = "ANSWER_CUT";

/**
 * Reads every answer's body in place of the SDK. The SDK joins the unpacking to the connection with `pipe`, which does
 * not pass errors on: a gzip answer that is cut in the middle would be awaited until the time limit (seen with
 * @typespec/ts-http-runtime 0.3.6). Nor does it limit the size, which is counted here after unpacking. Must be the last
 * step before the transport.
 * @throws (the step rejects) an error of code ANSWER_CUT, or AzureError for an answer that is too large or cannot be
 * unpacked.
 */
export function answerBodyPolicy(limit: number = MOST_BYTES): PipelinePolicy {
  return {
    name: "answerBodyPolicy",
    async sendRequest(request, next) {
      // The SDK unpacks where its own headers ask for packing, so only the transport's headers do.
      request.headers.delete("Accept-Encoding");
      const headers = { ...request.headers.toJSON({ preserveCase: true }), "Accept-Encoding": "gzip" };
      request.requestOverrides = { ...request.requestOverrides, headers };
      request.streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
      const { readableStreamBody, ...response } = await next(request);
      request.streamResponseStatusCodes = new Set();
      if (readableStreamBody === undefined) return response;
      const encoding = response.headers.get("content-encoding")?.toLowerCase() ?? "identity";
      // In Node it is always one of Node's own streams.
      return { ...response, bodyAsText: await readText(readableStreamBody as Readable, encoding, limit) };
    },
  };
}

async function readText(body: Readable, encoding: string, limit: number): Promise<string> {
  let bytes: Buffer;
  try {
    const tooLong = () => tooLarge(`is larger than ${Math.round(limit / 2 ** 20)} MiB`);
    bytes = Buffer.concat(await limitedPieces(unpacked(body, encoding), limit, tooLong));
  } catch (thrown) {
    throw bodyFailure(thrown);
  }
  if (holdsTooManyValues(bytes)) throw tooLarge(`holds more than ${MOST_VALUES.toLocaleString("en")} values`);
  return bytes.toString("utf8");
}

function unpacked(body: Readable, encoding: string): Readable {
  if (encoding === "identity") return body;
  if (encoding === "gzip" || encoding === "x-gzip") return pipeline(body, createGunzip(), () => undefined);
  body.destroy();
  throw unreadable("it uses an encoding that was not requested");
}

function bodyFailure(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const code = "code" in thrown ? String(thrown.code) : "";
  if (/^Z_(?!BUF_ERROR)/.test(code)) return unreadable("it cannot be unpacked");
  if (/^(Z_BUF_ERROR|ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|HPE_.*)$/.test(code)) {
    return Object.assign(new Error("the answer was cut off"), { code: ANSWER_CUT });
  }
  return thrown;
}

function unreadable(why: string): AzureError {
  return azureError(
    "answer-unreadable",
    `Azure's answer cannot be read: ${why}`,
    "a proxy or --arm-endpoint may answer in its place; run again; --debug shows more",
  );
}

function tooLarge(how: string): AzureError {
  return azureError(
    "answer-too-large",
    `Azure's answer ${how}`,
    "a proxy or --arm-endpoint may answer in its place: check the network between this machine and Azure",
  );
}
