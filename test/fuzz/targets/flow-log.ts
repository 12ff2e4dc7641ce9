import { flowTuples, isRefusedTuple } from "../../../src/analysis/flow-log/read-flow-log.ts";
import type { UserError } from "../../../src/text/user-error.ts";
import { asBytes, bytesOf } from "../corpus.ts";
import { hold, holdRefusal, holdWording, type Verdict } from "../oracle.ts";
import { Random } from "../random.ts";
import type { Target } from "../target.ts";
import { inChunks, oneChunk } from "./chunks.ts";

const V1 = "1700000000,198.51.100.9,10.0.0.4,50000,22,T,I,D";
const V2 = "1700000000,10.0.0.4,192.0.2.7,50000,443,T,O,A,C,7,1158,12,8143";
const V4 = "1700000000123,10.0.0.4,2001:db8::7,50000,443,6,O,E,NX,7,1158,12,8143";

const nsg = (version: number, ...flowTuples: readonly string[]) => ({
  time: "2023-11-14T22:13:20.0000000Z",
  resourceId: "/SUBSCRIPTIONS/S/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/N",
  properties: { Version: version, flows: [{ rule: "R", flows: [{ mac: "000D3AF8801A", flowTuples }] }] },
});

const vnet = (...flowTuples: readonly string[]) => ({
  flowLogVersion: 4,
  macAddress: "6045BD7431F1",
  targetResourceID: "/subscriptions/s/providers/Microsoft.Network/virtualNetworks/v",
  flowRecords: {
    flows: [
      {
        aclID: "a",
        flowGroups: [
          { rule: "R", flowTuples },
          { rule: "S", flowTuples },
        ],
      },
    ],
  },
});

const LOGS: readonly string[] = [
  JSON.stringify({ records: [nsg(1, V1, V1), nsg(2, V2, "bad"), vnet(V4, V4, V2)] }),
  JSON.stringify([vnet(V4), nsg(2, V2)], null, 2),
  JSON.stringify(vnet(V4)),
  `${JSON.stringify(nsg(1, V1))}\n${JSON.stringify(nsg(2, V2))}\n`,
  JSON.stringify({ records: [] }),
  `${JSON.stringify({ records: [nsg(1, V1)] })}${JSON.stringify({ records: [vnet(V4)] })}`,
];

interface Read {
  readonly tuples: readonly string[];
  readonly error: UserError | null;
}

/** Every tuple as text, up to the end or to the error. */
async function read(chunks: AsyncIterable<Uint8Array>): Promise<Read> {
  const tuples: string[] = [];
  try {
    for await (const some of flowTuples(chunks)) {
      for (const tuple of some) {
        if (isRefusedTuple(tuple)) holdWording(tuple.error, "a refused tuple");
        const { address, ...rest } = isRefusedTuple(tuple) ? { ...tuple, address: null } : tuple;
        tuples.push(JSON.stringify({ ...rest, address: `${address?.family} ${address?.value}` }));
      }
    }
    return { tuples, error: null };
  } catch (error) {
    holdRefusal(error, "UserError");
    return { tuples, error: error as UserError };
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The elements of the list with this name; none if it is not a list. */
const listIn = (fields: unknown, name: string): readonly unknown[] => {
  const list = isFields(fields) ? fields[name] : null;
  return Array.isArray(list) ? list : [];
};

/** The number of tuples of a log that is one JSON document, counted with JSON.parse; null for any other text. */
function tuplesIn(text: string): number | null {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return null;
  }
  const records = Array.isArray(value)
    ? value
    : isFields(value) && Array.isArray(value.records)
      ? value.records
      : [value];
  const groups = records.flatMap((record) =>
    isFields(record) && isFields(record.flowRecords)
      ? listIn(record.flowRecords, "flows").flatMap((acl) => listIn(acl, "flowGroups"))
      : listIn(isFields(record) ? record.properties : null, "flows").flatMap((rule) => listIn(rule, "flows")),
  );
  return groups.reduce((sum: number, group) => sum + listIn(group, "flowTuples").length, 0);
}

async function check(input: string): Promise<Verdict> {
  const bytes = bytesOf(input.slice(1));
  const whole = await read(oneChunk(bytes));
  const cut = await read(inChunks(bytes, new Random(input.slice(0, 1))));
  hold(whole.error?.code === cut.error?.code, () => `whole ${whole.error?.code}, in chunks ${cut.error?.code}`);
  hold(whole.tuples.join("\n") === cut.tuples.join("\n"), () => "in chunks it holds other tuples");
  if (whole.error !== null) return "refused";
  const expected = tuplesIn(new TextDecoder().decode(bytes));
  if (expected !== null) {
    hold(whole.tuples.length === expected, () => `${expected} tuples in the JSON, ${whole.tuples.length} read`);
  }
  return "answered";
}

export const flowLogTarget: Target = {
  name: "flow-log",
  about: "flow logs in chunks of any size: the same tuples as in one, as many as by JSON.parse, or UserError",
  alphabet: "bytes",
  words: [
    "records",
    "flowTuples",
    '"flowTuples":[],',
    "flowRecords",
    "properties",
    "flows",
    "flowLogVersion",
    "Version",
    "2",
    "4",
    V1,
    V2,
    V4,
    ",O,",
    ",I,",
  ],
  largest: 400_000,
  header: 1,
  seeds: () => LOGS.map((log) => `0${asBytes(log)}`),
  check,
};
