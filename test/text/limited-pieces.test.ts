import { describe, expect, it } from "vitest";
import { limitedPieces } from "../../src/text/limited-pieces.ts";

const TOO_LARGE = new Error("too large");

/** A stream of pieces of these sizes, which notes what happens to it. */
function stream(sizes: readonly number[], end?: Error) {
  const seen = { given: 0, closed: false };
  async function* pieces() {
    try {
      for (const size of sizes) {
        seen.given++;
        yield new Uint8Array(size).fill(seen.given);
      }
      if (end !== undefined) throw end;
    } finally {
      seen.closed = true;
    }
  }
  return { pieces: pieces(), seen };
}

const read = (pieces: AsyncIterable<Uint8Array>, limit: number, onPiece?: (size: number) => void) =>
  limitedPieces(pieces, limit, () => TOO_LARGE, onPiece);

describe("the pieces of a stream up to a limit", () => {
  it.each<[sizes: readonly number[], limit: number]>([
    [[], 0],
    [[0], 0],
    [[3], 3],
    [[1, 0, 2], 3],
    [[1, 2, 3], 100],
  ])("of %j bytes, with a limit of %i, are given whole and in order", async (sizes, limit) => {
    const { pieces, seen } = stream(sizes);
    const found = await read(pieces, limit);
    expect(found.map(({ length }) => length)).toEqual(sizes);
    expect(found.every((piece, at) => piece.every((byte) => byte === at + 1))).toBe(true);
    expect(seen).toEqual({ given: sizes.length, closed: true });
  });

  it.each<[sizes: readonly number[], limit: number, given: number]>([
    [[1], 0, 1],
    [[3, 1, 5], 3, 2],
    [[1, 1, 1, 1], 2, 3],
  ])("of %j bytes are refused with a limit of %i, after %i of them", async (sizes, limit, given) => {
    const { pieces, seen } = stream(sizes);
    const sizesSeen: number[] = [];
    await expect(read(pieces, limit, (size) => sizesSeen.push(size))).rejects.toBe(TOO_LARGE);
    expect(seen).toEqual({ given, closed: true });
    expect(sizesSeen.every((size) => size <= limit)).toBe(true);
  });

  it("each is reported with the size so far", async () => {
    const sizes: number[] = [];
    await read(stream([1, 2, 3]).pieces, 6, (size) => sizes.push(size));
    expect(sizes).toEqual([1, 3, 6]);
  });

  it("an error of the stream, and one of the report, end the reading", async () => {
    const cut = new Error("cut");
    await expect(read(stream([1, 2], cut).pieces, 6)).rejects.toBe(cut);
    const { pieces, seen } = stream([1, 2]);
    const broken = () => {
      throw cut;
    };
    await expect(read(pieces, 6, broken)).rejects.toBe(cut);
    expect(seen).toEqual({ given: 1, closed: true });
  });
});
