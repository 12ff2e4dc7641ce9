import { describe, expect, test } from "vitest";
import { destinationOf, endsOf, startOf } from "../../../src/analysis/trace/start.ts";
import { formatAddress, parseAddress } from "../../../src/net/address.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { dataOf, gateway, hub, hubAndSpokes, nic } from "./lab.ts";

/** Code, message and hint of the error that a call throws. */
function refusalOf(call: () => unknown): readonly unknown[] {
  try {
    call();
  } catch (error) {
    if (error instanceof UserError) return [error.code, error.message, error.hint];
    throw error;
  }
  return ["nothing was thrown"];
}

function lab() {
  const draft = hubAndSpokes();
  draft.nics.push(nic("web-2", "spoke1", "10.1.0.5"), nic("twin", "spoke2", "10.1.0.4"));
  draft.virtualMachines.push({
    ...{ id: "/vm/front", name: "front", region: null, powerState: "running" },
    ...{ nicIds: ["web", "web-2"], scaleSetId: null },
  });
  const dual = nic("dual", "spoke2", "10.2.0.9");
  const [own] = dual.ipConfigurations;
  if (own === undefined) throw new RangeError("no address");
  const second = { ...own, id: "dual/six", primary: false, address: parseAddress("fd00::4") };
  draft.nics.push({ ...dual, ipConfigurations: [own, second] });
  draft.hubs.push(hub("vhub"));
  draft.virtualMachines.push({
    ...{ id: "/vm/bare", name: "bare", region: null, powerState: "running" },
    ...{ nicIds: ["gone"], scaleSetId: null },
  });
  const names = Array.from({ length: 8 }, (_, at) => `gw${at}`);
  draft.gateways.push(...[...names, "double"].map((name) => gateway(name, "hub", [])));
  draft.gateways.push({ ...gateway("double", "hub", []), id: "/x/double-2" });
  return dataOf(draft);
}

describe("where a packet starts", () => {
  test.each([
    { from: "nic:web", name: "web", address: "10.1.0.4" },
    { from: "NIC:WEB", name: "web", address: "10.1.0.4" },
    { from: "web", name: "web", address: "10.1.0.4" },
    { from: "vm:front", name: "web", address: "10.1.0.4" },
    { from: "front", name: "web", address: "10.1.0.4" },
    { from: "/vm/front", name: "web", address: "10.1.0.4" },
    { from: "10.2.0.4", name: "db", address: "10.2.0.4" },
    { from: "subnet:spoke1/main", name: "spoke1/main (web)", address: "10.1.0.4" },
    { from: "vm:vm-db", name: "db", address: "10.2.0.4" },
    { from: "vm-db", name: "db", address: "10.2.0.4" },
    { from: "fd00::4", name: "dual", address: "fd00::4" },
    { from: "hub:vhub", name: "vhub", address: null },
    { from: " nic: db ", name: "db", address: "10.2.0.4" },
    { from: "gateway:double", name: "double", address: null },
  ])("$from", ({ from, name, address }) => {
    const start = startOf(lab(), from);
    expect([start.endpoint.name, start.endpoint.address]).toEqual([name, address]);
    expect(start.address === null ? null : formatAddress(start.address)).toBe(address);
  });

  test("of a machine with several NICs it is the primary one, and the answer says so", () => {
    const text = "from web, the primary NIC of front; it may also leave by web-2";
    expect(startOf(lab(), "vm:front").notes).toEqual([{ id: "several-nics", level: "remark", text }]);
    expect(startOf(lab(), "nic:web").notes).toEqual([]);
  });

  test("two with the same name are listed with their ids", () => {
    const draft = hubAndSpokes();
    draft.gateways.push(gateway("Same", "hub", [], { id: "/a" }), gateway("same", "hub", [], { id: "/b" }));
    expect(refusalOf(() => startOf(dataOf(draft), "gateway:same"))).toEqual([
      "trace-start",
      "2 gateways fit 'same'",
      "give the id of one: /a, /b",
    ]);
  });

  test("of many with the same name eight ids are listed", () => {
    const draft = hubAndSpokes();
    draft.gateways.push(...Array.from({ length: 9 }, (_, at) => gateway("same", "hub", [], { id: `/${at}` })));
    expect(refusalOf(() => startOf(dataOf(draft), "gateway:same"))).toEqual([
      "trace-start",
      "9 gateways fit 'same'",
      "give the id of one: /0, /1, /2, /3, /4, /5, /6, /7",
    ]);
  });

  test("a machine that its NIC names too is one", () => {
    const draft = hubAndSpokes();
    draft.virtualMachines.push({
      ...{ id: "VM-DB", name: "vm-db", region: null, powerState: "running" },
      ...{ nicIds: [], scaleSetId: null },
    });
    expect(startOf(dataOf(draft), "vm:vm-db").endpoint.name).toBe("db");
  });

  const FORMS = "start from nic:NAME, vm:NAME, subnet:NETWORK/SUBNET, gateway:NAME, hub:NAME or an address";
  const NICS = "web, nva, db, web-2, twin, dual";
  const SUBNETS = "hub/main, hub/GatewaySubnet, spoke1/main, spoke1/GatewaySubnet, spoke2/main, spoke2/GatewaySubnet";

  test.each([
    ["nic:wep", "unknown NIC 'wep' (did you mean web?)", `NIC names: ${NICS}`],
    ["wep", "unknown NIC 'wep' (did you mean web?)", `NIC names: ${NICS}, front, bare and 6 more`],
    ["/x/y", "unknown NIC '/x/y'", `NIC names: ${NICS}, front, bare and 6 more`],
    [
      "vm:frnt",
      "unknown virtual machine 'frnt' (did you mean front?)",
      "virtual machine names: front, bare, vm-web, vm-nva, vm-db, vm-web-2, vm-twin, vm-dual",
    ],
    ["vm:bare", "virtual machine bare has no known NIC", FORMS],
    ["subnet:spoke1/mian", "unknown subnet 'spoke1/mian' (did you mean spoke1/main?)", `subnet names: ${SUBNETS}`],
    ["subnet:hub/GatewaySubnet", "subnet hub/GatewaySubnet has no known NIC", FORMS],
    ["gateway:x", "unknown gateway 'x'", "gateway names: gw0, gw1, gw2, gw3, gw4, gw5, gw6, gw7 and 2 more"],
    ["hub:x", "unknown hub 'x'", "hub names: vhub"],
    ["10.1.0.4", "2 NICs fit '10.1.0.4'", "name one: web, twin"],
    ["10.9.9.9", "no NIC with address 10.9.9.9 is known", FORMS],
  ])("%s is refused: %s", (from, message, hint) => {
    expect(refusalOf(() => startOf(lab(), from))).toEqual(["trace-start", message, hint]);
  });

  test.each([
    ["10.1.0.0/24", "'10.1.0.0/24' is a prefix, not an address"],
    ["10.1.0", "'10.1.0' is not a whole IPv4 address"],
    ["my-nic:web", "'my-nic:web' is not an IPv4 or IPv6 address"],
  ])("%s is refused: %s", (from, message) => {
    expect(() => startOf(lab(), from)).toThrow(message);
  });

  test.each([
    [
      "10.2.0.4",
      "no NIC with address 10.2.0.4 is known",
      "a folder of exports has no addresses: name the table with --from NAME, or give --addresses map.csv",
    ],
    ["nic:a", "unknown NIC 'a'", `no NIC was found; ${FORMS}`],
  ])("%s in a folder without resources is refused, with what to do", (from, message, hint) => {
    const data = dataOf({ ...hubAndSpokes(), networks: [], nics: [], tables: {} });
    expect(refusalOf(() => startOf(data, from))).toEqual(["trace-start", message, hint]);
  });

  test("a packet of a subnet starts at a NIC with a known table", () => {
    const draft = hubAndSpokes();
    draft.nics.unshift(nic("off", "spoke1", "10.1.0.9"));
    expect(startOf(dataOf(draft), "subnet:spoke1/main").endpoint).toEqual({
      address: "10.1.0.4",
      resourceId: "web",
      name: "spoke1/main (web)",
    });
    draft.tables = {};
    expect(startOf(dataOf(draft), "subnet:spoke1/main").endpoint.name).toBe("spoke1/main (off)");
  });

  test("the NICs of a subnet are those with any address in it, however its id is spelled", () => {
    const draft = hubAndSpokes();
    const [own] = nic("two", "spoke1", "10.1.0.8").ipConfigurations;
    if (own === undefined) throw new RangeError("no address");
    const away = { ...own, id: "two/away", subnetId: null };
    const here = { ...own, id: "two/here", subnetId: "SPOKE1/subnets/MAIN" };
    draft.nics = [nic("loose", null, "10.1.0.7"), { ...nic("two", null, null), ipConfigurations: [away, here] }];
    expect(startOf(dataOf(draft), "subnet:spoke1/main").endpoint.name).toBe("spoke1/main (two)");
  });

  test("a NIC without a primary address has its first one, and none where nothing says it", () => {
    const draft = hubAndSpokes();
    const bare = nic("bare", "spoke1", null);
    const second = nic("second", "spoke1", "10.1.0.7");
    const secondary = second.ipConfigurations.map((each) => ({ ...each, primary: false }));
    draft.nics.push(
      bare,
      { ...second, ipConfigurations: secondary },
      { ...bare, id: "none", name: "none", ipConfigurations: [] },
    );
    const addressOf = (name: string) => startOf(dataOf(draft), `nic:${name}`).endpoint.address;
    expect(["bare", "second", "none"].map(addressOf)).toEqual([null, "10.1.0.7", null]);
  });
});

test("a NIC starts with an address of the destination's family, also after one that is not known", () => {
  const draft = hubAndSpokes();
  const [own] = nic("late", "spoke1", null).ipConfigurations;
  if (own === undefined) throw new RangeError("no configuration");
  const all = [null, "10.1.0.7", "fd00::7"].map((text) => ({
    ...own,
    address: text === null ? null : parseAddress(text),
  }));
  draft.nics.push({ ...nic("late", "spoke1", null), ipConfigurations: all });
  const data = dataOf(draft);
  const start = (family: 4 | 6 | null) => startOf(data, "nic:late", family).endpoint.address;
  expect([start(6), start(4), start(null)]).toEqual(["fd00::7", "10.1.0.7", "10.1.0.7"]);
});

describe("where a packet goes", () => {
  test.each([
    ["10.2.0.4", "10.2.0.4"],
    ["2001:db8::1", "2001:db8::1"],
    ["nic:db", "10.2.0.4"],
    ["db", "10.2.0.4"],
  ])("%s is %s", (text, address) => {
    expect(formatAddress(destinationOf(lab(), text))).toBe(address);
  });

  test.each([
    { from: "nic:dual", to: "10.2.0.4", source: "10.2.0.9", destination: "10.2.0.4" },
    { from: "nic:dual", to: "2001:db8::1", source: "fd00::4", destination: "2001:db8::1" },
    { from: "vm:vm-dual", to: "2001:db8::1", source: "fd00::4", destination: "2001:db8::1" },
    { from: "fd00::4", to: "nic:dual", source: "fd00::4", destination: "fd00::4" },
    { from: "10.2.0.9", to: "nic:dual", source: "10.2.0.9", destination: "10.2.0.9" },
  ])("from $from to $to both addresses are of one family", ({ from, to, source, destination }) => {
    const ends = endsOf(lab(), from, to);
    expect([ends.from.endpoint.address, formatAddress(ends.to)]).toEqual([source, destination]);
  });

  test("of two families is refused, with what to do", () => {
    expect(refusalOf(() => endsOf(lab(), "10.2.0.4", "fd00::4"))).toEqual([
      "trace-start",
      "10.2.0.4 is IPv4 and fd00::4 IPv6",
      "source and destination must both be IPv4 or both IPv6: name the NIC or the virtual machine with --from NAME",
    ]);
  });

  test.each([
    ["10.2.0.0/24", "'10.2.0.0/24' is a prefix, not an address"],
    ["fd00::/64", "'fd00::/64' is a prefix, not an address"],
    ["10.2.0", "'10.2.0' is not a whole IPv4 address"],
  ])("%s is refused: %s", (to, message) => {
    expect(() => endsOf(lab(), "nic:web", to)).toThrow(message);
  });

  test("what has no address is refused", () => {
    expect(refusalOf(() => destinationOf(lab(), "hub:vhub"))).toEqual([
      "trace-destination",
      "vhub has no known address",
      "give --to an address, such as 10.20.0.5",
    ]);
  });
});
