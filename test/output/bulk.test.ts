import { describe, expect, test } from "vitest";
import { ClassTexts, COPY_UNIT, copyText } from "../../src/output/bulk/class-texts.ts";
import { OutputBuffer } from "../../src/output/bulk/output-buffer.ts";
import type { OutputStream } from "../../src/terminal/streams.ts";

const decoder = new TextDecoder();
const textOf = ({ bytes, starts, lengths }: ClassTexts, number: number) =>
  decoder.decode(new Uint8Array(bytes.buffer, starts[number], lengths[number]));

describe("texts under numbers", () => {
  test("are kept in UTF-8, each with room to be copied in whole units", () => {
    const texts = new ClassTexts();
    texts.put(3, "drei");
    texts.put(0, "né");
    expect([textOf(texts, 3), textOf(texts, 0)]).toEqual(["drei", "né"]);
    expect([...texts.starts.slice(0, 4)]).toEqual([4 + COPY_UNIT, 0, 0, 0]);
    expect([...texts.lengths.slice(0, 4)]).toEqual([3, 0, 0, 4]);
    expect(texts.bytes.byteLength).toBe(64 * 1024);
  });

  test("take more room where it is needed, and keep what they hold", () => {
    const texts = new ClassTexts();
    texts.put(0, "first");
    texts.put(1, "a".repeat(64 * 1024));
    expect([textOf(texts, 0), textOf(texts, 1).length]).toEqual(["first", 64 * 1024]);
    expect(texts.bytes.byteLength).toBe(128 * 1024);
    texts.put(2, "b".repeat(1024 * 1024));
    expect([textOf(texts, 0), textOf(texts, 2).length]).toEqual(["first", 1024 * 1024]);
    expect(texts.bytes.byteLength).toBe(5 + 64 * 1024 + 1024 * 1024 + 3 * COPY_UNIT);
  });

  test("of a number beyond the arrays are kept too", () => {
    const texts = new ClassTexts();
    texts.put(1023, "last");
    expect(texts.lengths).toHaveLength(1024);
    texts.put(1024, "next");
    expect([texts.lengths.length, texts.starts.length]).toEqual([2048, 2048]);
    expect([textOf(texts, 1023), textOf(texts, 1024)]).toEqual(["last", "next"]);
  });

  test("are dropped when they would take more than eight megabytes", () => {
    const texts = new ClassTexts();
    const most = 8 * 1024 * 1024;
    texts.put(0, "x".repeat(most / 2));
    texts.put(1, "y".repeat(most / 2 - 2 * COPY_UNIT));
    expect([texts.lengths[0], texts.lengths[1]]).toEqual([most / 2, most / 2 - 2 * COPY_UNIT]);
    texts.put(2, "z");
    expect([texts.lengths[0], texts.lengths[1], textOf(texts, 2)]).toEqual([0, 0, "z"]);
    expect(texts.starts[2]).toBe(0);
  });

  test.each([0, 1, 15, 16, 17, 40])("are copied whole: %i bytes", (length) => {
    const source = new DataView(new ArrayBuffer(100));
    for (let at = 0; at < 100; at++) source.setUint8(at, at + 1);
    const target = new DataView(new ArrayBuffer(100));
    copyText(source, 10, length, target, 20);
    const copied = Math.ceil(length / COPY_UNIT) * COPY_UNIT;
    const expected = Array.from({ length: 100 }, (_, at) => (at >= 20 && at < 20 + copied ? at - 10 + 1 : 0));
    expect([...new Uint8Array(target.buffer)]).toEqual(expected);
  });
});

describe("collected output", () => {
  const stream = () => {
    const pieces: string[] = [];
    let drained = 0;
    const stdout = {
      write: (piece: Uint8Array) => pieces.push(decoder.decode(piece)),
      drained: async () => {
        drained++;
      },
    } as unknown as OutputStream;
    return { out: new OutputBuffer(stdout), pieces, drains: () => drained };
  };

  test("is written in one piece, and waits for the reader", async () => {
    const { out, pieces, drains } = stream();
    out.add("");
    await out.flush();
    expect([pieces, drains()]).toEqual([[], 0]);
    out.add("né");
    out.add("xt");
    expect(out.length).toBe(5);
    await out.flush();
    expect([pieces, drains(), out.length]).toEqual([["néxt"], 1, 0]);
  });

  test("is full from 64 kilobytes on, and takes what is longer than its room", async () => {
    const { out, pieces } = stream();
    out.add("a".repeat(64 * 1024 - 1));
    expect(out.full).toBe(false);
    out.add("b");
    expect(out.full).toBe(true);
    const room = out.bytes.length;
    out.reserve(room - out.length);
    expect(out.bytes.length).toBe(room);
    out.reserve(room - out.length + 1);
    expect([out.bytes.length, out.view.byteLength]).toEqual([room + 1, room + 1]);
    await out.flush();
    expect(pieces).toEqual([`${"a".repeat(64 * 1024 - 1)}b`]);
  });
});
