import { describe, expect, test } from "vitest";
import { parseAddress } from "../../../src/net/address.ts";
import { formatPrefix } from "../../../src/net/prefix.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { RouteTable } from "../../../src/routes/effective-route.ts";
import { readRouteTable, tableNames } from "../../../src/routes/read/read-route-table.ts";
import { explain } from "../../../src/selection/explain.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { hasSharedData, listShared, readSharedBytes } from "../../shared-data.ts";

const FOLDER = "data/pasted";
const read = (file: string, table: string | null = null) =>
  readRouteTable(readSharedBytes(`${FOLDER}/${file}`), { kind: "file", name: file }, { table });

/** What a file gives: its rows, or the code of the refusal. */
async function outcomeOf(file: string): Promise<RouteTable | string> {
  try {
    return await read(file);
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
}

const facts = ({ routes }: RouteTable) =>
  routes.map(({ source, state, nextHopType, addressPrefix, nextHopIpAddress }) => ({
    source,
    state,
    nextHopType,
    nextHopIpAddress,
    addressPrefix: addressPrefix.map(formatPrefix),
  }));

interface Expected {
  readonly input?: string;
  readonly queries?: readonly {
    readonly ip: string;
    readonly winner: { readonly nextHopType: string; readonly addressPrefix: string | null; readonly source: string };
  }[];
}

const json = (file: string) => JSON.parse(new TextDecoder().decode(readSharedBytes(`${FOLDER}/${file}`)));
const files = listShared(FOLDER);
const inputs = files
  .filter((file) => file.endsWith(".expected.json") && file !== "FORMS.expected.json")
  .map((file) => ({ file, ...(json(file) as Expected) }))
  .filter(({ input }) => input !== undefined);

describe.skipIf(!hasSharedData)("real pastes", () => {
  const whole = inputs.filter(({ queries = [], input = "" }) => queries.length > 0 && !/more/.test(input));
  test.each(whole.flatMap(({ input = "", queries = [] }) => queries.map((query) => ({ input, ...query }))))(
    "$input: $ip",
    async ({ input, ip, winner }) => {
      const answer = explain(annotateTable(await read(input), null), parseAddress(ip), null);
      const { nextHopType, source, addressPrefix } = answer.winner ?? {};
      const expected = { nextHopType: winner.nextHopType, source: winner.source };
      expect({ nextHopType, source }).toEqual(expected);
      if (winner.addressPrefix !== null) expect(addressPrefix).toBe(winner.addressPrefix);
    },
  );

  // The tables that were written out by hand; those with "..." have rows that the paste leaves out.
  const written = inputs.filter(
    ({ file, input = "" }) =>
      files.includes(file.replace(".expected.", ".arm.")) &&
      !input.startsWith("15") &&
      input.endsWith("json") === false,
  );
  test.each(written)("$input has the rows of its table", async ({ file, input = "" }) => {
    expect(facts(await read(input))).toEqual(facts(await read(file.replace(".expected.", ".arm."))));
  });

  test.each(inputs.filter(({ input = "" }) => input.startsWith("15")))(
    "$input says that it is an excerpt",
    async ({ input = "" }) => {
      expect((await read(input)).origin.note).toMatch(/^An excerpt: line \d+ says that rows were left out/);
    },
  );
});

describe.skipIf(!hasSharedData)("each form of one table is read or refused", () => {
  const forms = hasSharedData ? (json("FORMS.expected.json").expected as Record<string, string>) : {};
  const must = Object.entries(forms).filter(([, what]) => /^read($| [^o])|^refuse(?! or)/.test(what));
  test.each(must)("%s: %s", async (file, what) => {
    const outcome = await outcomeOf(file);
    expect(typeof outcome).toBe(what.startsWith("read") ? "object" : "string");
    if (typeof outcome === "object") expect(facts(outcome)).toEqual(facts(await read("F07-az-table.txt")));
  });
});

describe.skipIf(!hasSharedData)("several tables", () => {
  const several = files.filter((file) => /^(01c|17c|F08d)-.*\.(txt|json)$/.test(file) && !file.includes(".expected"));
  test.each(several)("%s is refused, with a name for each, and read by any of them", async (file) => {
    expect(await outcomeOf(file)).toBe("several-tables");
    const names = await tableNames(readSharedBytes(`${FOLDER}/${file}`), { kind: "file", name: file });
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const name of names) expect((await read(file, name.toUpperCase())).routes.length).toBeGreaterThan(0);
  });

  test.each(several)("%s: an unknown name is refused with a similar one", async (file) => {
    const [name = ""] = await tableNames(readSharedBytes(`${FOLDER}/${file}`), { kind: "file", name: file });
    await expect(read(file, `${name}x`)).rejects.toMatchObject({
      code: "table-unknown",
      hint: expect.stringContaining(name),
    });
  });
});
