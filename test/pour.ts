import type { ServerResponse } from "node:http";

/** Sends the piece again and again, as fast as the client reads, and never ends. */
export function pour(response: ServerResponse, piece: Uint8Array): void {
  const more = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on("drain", more);
  more();
}
