import { RecordRun } from "../../analysis/bulk/record-run.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import { OutputBuffer } from "../bulk/output-buffer.ts";
import type { RecordKind } from "../results/record-kind.ts";
import type { Format } from "./format.ts";

/**
 * Prints records as they arrive. Each piece of the stream holds the records that arrived together. It is written before
 * the next input is read, at the pace of a slow reader.
 */
export async function printRecords<T>(
  pieces: AsyncIterable<Iterable<T | RecordRun<T>>>,
  kind: RecordKind<T>,
  stream: NonNullable<Format["stream"]>,
  stdout: OutputStream,
): Promise<void> {
  const text = await stream(kind, stdout);
  const out = new OutputBuffer(stdout);
  // Nothing is printed before the first answer: input that is rejected as a whole leaves stdout empty.
  let begun = false;
  const begin = () => {
    if (!begun) out.add(text.head);
    begun = true;
  };
  const settle = async () => {
    if (begun && text.settled !== undefined) out.add(await text.settled());
  };
  try {
    for await (const piece of pieces) {
      for (const item of piece) {
        begin();
        if (item instanceof RecordRun && text.printRun !== undefined) {
          await text.printRun(item, out);
          continue;
        }
        for (const record of item instanceof RecordRun ? item.all(text.detail) : [item]) {
          const own = text.of(record);
          out.add(typeof own === "string" ? own : await own);
          if (out.full) await out.flush();
        }
      }
      await settle();
      await out.flush();
    }
    begin();
    await settle();
    out.add(text.tail());
  } finally {
    // If the input fails later, the answers up to there are printed.
    await settle();
    await out.flush();
  }
}
