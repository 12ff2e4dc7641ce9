import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { flowTuples, isRefusedTuple } from "../../../src/analysis/flow-log/read-flow-log.ts";
import type { FlowTuple, RefusedTuple } from "../../../src/analysis/flow-log/record.ts";
import { type FlowLogFormat, readTuple } from "../../../src/analysis/flow-log/tuple.ts";
import { formatAddress } from "../../../src/net/address.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { bytesOf } from "../lines/bytes.ts";

const NSG = "/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/N";
const VNET = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v";
const OUT_V2 = "1700000000,10.0.0.4,192.0.2.7,50000,443,T,O,A,C,7,1158,12,8143";
const IN_V1 = "1700000000,198.51.100.9,10.0.0.4,50000,22,T,I,D";
const OUT_V4 = "1700000000123,10.0.0.4,192.0.2.7,50000,443,6,O,E,NX,7,1158,12,8143";

function nsgRecord(version: unknown, ...tuples: readonly string[]) {
  return {
    time: "2023-11-14T22:13:20.0000000Z",
    systemId: "s",
    category: "NetworkSecurityGroupFlowEvent",
    resourceId: NSG,
    operationName: "NetworkSecurityGroupFlowEvents",
    properties: { Version: version, flows: [{ rule: "R", flows: [{ mac: "000D3AF8801A", flowTuples: tuples }] }] },
  };
}

function vnetRecord(version: unknown, ...tuples: readonly string[]) {
  return {
    time: "2023-11-14T22:13:20.0000000Z",
    flowLogVersion: version,
    macAddress: "6045BD7431F1",
    category: "FlowLogFlowEvent",
    targetResourceID: VNET,
    flowRecords: { flows: [{ aclID: "a", flowGroups: [{ rule: "R", flowTuples: tuples }] }] },
  };
}

const log = (...records: readonly unknown[]) => JSON.stringify({ records });

/** Returns all tuples of a log. */
async function tuplesIn(chunks: AsyncIterable<Uint8Array>, largest?: number) {
  const tuples: (FlowTuple | RefusedTuple)[] = [];
  for await (const some of flowTuples(chunks, largest)) tuples.push(...some);
  return tuples;
}

async function tuplesOf(text: string, ...cuts: readonly number[]): Promise<string[]> {
  const tuples = await tuplesIn(bytesOf(text, ...cuts));
  return tuples.map((tuple) =>
    isRefusedTuple(tuple)
      ? `${tuple.record}.${tuple.tuple}!${tuple.error.code} '${tuple.destination}': ${tuple.error.message}; ${tuple.error.hint}`
      : `${tuple.record}.${tuple.tuple} ${tuple.direction} ${tuple.lookedUp} ${formatAddress(tuple.address)}`,
  );
}

async function errorOf(text: string, largest?: number): Promise<UserError> {
  const error = await tuplesIn(bytesOf(text), largest).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof UserError) return error;
  throw new Error(`expected a UserError, got ${String(error)}`);
}

describe("a tuple has all fields of the log", () => {
  const ends = { sourceAddress: "10.0.0.4", destinationAddress: "192.0.2.7", sourcePort: 50000, destinationPort: 443 };
  const counts = { packetsToDestination: 7, bytesToDestination: 1158, packetsToSource: 12, bytesToSource: 8143 };
  const none = { packetsToDestination: null, bytesToDestination: null, packetsToSource: null, bytesToSource: null };

  test.each<[string, string, Partial<FlowTuple>]>([
    [
      "NSG version 1",
      log(nsgRecord(1, IN_V1)),
      {
        ...none,
        format: "nsg-v1",
        time: "2023-11-14T22:13:20.000Z",
        macAddress: "000D3AF8801A",
        securityRule: "R",
        resourceId: NSG,
        direction: "inbound",
        decision: "denied",
        state: null,
        encryption: null,
        protocol: "TCP",
        lookedUp: "source",
        sourceAddress: "198.51.100.9",
      },
    ],
    [
      "NSG version 2",
      log(nsgRecord(2, OUT_V2)),
      { ...ends, ...counts, format: "nsg-v2", direction: "outbound", decision: "allowed", state: "continuing" },
    ],
    [
      "NSG version 2, begun",
      log(nsgRecord(2, "1700000000,10.0.0.4,192.0.2.7,1,2,U,O,A,B,,,,")),
      { ...none, protocol: "UDP", state: "begin" },
    ],
    [
      "virtual network",
      log(vnetRecord(4, OUT_V4)),
      {
        ...ends,
        ...counts,
        format: "vnet-v4",
        time: "2023-11-14T22:13:20.123Z",
        macAddress: "6045BD7431F1",
        securityRule: "R",
        resourceId: VNET,
        decision: "allowed",
        state: "end",
        encryption: "NX",
        protocol: "TCP",
        lookedUp: "destination",
      },
    ],
    [
      "virtual network, denied",
      log(vnetRecord(4, "1,192.0.2.7,10.0.0.4,1,2,17,I,D,NX,0,0,0,0")),
      { decision: "denied", state: "denied", protocol: "UDP" },
    ],
    [
      "another protocol keeps its number",
      log(vnetRecord(4, "1,192.0.2.7,10.0.0.4,0,0,50,I,B,NX,0,0,0,0")),
      { protocol: "50" },
    ],
    ["ICMP", log(vnetRecord(4, "1,192.0.2.7,10.0.0.4,0,0,1,I,B,NX,0,0,0,0")), { protocol: "ICMP", state: "begin" }],
    [
      "numbers that are none",
      log(vnetRecord(4, OUT_V4.replace("50000", "x1").replace("443", "1x"))),
      { sourcePort: null, destinationPort: null },
    ],
    [
      "numbers that are too long",
      log(vnetRecord(4, OUT_V4.replace("1158", "1".repeat(16)))),
      { bytesToDestination: null, packetsToDestination: 7 },
    ],
    [
      "a decision and a state that are none",
      log(nsgRecord(2, OUT_V2.replace("A,C", "X,Y"))),
      { decision: null, state: null },
    ],
    [
      "a state of a virtual network that is none",
      log(vnetRecord(4, OUT_V4.replace("E,NX", "A,NX"))),
      { decision: null, state: null },
    ],
    ["NSG version 2, denied", log(nsgRecord(2, OUT_V2.replace("A,C", "D,E"))), { decision: "denied", state: "end" }],
    ["NSG version 1, allowed", log(nsgRecord(1, IN_V1.replace("I,D", "I,A"))), { decision: "allowed", state: null }],
    [
      "fields of version 2 in a log of version 1",
      log(nsgRecord(1, OUT_V2)),
      { ...none, state: null, decision: "allowed" },
    ],
    ["fields that a later log adds do no harm", log(vnetRecord(4, `${OUT_V4},new`)), counts],
  ])("%s", async (_, text, expected) => {
    const [tuple] = await tuplesIn(bytesOf(text));
    expect(tuple).toMatchObject({ record: 1, tuple: 1, ...expected });
  });
});

describe("the time is in seconds or milliseconds, by the size of the number", () => {
  test.each([
    ["1708978215", "2024-02-26T20:10:15.000Z"],
    ["1708978215123", "2024-02-26T20:10:15.123Z"],
    ["99999999999", "5138-11-16T09:46:39.000Z"],
    ["100000000000", "1973-03-03T09:46:40.000Z"],
    ["253402214400000", "9999-12-31T00:00:00.000Z"],
  ])("%s", async (stamp, time) => {
    const rest = ",10.0.0.4,192.0.2.7,1,2";
    const [vnet] = await tuplesIn(bytesOf(log(vnetRecord(4, `${stamp}${rest},6,O,B,NX,0,0,0,0`))));
    const [nsg] = await tuplesIn(bytesOf(log(nsgRecord(2, `${stamp}${rest},T,O,A,B,,,,`))));
    expect([vnet, nsg]).toMatchObject([{ time }, { time }]);
  });
});

describe("a syntax error is located", () => {
  const tuples = `"flowTuples":["${OUT_V4}"`;
  const record = JSON.stringify(vnetRecord(4, OUT_V4));
  const broken = record.replace(`${tuples}]`, `${tuples},]`);
  const at = (text: string, part: string) => `at byte ${text.indexOf(part) + part.length}`;

  test.each([
    ["a trailing comma in a list", `{"records":[${broken}]}`, "inside record 1,", ",]", ": a comma before ]"],
    ["after whole records", `{"records":[${record},${broken}]}`, "inside record 2,", ",]", ": a comma before ]"],
    ["a trailing comma between records", `{"records":[${record},]}`, "after record 1,", ",]", ": a comma before ]"],
    ["in a record of its own", `${record}\n${broken}`, "inside record 2,", ",]", ": a comma before ]"],
    ["in a list of records", `[${record},${broken}]`, "inside record 2,", ",]", ": a comma before ]"],
    [
      "a comma before a brace",
      `{"records":[${record.slice(0, -1)},}]}`,
      "inside record 1,",
      ",}",
      ": a comma before }",
    ],
    ["a letter that starts no value", `{"records":[${record.replace("[", "x[")}]}`, "inside record 1,", ":x", ""],
    ["a letter between records", `{"records":[${record},x`, "after record 1,", ",x", ""],
    ["two commas between records", `{"records":[${record},,`, "after record 1,", ",,", ""],
    ["a letter between records of a list", `[${record},x`, "after record 1,", ",x", ""],
    ["a letter in a record of a list", `[${record},{x`, "inside record 2,", ",{x", ""],
    ["a letter in a record of its own", "{x", "inside record 1,", "{x", ""],
  ])("%s", async (_, text, place, part, why) => {
    const { code, message } = await errorOf(text);
    expect(code).toBe("flow-log-syntax");
    expect(message).toBe(`the flow log is not valid JSON ${place} ${at(text, part)}${why}`);
  });
});

test.each([
  ["records", '{"records":[x', 13],
  ["a list", "[x", 2],
])("a letter before the first record of %s is located by its byte alone", async (_, text, byte) => {
  expect((await errorOf(text)).message).toBe(`the flow log is not valid JSON, at byte ${byte}`);
});

describe("a log of another category is named", () => {
  const other = { time: "2025-07-29T23:20:32Z", category: "AppServiceAppLogs", properties: { level: "Error" } };
  test.each([
    [
      "a single record",
      JSON.stringify(other),
      "this is a log of category AppServiceAppLogs, not a flow log; use a PT1H.json blob of a network security group or virtual network flow log",
    ],
    [
      "one record a line",
      `${JSON.stringify(other)}\n${JSON.stringify(other)}`,
      "this is a log of category AppServiceAppLogs, not a flow log; use a PT1H.json blob of a network security group or virtual network flow log",
    ],
    [
      "records",
      log(other),
      "record 1 of the flow log: it is of category AppServiceAppLogs, not a flow record; use the unmodified PT1H.json file from Azure",
    ],
    [
      "a list",
      JSON.stringify([other]),
      "record 1 of the flow log: it is of category AppServiceAppLogs, not a flow record; use the unmodified PT1H.json file from Azure",
    ],
    [
      "a long name",
      log({ category: "c".repeat(50) }),
      `record 1 of the flow log: it is of category ${"c".repeat(37)}..., not a flow record; use the unmodified PT1H.json file from Azure`,
    ],
    [
      "a name that is no text",
      JSON.stringify({ category: 7 }),
      "the flow log is valid JSON but has no records; use a PT1H.json blob of a network security group or virtual network flow log",
    ],
    [
      "the first of several",
      JSON.stringify(other) + JSON.stringify({ category: "Second" }),
      "this is a log of category AppServiceAppLogs, not a flow log; use a PT1H.json blob of a network security group or virtual network flow log",
    ],
    [
      "a hostile name",
      JSON.stringify({ category: "a\u001b[2J" }),
      "this is a log of category a [2J, not a flow log; use a PT1H.json blob of a network security group or virtual network flow log",
    ],
  ])("%s", async (_, text, told) => {
    const { message, hint } = await errorOf(text);
    expect(`${message}; ${hint}`).toBe(told);
  });
});

describe("the address to look up", () => {
  test.each([
    ["an outbound flow's destination", OUT_V4, "destination 192.0.2.7"],
    ["an inbound flow's source, because replies go there", OUT_V4.replace(",O,", ",I,"), "source 10.0.0.4"],
    ["IPv6 as well", "1,2001:db8::4,2001:db8::7,1,2,6,O,B,NX,0,0,0,0", "destination 2001:db8::7"],
  ])("%s", async (_, tuple, expected) => {
    expect((await tuplesOf(log(vnetRecord(4, tuple))))[0]).toContain(expected);
  });
});

describe("shapes", () => {
  const both = ["1.1 outbound destination 192.0.2.7", "2.1 outbound destination 192.0.2.7"];
  const a = nsgRecord(2, OUT_V2);
  const b = vnetRecord(4, OUT_V4);
  const reversed = Object.fromEntries(Object.entries(b).reverse());

  test.each([
    ["records", log(a, b)],
    ["a list", JSON.stringify([a, b])],
    ["single records, one per line", `${JSON.stringify(a)}\n${JSON.stringify(b)}\n`],
    ["a record with its fields in another order", `${JSON.stringify(a)}${JSON.stringify(reversed)}`],
    ["several logs in sequence", log(a) + log(b)],
    [
      "indented, with a byte order mark and CRLF",
      `\ufeff\r\n${JSON.stringify({ records: [a, b] }, null, 2).replaceAll("\n", "\r\n")}`,
    ],
    [
      "with unknown fields around the records",
      JSON.stringify({ name: "x", records: [a, b], deep: [[{ records: [1] }]] }),
    ],
  ])("%s", async (_, text) => {
    expect(await tuplesOf(text)).toEqual(both);
    expect(await tuplesOf(text, ...Array.from(text, (_char, at) => at))).toEqual(both);
  });

  it("reads all fields of single records", async () => {
    const lines = `${JSON.stringify(a)}\n${JSON.stringify(b)}\n${JSON.stringify({ ...a, macAddress: "0022480AC1B2" })}`;
    const found = await tuplesIn(bytesOf(lines));
    expect(found).toEqual(await tuplesIn(bytesOf(log(a, b, { ...a, macAddress: "0022480AC1B2" }))));
    expect(found).toMatchObject([{ resourceId: NSG }, { resourceId: VNET, macAddress: "6045BD7431F1" }, {}]);
  });

  it("reads a record of a network security group beside fields of the other kind", async () => {
    const [tuple] = await tuplesIn(bytesOf(log({ ...a, flowRecords: null, targetResourceID: VNET })));
    expect(tuple).toMatchObject({ format: "nsg-v2", resourceId: NSG });
    const [other] = await tuplesIn(bytesOf(log({ ...b, properties: a.properties, resourceId: NSG })));
    expect(other).toMatchObject({ format: "vnet-v4", resourceId: VNET });
  });

  it("reads nesting of 64 levels, in fields that it does not know", async () => {
    const nested = (levels: number) => `{"deep":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)},"records":[]}`;
    expect(await tuplesOf(nested(64))).toEqual([]);
    expect((await errorOf(nested(65))).message).toBe("record 1 of the flow log: nested more than 64 levels deep");
  });

  it("does not mix the fields of single records", async () => {
    const { macAddress: _, ...bare } = b;
    const tuples = await tuplesIn(bytesOf(JSON.stringify(b) + JSON.stringify(bare)));
    expect(tuples.map((tuple) => "macAddress" in tuple && tuple.macAddress)).toEqual(["6045BD7431F1", null]);
  });

  it("names the network interface of the tuples, else that of the record", async () => {
    const record = (mac: unknown) => {
      const flows = [{ rule: "", flows: [{ mac, flowTuples: [OUT_V2] }] }];
      return { ...nsgRecord(2), macAddress: "0022480AC1B2", properties: { Version: 2, flows } };
    };
    const found = await tuplesIn(bytesOf(log(record("000D3AF8801A"), record(""), record(7))));
    expect(found).toMatchObject([
      { macAddress: "000D3AF8801A", securityRule: null },
      { macAddress: "0022480AC1B2", securityRule: null },
      { macAddress: "0022480AC1B2", securityRule: null },
    ]);
  });

  it("numbers tuples across the rules and interfaces of a record", async () => {
    const record = nsgRecord(2, OUT_V2, OUT_V2);
    record.properties.flows.push(...nsgRecord(2, OUT_V2).properties.flows);
    expect((await tuplesOf(log(record, record))).map((text) => text.split(" ")[0])).toEqual([
      "1.1",
      "1.2",
      "1.3",
      "2.1",
      "2.2",
      "2.3",
    ]);
  });

  it("takes the last of duplicate fields, as other JSON readers do", async () => {
    const once = log(nsgRecord(2, OUT_V2));
    const twice = once
      .replace('"category":', '"resourceId":"/other","category":')
      .replace('"Version":2', '"Version":1,"Version":2');
    expect(twice).not.toBe(once);
    expect(await tuplesIn(bytesOf(twice))).toEqual(await tuplesIn(bytesOf(once)));
  });

  it("a log without records has no tuples", async () => {
    expect(await tuplesOf('{"records":[]}')).toEqual([]);
  });
});

describe("an invalid tuple is refused in its place", () => {
  test.each<[string, FlowLogFormat, string, string]>([
    ["too few fields", "vnet-v4", "1,2,3", "only 3 of 13 fields"],
    ["a version 1 tuple in a version 2 log", "nsg-v2", IN_V1, "only 8 of 13 fields"],
    ["seven of eight fields", "nsg-v1", "1,198.51.100.9,10.0.0.4,1,2,T,I", "only 7 of 8 fields"],
    ["no time", "nsg-v1", "x,198.51.100.9,10.0.0.4,1,2,T,I,D", "invalid time 'x'"],
    [
      "a millisecond after the last time",
      "nsg-v1",
      "253402214400001,198.51.100.9,10.0.0.4,1,2,T,I,D",
      "invalid time '253402214400001'",
    ],
    [
      "a long time, which is cut",
      "nsg-v1",
      `${"9".repeat(21)},198.51.100.9,10.0.0.4,1,2,T,I,D`,
      `invalid time '${"9".repeat(17)}...'`,
    ],
    [
      "a long direction, which is cut",
      "nsg-v1",
      `1,198.51.100.9,10.0.0.4,1,2,T,${"I".repeat(21)},D`,
      `invalid direction '${"I".repeat(17)}...', expected I or O`,
    ],
    [
      "a time beyond the calendar",
      "nsg-v1",
      "999999999999999,198.51.100.9,10.0.0.4,1,2,T,I,D",
      "invalid time '999999999999999'",
    ],
    ["no direction", "nsg-v1", "1,198.51.100.9,10.0.0.4,1,2,T,X,D", "invalid direction 'X', expected I or O"],
    [
      "a look-alike of an address",
      "nsg-v1",
      "1,198.51.100.09,10.0.0.4,1,2,T,I,D",
      "'198.51.100.09' has a leading zero, which some programs read as octal",
    ],
    [
      "an address at the other end that is none",
      "nsg-v1",
      "1,198.51.100.9,vm,1,2,T,I,D",
      "'vm' is not an IPv4 or IPv6 address",
    ],
  ])("%s", (_, format, text, reason) => {
    expect(readTuple(text, format)).toMatchObject({ reason });
  });

  it("and the tuples after it are read", async () => {
    expect(await tuplesOf(log(nsgRecord(2, OUT_V2, "x", OUT_V2.replace("10.0.0.4", "10.0.0.04"), OUT_V2)))).toEqual([
      "1.1 outbound destination 192.0.2.7",
      "1.2!flow-tuple 'x': record 1, tuple 2: only 1 of 13 fields; use the unmodified log file from Azure",
      "1.3!address-leading-zero '1700000000,10.0.0.04,192.0.2.7,50000,443,T,O,A,C,7,1158,1...': record 1, tuple 3: '10.0.0.04' has a leading zero, which some programs read as octal; write 10.0.0.4",
      "1.4 outbound destination 192.0.2.7",
    ]);
  });

  it("with its position, the start of its text, and what to do", async () => {
    const long = `1,vm,10.0.0.4,1,2,T,I,D,${"x".repeat(60)},,,,`;
    expect(await tuplesIn(bytesOf(log(nsgRecord(2, "x", long))))).toEqual([
      {
        record: 1,
        tuple: 1,
        destination: "x",
        error: {
          code: "flow-tuple",
          message: "record 1, tuple 1: only 1 of 13 fields",
          hint: "use the unmodified log file from Azure",
        },
      },
      {
        record: 1,
        tuple: 2,
        destination: `${long.slice(0, 57)}...`,
        error: {
          code: "address-syntax",
          message: "record 1, tuple 2: 'vm' is not an IPv4 or IPv6 address",
          hint: "write one like 10.0.0.4 or 2001:db8::1",
        },
      },
    ]);
  });
});

describe("an invalid log is rejected", () => {
  const good = nsgRecord(2, OUT_V2);
  const noTuples = { ...good, properties: { Version: 2, flows: [{ rule: "R", flows: [{ mac: "m" }] }] } };

  test.each([
    ["flow-log-empty", "", "the flow log is empty; check the command that writes it"],
    ["flow-log-empty", " \n", "the flow log is empty; check the command that writes it"],
    [
      "flow-log-syntax",
      "time,src,dst",
      "the flow log is not valid JSON; use a PT1H.json blob of a network security group or virtual network flow log",
    ],
    [
      "flow-log-syntax",
      `${log(good)}]`,
      "the flow log is not valid JSON after record 1, at byte 425; use a PT1H.json blob of a network security group or virtual network flow log",
    ],
    [
      "flow-log-syntax",
      '{"records":[{]}',
      "the flow log is not valid JSON inside record 1, at byte 14; use a PT1H.json blob of a network security group or virtual network flow log",
    ],
    [
      "flow-log-syntax",
      "\u001f\u008b",
      "the flow log is not valid JSON; use a PT1H.json blob of a network security group or virtual network flow log",
    ],
    [
      "flow-log-truncated",
      log(good, good).slice(0, -20),
      "the flow log is cut off after record 1; download the file again; Azure still appends to the current hour's",
    ],
    [
      "flow-log-truncated",
      `${log(good).slice(0, -1)}`,
      "the flow log is cut off after record 1; download the file again; Azure still appends to the current hour's",
    ],
    [
      "flow-log-unrecognised",
      '{"value":[{"addressPrefix":[]}]}',
      "the flow log is valid JSON but has no records; use a PT1H.json blob of a network security group or virtual network flow log",
    ],
    [
      "flow-log-truncated",
      log(good).slice(0, 40),
      "the flow log is cut off within its first record; download the file again; Azure still appends to the current hour's",
    ],
    [
      "flow-log-unrecognised",
      "[]",
      "the flow log is valid JSON but has no records; use a PT1H.json blob of a network security group or virtual network flow log",
    ],
    [
      "flow-log-unrecognised",
      "{}",
      "the flow log is valid JSON but has no records; use a PT1H.json blob of a network security group or virtual network flow log",
    ],
    [
      "flow-log-shape",
      '{"records":[{"time":"x"}]}',
      "record 1 of the flow log: it has neither flowRecords nor properties.flows; use the unmodified PT1H.json file from Azure",
    ],
    [
      "flow-log-shape",
      "[1]",
      "record 1 of the flow log: it has neither flowRecords nor properties.flows; use the unmodified PT1H.json file from Azure",
    ],
    [
      "flow-log-shape",
      log(good, noTuples),
      "record 2 of the flow log: flowTuples is not a list of strings; use the unmodified PT1H.json file from Azure",
    ],
    ...(
      [
        [{ properties: { Version: 2, flows: {} } }, "properties.flows is not a list of objects"],
        [{ properties: { Version: 2, flows: [1] } }, "properties.flows is not a list of objects"],
        [{ properties: { Version: 2, flows: [{}, 1] } }, "properties.flows is not a list of objects"],
        [
          { properties: { Version: 2, flows: [{ flows: [{ flowTuples: ["x", 1] }] }] } },
          "flowTuples is not a list of strings",
        ],
        [{ properties: { Version: 2, flows: [{}] } }, "properties.flows[].flows is not a list of objects"],
        [
          { properties: { Version: 2, flows: [{ flows: [{ flowTuples: [1] }] }] } },
          "flowTuples is not a list of strings",
        ],
        [{ properties: { Version: 2 } }, "it has neither flowRecords nor properties.flows"],
        [{ properties: [], flowRecords: [] }, "it has neither flowRecords nor properties.flows"],
        [{ flowLogVersion: 4, flowRecords: {} }, "flowRecords.flows is not a list of objects"],
        [
          { flowLogVersion: 4, flowRecords: { flows: [{}] } },
          "flowRecords.flows[].flowGroups is not a list of objects",
        ],
        [{ flowLogVersion: 4, flowRecords: { flows: [{ flowGroups: [{}] }] } }, "flowTuples is not a list of strings"],
      ] as const
    ).map(([record, problem]) => [
      "flow-log-shape",
      log(record),
      `record 1 of the flow log: ${problem}; use the unmodified PT1H.json file from Azure`,
    ]),
    [
      "flow-log-version",
      log(nsgRecord("2".repeat(30), OUT_V2)),
      `record 1 of the flow log has version "${"2".repeat(16)}...; supported are NSG flow logs of version 1 and 2, and virtual network flow logs of version 4`,
    ],
    [
      "flow-log-version",
      log(nsgRecord(3, OUT_V2)),
      "record 1 of the flow log has version 3; supported are NSG flow logs of version 1 and 2, and virtual network flow logs of version 4",
    ],
    [
      "flow-log-version",
      log(nsgRecord(undefined, OUT_V2)),
      "record 1 of the flow log has no version; supported are NSG flow logs of version 1 and 2, and virtual network flow logs of version 4",
    ],
    [
      "flow-log-shape",
      "[".repeat(10_000),
      "record 1 of the flow log: nested more than 64 levels deep; use a PT1H.json blob of a network security group or virtual network flow log",
    ],
    [
      "flow-log-shape",
      `${log(good)}${'{"a":'.repeat(3_000_000)}`,
      "record 2 of the flow log: nested more than 64 levels deep; use a PT1H.json blob of a network security group or virtual network flow log",
    ],
    [
      "flow-log-version",
      log(nsgRecord(null, OUT_V2)),
      "record 1 of the flow log has version null; supported are NSG flow logs of version 1 and 2, and virtual network flow logs of version 4",
    ],
    [
      "flow-log-version",
      log(nsgRecord("2", OUT_V2)),
      'record 1 of the flow log has version "2"; supported are NSG flow logs of version 1 and 2, and virtual network flow logs of version 4',
    ],
    [
      "flow-log-version",
      log(nsgRecord([2], OUT_V2)),
      "record 1 of the flow log has a version that is not a number; supported are NSG flow logs of version 1 and 2, and virtual network flow logs of version 4",
    ],
    [
      "flow-log-version",
      log(nsgRecord(4, OUT_V2)),
      "record 1 of the flow log has version 4; supported are NSG flow logs of version 1 and 2, and virtual network flow logs of version 4",
    ],
    [
      "flow-log-version",
      log(vnetRecord(2, OUT_V4)),
      "record 1 of the flow log has version 2; supported are NSG flow logs of version 1 and 2, and virtual network flow logs of version 4",
    ],
    [
      "flow-log-version",
      log(nsgRecord({ a: 1 }, OUT_V2)),
      "record 1 of the flow log has a version that is not a number; supported are NSG flow logs of version 1 and 2, and virtual network flow logs of version 4",
    ],
    [
      "flow-log-version",
      log(nsgRecord(["2"], OUT_V2)),
      "record 1 of the flow log has a version that is not a number; supported are NSG flow logs of version 1 and 2, and virtual network flow logs of version 4",
    ],
    [
      "flow-log-version",
      log(good, vnetRecord(5, OUT_V4)),
      "record 2 of the flow log has version 5; supported are NSG flow logs of version 1 and 2, and virtual network flow logs of version 4",
    ],
  ])("%s", async (code, text, told) => {
    const error = await errorOf(text);
    expect(error.code).toBe(code);
    expect(`${error.message}; ${error.hint}`).toBe(told);
    expect(error.message.length).toBeLessThan(100);
  });

  it("a record without end takes no more memory than the limit", async () => {
    let given = 0;
    async function* endless() {
      yield new TextEncoder().encode('{"records":[{"properties":{"flows":["');
      for (; ; given += 1000) yield new TextEncoder().encode("x".repeat(1000));
    }
    await expect(tuplesIn(endless(), 10_000)).rejects.toMatchObject({ code: "flow-log-record-size" });
    expect(given).toBeLessThan(12_000);
  });

  it("a record may have as many characters as the limit", async () => {
    const start = `{"records":[{"x":"${"x".repeat(1000)}`;
    expect((await errorOf(start, start.length)).code).toBe("flow-log-truncated");
    const { code, message, hint } = await errorOf(start, start.length - 1);
    expect([code, message, hint]).toEqual([
      "flow-log-record-size",
      "record 1 of the flow log has more than 1,017 characters",
      "use a PT1H.json blob of a network security group or virtual network flow log",
    ]);
  });

  it("a log may have as many blanks before it as a record has characters", async () => {
    const text = log(good);
    expect(await tuplesIn(bytesOf(" ".repeat(500) + text, 499), 500)).toHaveLength(1);
    expect(await tuplesIn(bytesOf(" ".repeat(500) + text, 500), 500)).toHaveLength(1);
    expect((await errorOf(" ".repeat(501) + text, 500)).message).toBe("the flow log is not valid JSON");
  });

  it("endless whitespace is rejected", async () => {
    async function* endless() {
      for (;;) yield new TextEncoder().encode(" ".repeat(1000));
    }
    await expect(tuplesIn(endless(), 10_000)).rejects.toMatchObject({ code: "flow-log-syntax" });
  });
});

it("tuples are yielded before the log ends", async () => {
  async function* endless() {
    yield new TextEncoder().encode('{"records":[');
    for (;;) yield new TextEncoder().encode(`${JSON.stringify(nsgRecord(2, OUT_V2))},`);
  }
  let last = 0;
  for await (const tuples of flowTuples(endless(), 10_000)) {
    for (const { record } of tuples) last = record;
    if (last === 500) break;
  }
  expect(last).toBe(500);
});

describe("for any input", () => {
  it("a tuple is read or refused, and nothing is thrown", () => {
    const field = fc.oneof(
      fc.constantFrom("", "1", "I", "O", "T", "A", "10.0.0.4", "::1", "D", "99999999999999999"),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(
        fc.array(field, { maxLength: 15 }),
        fc.constantFrom<FlowLogFormat>("nsg-v1", "nsg-v2", "vnet-v4"),
        (fields, format) => {
          const read = readTuple(fields.join(","), format);
          expect("reason" in read || /^\d{4}-.*Z$/.test(read.time)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("a damaged log gives tuples or a UserError, whatever the pieces", async () => {
    const text = log(nsgRecord(2, OUT_V2, OUT_V2), vnetRecord(4, OUT_V4), nsgRecord(1, IN_V1));
    const outcome = async (input: string, cuts: readonly number[]) => {
      const seen: unknown[] = [];
      try {
        for await (const tuples of flowTuples(bytesOf(input, ...cuts))) for (const tuple of tuples) seen.push(tuple);
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        seen.push(error instanceof UserError ? error.code + error.message : error);
      }
      return seen;
    };
    const at = fc.nat(text.length - 1);
    const patch = fc.constantFrom("", "{", "}", "[", "]", ",", '"', "\\", "0", "null", "\u00e9", " ");
    await fc.assert(
      fc.asyncProperty(
        at,
        fc.nat(3),
        patch,
        fc.array(at, { maxLength: 5 }),
        async (position, length, replacement, cuts) => {
          const input = text.slice(0, position) + replacement + text.slice(position + length);
          expect(await outcome(input, cuts)).toEqual(await outcome(input, []));
        },
      ),
      { numRuns: 300 },
    );
  });
});
