import { describe, expect, test } from "vitest";
import { destinationOf, endsOf, startOf } from "../../../src/analysis/trace/start.ts";
import { formatAddress, parseAddress } from "../../../src/net/address.ts";
import { dataOf, hub, hubAndSpokes, nic } from "./lab.ts";

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
  ])("$from", ({ from, name, address }) => {
    const start = startOf(lab(), from);
    expect([start.endpoint.name, start.endpoint.address]).toEqual([name, address]);
    expect(start.address === null ? null : formatAddress(start.address)).toBe(address);
  });

  test("of a machine with several NICs it is the primary one, and the answer says so", () => {
    expect(startOf(lab(), "vm:front").notes.map(({ id }) => id)).toEqual(["several-nics"]);
    expect(startOf(lab(), "nic:web").notes).toEqual([]);
  });

  test.each([
    { from: "nic:wep", message: /unknown NIC 'wep' \(did you mean web/ },
    { from: "vm:frnt", message: /did you mean front/ },
    { from: "subnet:spoke1/mian", message: /did you mean spoke1\/main/ },
    { from: "10.1.0.4", message: /2 NICs fit '10.1.0.4'/ },
    { from: "10.1.0.0/24", message: /a prefix, not an address/ },
    { from: "10.9.9.9", message: /no NIC with address 10.9.9.9/ },
    { from: "10.1.0", message: /not a whole IPv4 address/ },
    { from: "gateway:x", message: /unknown gateway 'x'/ },
  ])("$from is refused: $message", ({ from, message }) => {
    expect(() => startOf(lab(), from)).toThrow(message);
  });
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

  test.each([
    { from: "10.2.0.4", to: "fd00::4", message: /10\.2\.0\.4 is IPv4 and fd00::4 IPv6/ },
    { from: "nic:web", to: "10.2.0.0/24", message: /a prefix, not an address/ },
  ])("from $from to $to is refused", ({ from, to, message }) => {
    expect(() => endsOf(lab(), from, to)).toThrow(message);
  });

  test("of several with one address the names are given, not ids", () => {
    expect(() => startOf(lab(), "10.1.0.4")).toThrow(expect.objectContaining({ hint: "name one: web, twin" }));
  });

  test("what has no address is refused", () => {
    expect(() => destinationOf(lab(), "hub:vhub")).toThrow(/no known address/);
  });
});
