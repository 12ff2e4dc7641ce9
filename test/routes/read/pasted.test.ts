import { describe, expect, test } from "vitest";
import { parseAddress } from "../../../src/net/address.ts";
import { formatPrefix } from "../../../src/net/prefix.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { RouteTable } from "../../../src/routes/effective-route.ts";
import { readRouteTable, tableNames } from "../../../src/routes/read/read-route-table.ts";
import { explain } from "../../../src/selection/explain.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { hasSharedData, listShared, readSharedBytes } from "../../shared-data.ts";
import { EXPORT } from "./refusals.ts";

const NO_HEADINGS =
  "heading-missing: the table has no line with its headings, so its columns cannot be identified; add the line: Source, State, Address Prefixes, Next Hop Type, Next Hop IP Address, User Defined Route Name (with tabs between)";
const NULL =
  "null-result: it holds only 'null', which Azure returns while the operation runs; follow the answer's Location header to the result, or EXPORT";

/** The refusal of each form of a table that must be refused. */
const REFUSED: Readonly<Record<string, string>> = {
  "F05-az-tsv.tsv": "counts-only: it has counts in place of prefixes, as az -o tsv prints lists; EXPORT",
  "F05b-az-query-value-tsv.tsv": "counts-only: it has counts in place of prefixes, as az -o tsv prints lists; EXPORT",
  "F05c-az-query-cols-tsv.tsv": NO_HEADINGS,
  "F06-az-query-prefixes.json":
    "prefixes-only: it has only prefixes: no source, state and next hop; leave out --query, or keep every field; EXPORT",
  "F06b-az-query-renamed.json":
    "route-field: its fields are renamed: Prefix, NextHop, NextHopIP; keep Azure's names (addressPrefix, nextHopType, nextHopIpAddress, source, state); EXPORT",
  "F06c-az-query-nostate.json":
    "route-field: its routes have no 'source', 'state'; which route wins depends on every one of them; EXPORT",
  "F08d-ps-hash-per-nic.json":
    "several-tables: it holds the tables of 2 network interfaces\nnic1, nic2; choose one: --table nic1",
  "F11-ps-export-csv-typenames.csv":
    "route-prefix-cut: row 1 has a PowerShell type name in place of its prefixes; export with: Get-AzEffectiveRouteTable ... | ConvertTo-Json -Depth 5",
  "F12e-portal-grid-copied-no-heading.txt": NO_HEADINGS,
  "F14e-az-rest-null.json": NULL,
  "F14f-invoke-azrest-202.json": NULL,
  "F15b-python-repr.txt":
    "text-unrecognised: it is a printed Python object, not JSON; in Python: json.dump(result.as_dict(), file)",
  "W01-vhub-effective-routes.json":
    "hub-routes: it looks like the effective routes of a virtual hub, not of a network interface; EXPORT",
  "W02-learned-routes.json":
    "gateway-routes: it looks like the routes of a gateway, Route Server or circuit, not of a network interface; EXPORT",
  "W07-nexthop-table.txt": "next-hop-result: it looks like a next hop result of Network Watcher; EXPORT",
};

const FOLDER = "data/pasted";
const read = (file: string, table: string | null = null) =>
  readRouteTable(readSharedBytes(`${FOLDER}/${file}`), { kind: "file", name: file }, { table });

/** What a file gives: its rows, or `code: message; hint` of the refusal, without the name of the file. */
async function outcomeOf(file: string): Promise<RouteTable | string> {
  try {
    return await read(file);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, message, hint, exit } = error;
    expect([exit, message.slice(0, 10)]).toEqual(["usage", file.slice(0, 10)]);
    return `${code}: ${message.slice(message.indexOf(": ") + 2)}; ${hint.replace(EXPORT, "EXPORT")}`;
  }
}

const facts = ({ routes }: RouteTable) =>
  routes.map(({ source, state, nextHopType, addressPrefix, nextHopIpAddress, hasBgpOverride }) => ({
    hasBgpOverride,
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
    if (typeof outcome === "string") return expect(outcome).toBe(REFUSED[file]);
    expect(facts(outcome)).toEqual(facts(await read("F07-az-table.txt")));
    // The table of az has no names.
    const names = outcome.routes.flatMap(({ name }) => name ?? []);
    expect(names).toEqual(file === "F07-az-table.txt" ? [] : ["to-spoke1", "to-spoke2", "to-spoke3", "to-onprem"]);
  });
});

describe.skipIf(!hasSharedData)("several tables", () => {
  const several = files.filter((file) => /^(01c|17c|F08d)-.*\.(txt|json)$/.test(file) && !file.includes(".expected"));
  test.each(several)("%s is refused, with a name for each, and read by any of them", async (file) => {
    expect(await outcomeOf(file)).toMatch(/^several-tables: /);
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
