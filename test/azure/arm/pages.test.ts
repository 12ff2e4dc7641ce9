import { describe, expect, it } from "vitest";
import type { ArmClient } from "../../../src/azure/arm/client.ts";
import { inAzuresWords, listed } from "../../../src/azure/arm/pages.ts";
import type { RequestOptions } from "../../../src/azure/arm/request-options.ts";

interface Page {
  readonly items: readonly number[];
  readonly body?: string | null;
  readonly next?: string;
}

/** A listing of the SDK whose pages are these; each is requested before it is given. */
async function read(pages: readonly Page[], failure?: Error): Promise<readonly number[]> {
  const bodies = pages.map(({ body }) => body);
  const get = ({ onResponse }: RequestOptions) => onResponse?.({ status: 200, bodyAsText: bodies.shift() ?? null });
  const client = { context: { pathUnchecked: () => ({ get, post: get }) } } as unknown as ArmClient;
  const all = listed(
    client,
    ({ context }) => ({
      async *byPage() {
        for (const { items, next } of pages) {
          await context.pathUnchecked("/x").get({});
          yield Object.assign([...items], next === undefined ? {} : { continuationToken: next });
        }
        if (failure !== undefined) throw failure;
      },
    }),
    { pages: 3, size: 2 ** 20, items: 4 },
  );
  const found: number[] = [];
  for await (const item of all) found.push(item);
  return found;
}

const text = (length: number) => "x".repeat(length);

describe("a listing", () => {
  it.each<[rule: string, pages: readonly Page[], items: readonly number[]]>([
    ["one page", [{ items: [1, 2] }], [1, 2]],
    [
      "as many pages as may be",
      [
        { items: [1], next: "a" },
        { items: [], next: "b" },
        { items: [2], body: null },
      ],
      [1, 2],
    ],
    ["as many items as may be", [{ items: [1, 2, 3], next: "a" }, { items: [4] }], [1, 2, 3, 4]],
    [
      "as many characters as may be",
      [
        { items: [1], body: text(2 ** 20 - 1), next: "a" },
        { items: [2], body: "x" },
      ],
      [1, 2],
    ],
    ["what comes behind the last page is not asked for", [{ items: [1] }, { items: [2] }], [1]],
  ])("is read to its end: %s", async (_, pages, items) => {
    expect(await read(pages)).toEqual(items);
  });

  it.each<[how: string, pages: readonly Page[]]>([
    ["holds more than 4 items", [{ items: [1, 2, 3], next: "a" }, { items: [4, 5] }]],
    [
      "holds more than 1 MiB",
      [
        { items: [1], body: text(2 ** 20), next: "a" },
        { items: [2], body: "x" },
      ],
    ],
    [
      "never ends: a page links to itself",
      [
        { items: [1], next: "a" },
        { items: [2], next: "a" },
      ],
    ],
    ["has more than 3 pages", ["a", "b", "c"].map((next) => ({ items: [1], next }))],
  ])("that %s is refused", async (how, pages) => {
    await expect(read(pages)).rejects.toMatchObject({
      code: "answer-too-large",
      message: `Azure's list ${how}`,
      hint: "name the NIC and its group (--nic NAME -g GROUP), which needs no list; check --arm-endpoint and HTTPS_PROXY",
    });
  });

  it("whose page is refused fails in the words of the latest answer", async () => {
    const body = '{"error":{"code":"X","message":"said Azure"}}';
    const failure = new Error("Pagination failed with unexpected statusCode 403");
    const pages = [
      { items: [1], body: "{}", next: "a" },
      { items: [2], body, next: "b" },
    ];
    await expect(read(pages, failure)).rejects.toBe(failure);
    expect(failure.message).toBe("said Azure");
    const other = new Error("Pagination failed with unexpected statusCode 403");
    await expect(read([{ items: [1], body: "<html>", next: "a" }], other)).rejects.toThrow("Pagination failed");
  });
});

it.each<[rule: string, thrown: unknown, body: unknown, message: string]>([
  ["Azure's", new Error("Pagination failed"), { error: { message: "no" } }, "no"],
  ["those of an answer without words", new Error("Pagination failed"), { error: {} }, "Pagination failed"],
  [
    "those of another failure",
    new Error("odd: Pagination failed"),
    { error: { message: "no" } },
    "odd: Pagination failed",
  ],
])("the words of a failure are %s", (_, thrown, body, message) => {
  expect(inAzuresWords(thrown, body)).toBe(thrown);
  expect(thrown).toMatchObject({ message });
});

it("what is no error has no words", () => {
  expect(inAzuresWords("Pagination failed", { error: { message: "no" } })).toBe("Pagination failed");
});
