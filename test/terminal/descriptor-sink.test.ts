import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, readFileSync } from "node:fs";
import { Socket } from "node:net";
import { devNull } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { descriptorSink } from "../../src/terminal/descriptor-sink.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";

const never = (): never => {
  throw new Error("it was not to be asked for a stream");
};

describe("a sink over a descriptor", () => {
  it("writes text and bytes to a file without a stream", () => {
    const path = join(temporaryDirectory(), "output");
    const descriptor = openSync(path, "w");
    const sink = descriptorSink(descriptor, never, never);
    sink.write("größer\n");
    sink.write(Uint8Array.of(65, 10));
    closeSync(descriptor);
    expect(readFileSync(path, "utf8")).toBe("größer\nA\n");
    expect([sink.isTTY, sink.columns]).toEqual([false, null]);
  });

  it("writes to the null device without a stream, which takes milliseconds to create", () => {
    const descriptor = openSync(devNull, "w");
    const sink = descriptorSink(descriptor, never, never);
    sink.write("text\n");
    closeSync(descriptor);
    expect(sink.isTTY).toBe(false);
  });

  it("passes to the stream, in order, what a non-blocking pipe does not accept yet", async () => {
    const path = join(temporaryDirectory(), "pipe");
    execFileSync("mkfifo", [path]);
    const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const writing = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    const stream = new Socket({ fd: writing, readable: false, writable: true });
    let asked = 0;
    const sink = descriptorSink(
      writing,
      () => {
        asked++;
        return stream;
      },
      never,
    );
    const long = "0123456789".repeat(100_000);
    sink.write("first\n");
    expect(asked).toBe(0);
    sink.write(long);
    sink.write("\nlast\n");
    const read = buffer(new Socket({ fd: reading, readable: true, writable: false }));
    await sink.drained();
    stream.end();
    expect((await read).toString() === `first\n${long}\nlast\n`).toBe(true);
    expect(asked).toBe(1);
  });

  it("reports output that cannot be written", () => {
    const path = join(temporaryDirectory(), "output");
    closeSync(openSync(path, "w"));
    const descriptor = openSync(path, "r");
    const codes: (string | undefined)[] = [];
    descriptorSink(descriptor, never, ({ code }) => codes.push(code)).write("text");
    closeSync(descriptor);
    expect(codes).toEqual(["EBADF"]);
  });
});
