import { main } from "../../src/cli.ts";
import { Capture, type CaptureOptions } from "../terminal/capture-terminal.ts";

export interface InProcess {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, its streams captured; the cache is in a place that cannot exist. */
export async function run(args: readonly string[], options: CaptureOptions = {}): Promise<InProcess> {
  const env = { VNET_EXPLAIN_CACHE: "/dev/null/vnet-explain", ...options.env };
  const capture = new Capture({ ...options, env });
  const code = await main(args, capture);
  return { code, out: capture.out, err: capture.err };
}
