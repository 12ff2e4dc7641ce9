import type { Socket } from "node:net";
import { randomNumbers } from "./length.ts";

/** What happens to a response after some of its bytes. */
export const WIRE_FAULTS = ["cut", "reset", "garbage", "stall"] as const;
export type WireFault = (typeof WIRE_FAULTS)[number];

/** Sends the first bytes of a response, then ends, resets, sends garbage and ends, or stays silent. */
export function sendBroken(socket: Socket, answer: Uint8Array, at: number, fault: WireFault): void {
  const first = answer.subarray(0, at);
  socket.on("error", () => {}); // the peer may have closed the connection
  switch (fault) {
    case "cut":
      socket.end(first);
      break;
    case "reset":
      socket.write(first, () => socket.resetAndDestroy());
      break;
    case "garbage":
      socket.end(Buffer.concat([first, garbage(at)]));
      break;
    case "stall":
      socket.write(first);
      break;
    default:
      fault satisfies never;
  }
}

function garbage(seed: number): Uint8Array {
  const random = randomNumbers(seed);
  return Uint8Array.from({ length: 64 }, () => random() * 256);
}

/** The ways in which a server marks the length of a response. */
export const FRAMINGS = ["length", "chunked", "gzip", "until close"] as const;
export type Framing = (typeof FRAMINGS)[number];

/** A complete 200 response as bytes. `packed` is the body compressed with gzip. */
export function answerBytes(framing: Framing, body: Uint8Array, packed: Uint8Array): Buffer {
  const head = (...lines: string[]) =>
    Buffer.from(`${["HTTP/1.1 200 OK", "Content-Type: application/json", ...lines].join("\r\n")}\r\n\r\n`);
  const half = body.length >> 1;
  const chunk = (bytes: Uint8Array) => [`${bytes.length.toString(16)}\r\n`, bytes, "\r\n"];
  switch (framing) {
    case "length":
      return Buffer.concat([head(`Content-Length: ${body.length}`), body]);
    case "gzip":
      return Buffer.concat([head("Content-Encoding: gzip", `Content-Length: ${packed.length}`), packed]);
    case "until close":
      return Buffer.concat([head("Connection: close"), body]);
    case "chunked":
      return Buffer.concat(
        [
          head("Transfer-Encoding: chunked"),
          ...chunk(body.subarray(0, half)),
          ...chunk(body.subarray(half)),
          "0\r\n\r\n",
        ].map((part) => Buffer.from(part)),
      );
    default:
      return framing satisfies never;
  }
}

/** Runs the work for each item of the list, with limited concurrency. */
export async function eachOf<T>(list: readonly T[], atOnce: number, work: (each: T, lane: number) => Promise<void>) {
  let next = 0;
  const lanes = Array.from({ length: atOnce }, async (_, lane) => {
    for (let each = list[next++]; each !== undefined; each = list[next++]) await work(each, lane);
  });
  await Promise.all(lanes);
}
