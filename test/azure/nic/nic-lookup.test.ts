import { describe, expect, test } from "vitest";
import type { Nic } from "../../../src/azure/nic/nic.ts";
import { findNic, hasAddress, type NicQuery } from "../../../src/azure/nic/nic-lookup.ts";
import type { NicOptions } from "../../../src/azure/nic/nic-options.ts";
import { readTarget } from "../../../src/azure/nic/nic-options.ts";
import { formatNicId, readNicReference } from "../../../src/azure/nic/resource-id.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { nearNames } from "../../../src/text/near-names.ts";
import { hasSharedData, readShared } from "../../shared-data.ts";
import { fakePace, liveSession, rejection, SUBSCRIPTION, TOKEN } from "../live.ts";
import { armError, type Reply, startLoopbackArm } from "../loopback-arm.ts";

const VM = (group: string, name: string) =>
  `/subscriptions/S/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${name}`;

function nic(group: string, name: string, more: Partial<Nic> = {}): Nic {
  const id = { subscriptionId: "S", resourceGroup: group, name };
  return {
    id,
    resourceId: formatNicId(id),
    region: "westeurope",
    virtualMachineId: null,
    primary: false,
    privateIpAddresses: [],
    publicIpAddresses: [],
    privateEndpointId: null,
    subnetId: null,
    ...more,
  };
}

const NICS = [
  nic("rg-a", "vm-app197", { virtualMachineId: VM("rg-a", "vm-app"), privateIpAddresses: ["10.0.0.4", "fd00::4"] }),
  nic("rg-b", "VM-APP197", { privateIpAddresses: ["10.0.0.4"] }),
  nic("rg-a", "nva-in", { virtualMachineId: VM("rg-a", "nva"), primary: true, privateIpAddresses: ["10.0.1.4"] }),
  nic("rg-a", "nva-out", { virtualMachineId: VM("rg-a", "nva"), privateIpAddresses: ["10.0.2.4"] }),
];

const name = (text: string, resourceGroup: string | null = null): NicQuery => ({
  by: "name",
  name: text,
  resourceGroup,
});
const vm = (text: string, resourceGroup: string | null = null): NicQuery => ({ by: "vm", name: text, resourceGroup });
const ip = (address: string, resourceGroup: string | null = null): NicQuery => ({
  by: "private-ip",
  address: parseAddress(address),
  resourceGroup,
});

describe("which NIC is meant", () => {
  for (const [rule, query, found] of [
    ["a name without case", name("NVA-IN"), "nva-in"],
    ["-g narrows a name, without case", name("vm-app197", "RG-B"), "VM-APP197"],
    ["a VM with one NIC", vm("VM-App"), "vm-app197"],
    ["an address", ip("10.0.2.4"), "nva-out"],
    ["an IPv6 address in another spelling", ip("FD00:0:0::4"), "vm-app197"],
    ["-g narrows an address", ip("10.0.0.4", "rg-b"), "VM-APP197"],
  ] as const) {
    test(rule, () => expect(findNic(NICS, query).id.name).toBe(found));
  }

  test.each([
    ["fd00::4", "FD00:0::4", true],
    ["fd00::4", "fd00::5", false],
    ["10.0.0.4", "10.0.0.4", true],
    ["10.0.0.4", "10.0.0.40", false],
    ["10.0.0.4", "::ffff:10.0.0.4", true],
    ["::ffff:a00:4", "10.0.0.4", true],
    ["10.0.0.4", "::10.0.0.4", false],
    ["fe80::1%eth0", "fe80::1", false],
    ["10.0.0.04", "10.0.0.4", false],
    ["10.0.0.4/32", "10.0.0.4", false],
    ["unknown", "10.0.0.4", false],
    ["", "::", false],
  ])("a NIC with %s has the address %s: %s", (own, wanted, has) => {
    expect(hasAddress({ privateIpAddresses: ["10.9.9.9", own] }, parseAddress(wanted))).toBe(has);
  });

  const APP = "  --nic vm-app197 -g rg-a (VM vm-app, 10.0.0.4, fd00::4)";
  const OTHER_APP = "  --nic VM-APP197 -g rg-b (no VM, 10.0.0.4)";
  const NVA_IN = "  --nic nva-in -g rg-a (VM nva, primary, 10.0.1.4)";
  const NVA_OUT = "  --nic nva-out -g rg-a (VM nva, 10.0.2.4)";
  const CHECK_NAME = "check the name, -g and --subscription";
  const NODE = "aks-pool-12345678-vmss00000c";
  const LONG = "x".repeat(50);

  test.each<[query: NicQuery, exit: string, code: string, message: string, hint: string]>([
    [name("vm-app197"), "usage", "nic-ambiguous", `2 NICs are named vm-app197\n${APP}\n${OTHER_APP}`, "give -g too"],
    [vm("nva"), "usage", "nic-ambiguous", `VM nva has 2 NICs\n${NVA_IN}\n${NVA_OUT}`, "name one of them with --nic"],
    [
      ip("10.0.0.4"),
      "usage",
      "nic-ambiguous",
      `2 NICs have the address 10.0.0.4\n${APP}\n${OTHER_APP}`,
      "networks may use the same addresses: name one of them with --nic, or narrow with -g",
    ],
    [
      { by: "vm-id", id: VM("RG-A", "NVA") },
      "usage",
      "vm-given",
      `--nic names a VM, not a NIC: NVA\n${NVA_IN}\n${NVA_OUT}`,
      "give one of these NICs to --nic",
    ],
    [
      { by: "vm-id", id: `${VM("RG-A", "vm-app")}/` },
      "usage",
      "vm-given",
      `--nic names a VM, not a NIC: vm-app\n${APP}`,
      "give that NIC to --nic, or the VM's name to --vm",
    ],
    [
      { by: "vm-id", id: VM("x", "y") },
      "usage",
      "vm-given",
      "--nic names the VM y, which has no NIC visible to you",
      "name a NIC; check the VM's id and your access",
    ],
    [
      name("vm-ap197"),
      "failed",
      "nic-not-found",
      "no NIC named vm-ap197 in the subscription",
      "did you mean: vm-app197, VM-APP197",
    ],
    [vm("nvaa"), "failed", "nic-not-found", "no VM with a NIC is named nvaa in the subscription", "did you mean: nva"],
    [
      vm("nvaa", "RG-A"),
      "failed",
      "nic-not-found",
      "no VM with a NIC is named nvaa in group RG-A",
      "did you mean: nva",
    ],
    [
      vm("nvaa", "rg-b"),
      "failed",
      "nic-not-found",
      "no VM with a NIC is named nvaa in group rg-b",
      "did you mean: nva in group rg-a",
    ],
    [
      vm("NVA", "rg-b"),
      "failed",
      "nic-not-found",
      "no VM with a NIC is named NVA in group rg-b",
      "did you mean: NVA in group rg-a",
    ],
    [
      name("nva-in", "rg-b"),
      "failed",
      "nic-not-found",
      "no NIC named nva-in in group rg-b",
      "did you mean: nva-in in group rg-a",
    ],
    [
      name("VM-App197", "rg-c"),
      "failed",
      "nic-not-found",
      "no NIC named VM-App197 in group rg-c",
      "did you mean: VM-App197 in group rg-a, VM-App197 in group rg-b",
    ],
    [
      name("VM-App"),
      "failed",
      "nic-not-found",
      "no NIC named VM-App in the subscription",
      "VM-App is a VM: give --vm VM-App",
    ],
    [
      name(NODE),
      "failed",
      "nic-not-found",
      `no NIC named ${NODE} in the subscription`,
      `${NODE} is a node of AKS: give --vm ${NODE}`,
    ],
    [name(`x${NODE}`), "failed", "nic-not-found", `no NIC named x${NODE} in the subscription`, CHECK_NAME],
    [name(`${NODE}0`), "failed", "nic-not-found", `no NIC named ${NODE}0 in the subscription`, CHECK_NAME],
    [
      name(NODE.toUpperCase()),
      "failed",
      "nic-not-found",
      `no NIC named ${NODE.toUpperCase()} in the subscription`,
      `${NODE.toUpperCase()} is a node of AKS: give --vm ${NODE.toUpperCase()}`,
    ],
    [vm(NODE), "failed", "nic-not-found", `no VM with a NIC is named ${NODE} in the subscription`, CHECK_NAME],
    [
      vm("nva-in", "rg-a"),
      "failed",
      "nic-not-found",
      "no VM with a NIC is named nva-in in group rg-a",
      "nva-in is a NIC: give --nic nva-in",
    ],
    [name("zzz"), "failed", "nic-not-found", "no NIC named zzz in the subscription", CHECK_NAME],
    [vm("zzz"), "failed", "nic-not-found", "no VM with a NIC is named zzz in the subscription", CHECK_NAME],
    [
      ip("10.9.9.9"),
      "failed",
      "nic-not-found",
      "no NIC has the address 10.9.9.9 in the subscription",
      "check the address and --subscription; NICs that Azure manages for its services are not listed",
    ],
    [
      name("vm-apq197", "rg-x"),
      "failed",
      "nic-not-found",
      "no NIC named vm-apq197 in group rg-x",
      "did you mean: vm-app197 in group rg-a, VM-APP197 in group rg-b",
    ],
    [
      name(LONG, LONG),
      "failed",
      "nic-not-found",
      `no NIC named ${"x".repeat(37)}... in group ${"x".repeat(27)}...`,
      CHECK_NAME,
    ],
    [
      vm(LONG),
      "failed",
      "nic-not-found",
      `no VM with a NIC is named ${"x".repeat(27)}... in the subscription`,
      CHECK_NAME,
    ],
  ])("%o is refused", async (query, exit, code, message, hint) => {
    const error = await rejection(Promise.resolve().then(() => findNic(NICS, query)));
    expect(error).toMatchObject({ exit, code, message, hint });
  });

  test.each([
    [name("VM-App"), { words: ["--nic", "VM-App"], instead: ["--vm", "VM-App"] }],
    [vm("nva-in"), { words: ["--vm", "nva-in"], instead: ["--nic", "nva-in"] }],
    [name("zzz"), null],
  ])("the option for the other kind of resource is offered as a command line: %o", async (query, correction) => {
    const error = await rejection(Promise.resolve().then(() => findNic(NICS, query)));
    expect(error).toMatchObject({ correction });
  });

  test("of a name in many groups, three are offered", async () => {
    const many = ["a", "b", "a", "c", "d"].map((group) => nic(group, "same"));
    const error = await rejection(Promise.resolve().then(() => findNic(many, name("same", "x"))));
    expect(error).toMatchObject({ hint: "did you mean: same in group a, same in group b, same in group c" });
  });

  test("of a similar name, a group is named only where it has it nowhere in the group that is asked for", async () => {
    const many = ["a", "b"].map((group) => nic(group, "same-1"));
    const hintIn = async (group: string) => {
      const error = await rejection(Promise.resolve().then(() => findNic(many, name("same-2", group))));
      return (error as { readonly hint: string }).hint;
    };
    expect(await hintIn("b")).toBe("did you mean: same-1");
    expect(await hintIn("c")).toBe("did you mean: same-1 in group a");
  });

  test("where no NIC is visible at all, the access is in doubt", async () => {
    for (const query of [name("x"), vm("x"), ip("10.0.0.4")]) {
      const error = await rejection(Promise.resolve().then(() => findNic([], query)));
      expect(error).toMatchObject({ hint: "no NIC is visible there: check --subscription and your access" });
    }
  });

  describe("in several subscriptions", () => {
    const scope = { name: "in the 3 visible subscriptions", subscriptionOf: () => "subscription Prod" };
    const ADD = "add --subscription, and -g or --nic where that leaves several; -v shows the ids of subscriptions";
    const lines = [APP, OTHER_APP].map((line) => line.replace("(", "(subscription Prod, ")).join("\n");
    const nva = [NVA_IN, NVA_OUT].map((line) => line.replace("(", "(subscription Prod, ")).join("\n");
    test.each<[query: NicQuery, message: string, hint: string]>([
      [name("vm-app197"), `2 NICs have the name vm-app197\n${lines}`, ADD],
      [vm("nva"), `2 NICs belong to a VM named nva\n${nva}`, ADD],
      [ip("10.0.0.4"), `2 NICs have the address 10.0.0.4\n${lines}`, ADD],
      [name("zzz"), "no NIC named zzz in the 3 visible subscriptions", CHECK_NAME],
      [name("zzz", "g"), "no NIC named zzz in group g in the 3 visible subscriptions", CHECK_NAME],
    ])("%o is refused", async (query, message, hint) => {
      const error = await rejection(Promise.resolve().then(() => findNic(NICS, query, scope)));
      expect(error).toMatchObject({ message, hint });
    });
  });

  test.each([
    [20, ""],
    [21, "\n  and 1 more"],
    [30, "\n  and 10 more"],
  ])("of %i NICs at most 20 are listed", async (count, end) => {
    const many = Array.from({ length: count }, (_, index) => nic(`rg-${index}`, "same"));
    const lines = Array.from({ length: 20 }, (_, index) => `  --nic same -g rg-${index} (no VM)`);
    const error = await rejection(Promise.resolve().then(() => findNic(many, name("same"))));
    expect(error).toMatchObject({ message: `${count} NICs are named same\n${lines.join("\n")}${end}` });
  });
});

const ID = { subscriptionId: "S", resourceGroup: "RG", name: "n1" };

const SCALE_SET = "/subscriptions/S/resourceGroups/RG/providers/Microsoft.Compute/virtualMachineScaleSets/pool";
const inScaleSet = (instance: string | null, nic: string | null) => ({
  kind: "scale-set" as const,
  place: { subscriptionId: "S", resourceGroup: "RG", scaleSet: "pool", instance, nic },
});

describe("--vm", () => {
  for (const [rule, given, expected] of [
    ["a name", { vm: " vm-app " }, { query: vm("vm-app"), known: null, subscriptionId: null }],
    ["-g is the VM's", { vm: "a", resourceGroup: "g" }, { query: vm("a", "g"), known: null, subscriptionId: null }],
    [
      "a VM's id, whose group and subscription count",
      { vm: VM("rg-a", "nva").toUpperCase(), resourceGroup: "other" },
      { query: vm("NVA", "RG-A"), known: null, subscriptionId: "S" },
    ],
    [
      "a NIC's id",
      { vm: formatNicId({ subscriptionId: "S", resourceGroup: "g", name: "n" }) },
      { query: null, known: { subscriptionId: "S", resourceGroup: "g", name: "n" }, subscriptionId: "S" },
    ],
  ] as const) {
    test(`${rule} is read`, () => expect(readTarget(given)).toEqual({ scaleSet: null, ...expected }));
  }

  test("the id of another kind of resource is refused", () => {
    const id = "/subscriptions/S/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v";
    const hint =
      "give the name, or /subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Compute/virtualMachines/NAME";
    for (const [vm, message] of [
      [id, "--vm is the id of another kind of resource: microsoft.network/virtualnetworks"],
      ["a/b", "--vm is neither a VM's name nor its resource id"],
      [VM("..", "v"), "--vm is an id with a part that is not a valid Azure name"],
    ] as const)
      expect(() => readTarget({ vm })).toThrow(expect.objectContaining({ code: "resource-id", message, hint }));
  });
});

describe("--nic", () => {
  for (const [rule, text, expected] of [
    ["a name", "vm-app197", { kind: "name", name: "vm-app197" }],
    [
      "an id",
      "/subscriptions/S/resourceGroups/RG/providers/Microsoft.Network/networkInterfaces/n1",
      { kind: "nic", id: ID },
    ],
    [
      "an id in any case",
      "/SUBSCRIPTIONS/S/resourcegroups/RG/providers/MICROSOFT.NETWORK/NetworkInterfaces/n1/",
      { kind: "nic", id: ID },
    ],
    [
      "an id without its first slash",
      "subscriptions/S/resourceGroups/RG/providers/Microsoft.Network/networkInterfaces/n1",
      { kind: "nic", id: ID },
    ],
    [
      "an IP configuration's id",
      "/subscriptions/S/resourceGroups/RG/providers/Microsoft.Network/networkInterfaces/n1/ipConfigurations/i",
      { kind: "nic", id: ID },
    ],
    [
      "the portal's address",
      "https://portal.azure.com/#@t/resource/subscriptions/S/resourceGroups/RG/providers/Microsoft.Network/networkInterfaces/n1/overview",
      { kind: "nic", id: ID },
    ],
    ["a VM's id", VM("RG", "v"), { kind: "vm", name: "v", subscriptionId: "S", id: VM("RG", "v") }],
    ...["pool_12", "12_pool"].map(
      (flexible) =>
        [
          `the id of a flexible instance: ${flexible}`,
          `${SCALE_SET}/virtualMachines/${flexible}`,
          { kind: "vm", name: flexible, subscriptionId: "S", id: VM("RG", flexible) },
        ] as const,
    ),
    ["a scale set's id", `${SCALE_SET}/instances`, inScaleSet(null, null)],
    ["an instance's id", `${SCALE_SET}/virtualMachines/12/overview`, inScaleSet("12", null)],
    ["a node's provider id in Kubernetes", `azure://${SCALE_SET}/virtualMachines/12`, inScaleSet("12", null)],
    [
      "the id of an instance's NIC",
      `${SCALE_SET.toUpperCase()}/VIRTUALMACHINES/12/NETWORKINTERFACES/n/ipConfigurations/i`,
      { kind: "scale-set", place: { ...inScaleSet("12", "n").place, scaleSet: "POOL" } },
    ],
    [
      "the id of a flexible instance, which is a VM",
      `${SCALE_SET}/virtualMachines/pool_1a2b3c4d`,
      { kind: "vm", name: "pool_1a2b3c4d", subscriptionId: "S", id: VM("RG", "pool_1a2b3c4d") },
    ],
  ] as const) {
    test(`${rule} is read`, () => expect(readNicReference(text)).toEqual(expected));
  }

  const HOW =
    "give the name, or /subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Network/networkInterfaces/NAME";
  const NEITHER = "--nic is neither a NIC's name nor its resource id";
  const PART = "--nic is an id with a part that is not a valid Azure name";
  const IN_GROUP = "/subscriptions/S/resourceGroups/RG/providers";

  test.each([
    ["a/b", NEITHER],
    [" ", NEITHER],
    ["-a", NEITHER],
    ["a-", NEITHER],
    ["a b", NEITHER],
    ["x".repeat(81), NEITHER],
    [IN_GROUP, NEITHER],
    ...["..", ".", "%2e%2e", "a%2Fb", "a%5Cb", "a%3Fb", "a%23b", "a%25b", "a%00b", "%20a", "a%20", "%"].flatMap(
      (part) => [
        [`/subscriptions/S/resourceGroups/${part}/providers/Microsoft.Network/networkInterfaces/n1`, PART],
        [`/subscriptions/${part}/resourceGroups/RG/providers/Microsoft.Network/networkInterfaces/n1`, PART],
        [`${IN_GROUP}/Microsoft.Network/networkInterfaces/${part}`, PART],
      ],
    ),
    [`${SCALE_SET}/virtualMachines/0/networkInterfaces/%2e%2e`, PART],
    [`${SCALE_SET}/virtualMachines/%2e%2e`, PART],
    [
      `${IN_GROUP}/Microsoft.Network/routeTables/r`,
      "--nic is the id of another kind of resource: microsoft.network/routetables",
    ],
    [`${IN_GROUP}/Other/${"x".repeat(60)}/r`, `--nic is the id of another kind of resource: other/${"x".repeat(39)}`],
  ])("'%s' is refused", (text, message) => {
    expect(() => readNicReference(text)).toThrow(
      expect.objectContaining({ exit: "usage", code: "resource-id", message, hint: HOW }),
    );
  });

  test.each(["x", "_", "x".repeat(80), "a.b-c_d", "0"])("'%s' is a name", (text) => {
    expect(readNicReference(` ${text} `)).toEqual({ kind: "name", name: text });
  });

  test.each<[given: NicOptions | null, query: NicQuery | null]>([
    [{ nic: "n" }, name("n")],
    [{ nic: "n", resourceGroup: "g" }, name("n", "g")],
    [{ nic: VM("g", "v") }, { by: "vm-id", id: VM("g", "v") }],
    [{ privateIp: " 10.0.0.4 " }, ip("10.0.0.4")],
    [{ privateIp: "10.0.0.4", resourceGroup: "g" }, ip("10.0.0.4", "g")],
    [{ privateIp: "::ffff:10.0.0.4" }, ip("10.0.0.4")],
    [{ privateIp: "FD00:0:0::4" }, ip("fd00::4")],
    [{}, null],
    [null, null],
  ])("%j means a search", (given, query) => {
    const subscriptionId = query?.by === "vm-id" ? "S" : null;
    expect(readTarget(given)).toEqual({ query, known: null, scaleSet: null, subscriptionId });
  });

  test("an id of a scale set means its place", () => {
    const { place } = inScaleSet("12", null);
    expect(readTarget({ nic: `${SCALE_SET}/virtualMachines/12` })).toEqual({
      query: null,
      known: null,
      scaleSet: place,
      subscriptionId: "S",
    });
  });

  test.each([
    ["10.0.0", "10.0.0"],
    ["10.0.0.04", "10.0.0.04"],
    ["010.0.0.4", "010.0.0.4"],
    ["10.0.0.256", "10.0.0.256"],
    ["10.0.0.4/32", "10.0.0.4/32"],
    ["fe80::1%eth0", "fe80::1%eth0"],
    [" fd00::4::1 ", "fd00::4::1"],
    ["vm-app", "vm-app"],
    [" ", ""],
  ])("--private-ip '%s' is rejected before Azure is asked", (privateIp, shown) => {
    expect(() => readTarget({ privateIp })).toThrow(
      expect.objectContaining({
        exit: "usage",
        code: "private-ip",
        message: `--private-ip is not an address: '${shown}'`,
        hint: "give one IPv4 or IPv6 address of the NIC, e.g. 10.0.0.4",
      }),
    );
  });
});

describe("names that are near", () => {
  for (const [wanted, names, near] of [
    ["vm-web", ["vm-wbe", "vm-web01", "db"], ["vm-wbe", "vm-web01"]],
    ["a", ["b", "bc"], ["b"]],
    ["vm1", ["VM2", "VM2", "vm3", "vm4", "vm5"], ["VM2", "vm3", "vm4"]],
    ["long-name", ["x"], []],
  ] as const) {
    test(`${wanted} among ${names.join(" ")}`, () => expect(nearNames(wanted, names)).toEqual(near));
  }
});

describe("looking up in Azure", () => {
  test.skipIf(!hasSharedData)("a bare name is found across the pages of the recorded list", async () => {
    const cassette = JSON.parse(readShared("data/recordings/custodian.effectiveRouteTable.cassette.json"));
    const [first, ...rest] = cassette.interactions[0].response.body.data.value;
    const arm = await startLoopbackArm({ token: TOKEN });
    arm.script(
      "networkInterfaces",
      {
        body: {
          value: [first],
          nextLink: `${arm.url}/subscriptions/s/providers/Microsoft.Network/networkInterfaces?page=2`,
        },
      },
      { body: { value: rest } },
    );
    const wanted = rest[0];
    const target = await liveSession(arm, { target: { nic: wanted.name.toUpperCase() } }).findNic();
    await arm.close();
    expect(target.nic?.resourceId).toBe(wanted.id);
    expect(target.nic?.privateIpAddresses).toEqual([wanted.properties.ipConfigurations[0].properties.privateIPAddress]);
  });

  test("a name with its group costs no request", async () => {
    const target = await liveSession({ url: "http://127.0.0.1:1" }).findNic();
    expect(target).toMatchObject({
      id: { subscriptionId: SUBSCRIPTION, resourceGroup: "rg-demo", name: "vm-app197" },
      nic: null,
    });
  });

  const listed = (name: string, primary: boolean, group = "rg-a") => ({
    id: `/subscriptions/s/resourceGroups/${group}/providers/Microsoft.Network/networkInterfaces/${name}`,
    properties: {
      primary,
      virtualMachine: { id: VM("rg-a", "vm-app") },
      ipConfigurations: [{ properties: { privateIPAddress: "10.0.0.4" } }],
    },
  });
  const list = (...value: readonly object[]): Reply => ({ body: { value } });
  const GROUP = /\/resourceGroups\/rg-a\/providers\/Microsoft\.Network\/networkInterfaces$/;
  const ofVm = { vm: "vm-app", resourceGroup: "rg-a" };
  const ofAddress = { privateIp: "10.0.0.4", resourceGroup: "rg-a" };

  const gone = (code: string): Reply => ({ status: 404, body: armError(code, "no") });
  const LOOKING = "looking for the NIC in the resource group";

  test.each<[rule: string, target: NicOptions, replies: readonly Reply[], found: string, requests: number]>([
    ["a VM in its group", ofVm, [list(listed("n1", true))], "n1", 1],
    ["an address in its group", ofAddress, [list(listed("n1", false))], "n1", 1],
    ["a VM's NIC in another group", ofVm, [list(), list(listed("n2", true, "rg-b"))], "n2", 2],
    ["a VM's NIC that is not its only one", ofVm, [list(listed("n1", false)), { status: 403 }], "n1", 2],
    ["a NIC in the group, which may not be listed", ofVm, [{ status: 403 }, list(listed("n1", true))], "n1", 2],
    ["a VM whose group is missing", ofVm, [gone("ResourceGroupNotFound"), list(listed("n1", true))], "n1", 2],
    ["a VM whose group Azure cannot find", ofVm, [gone("NotFound"), list(listed("n1", true))], "n1", 2],
  ])("-g lists the group first: %s", async (_, target, replies, found, requests) => {
    const arm = await startLoopbackArm({ token: TOKEN });
    arm.script("networkInterfaces", ...replies);
    const pace = fakePace();
    const { nic } = await liveSession(arm, { target, pace }).findNic();
    await arm.close();
    expect(nic?.resourceId.split("/").at(-1)).toBe(found);
    expect(arm.seen.map(({ path }) => GROUP.test(path))).toEqual([true, ...(requests > 1 ? [false] : [])]);
    expect(pace.progressed).toEqual([LOOKING]);
  });

  const MISSING = "\n  missing: Microsoft.Network/networkInterfaces/read";
  test.each<[rule: string, target: NicOptions, replies: readonly Reply[], code: string, message: string]>([
    [
      "neither may be listed",
      ofAddress,
      [{ status: 403 }],
      "not-allowed",
      `not allowed to read the list of NICs (--auth token)${MISSING}`,
    ],
    [
      "the group has none, and the subscription may not be listed",
      ofAddress,
      [list(), { status: 403 }],
      "nic-not-found",
      `no NIC has the address 10.0.0.4 in group rg-a`,
    ],
    [
      "several have the address",
      ofAddress,
      [list(listed("n1", true), listed("n2", true))],
      "nic-ambiguous",
      "2 NICs have the address 10.0.0.4\n  --nic n1 -g rg-a (VM vm-app, primary, 10.0.0.4)\n  --nic n2 -g rg-a (VM vm-app, primary, 10.0.0.4)",
    ],
    [
      "two of the VM's NICs",
      ofVm,
      [list(listed("n1", true), listed("n2", false))],
      "nic-ambiguous",
      "VM vm-app has 2 NICs\n  --nic n1 -g rg-a (VM vm-app, primary, 10.0.0.4)\n  --nic n2 -g rg-a (VM vm-app, 10.0.0.4)",
    ],
    [
      "two of the VM's NICs, of which none is primary",
      ofVm,
      [list(listed("n1", false), listed("n2", false)), list(listed("n1", true))],
      "nic-ambiguous",
      "VM vm-app has 2 NICs\n  --nic n1 -g rg-a (VM vm-app, 10.0.0.4)\n  --nic n2 -g rg-a (VM vm-app, 10.0.0.4)",
    ],
    [
      "the group is refused for another reason",
      ofAddress,
      [{ status: 409, body: armError("ReadOnlyDisabledSubscription", "no") }, list(listed("n1", true))],
      "subscription-disabled",
      "cannot read the list of NICs: the subscription is disabled",
    ],
    [
      "the subscription is refused for another reason",
      ofAddress,
      [list(), { status: 409, body: armError("ReadOnlyDisabledSubscription", "no") }],
      "subscription-disabled",
      "cannot read the list of NICs: the subscription is disabled",
    ],
  ])("-g lists the group first: %s", async (_, target, replies, code, message) => {
    const arm = await startLoopbackArm({ token: TOKEN });
    arm.script("networkInterfaces", ...replies);
    const pace = fakePace();
    const error = await rejection(liveSession(arm, { target, pace }).findNic());
    await arm.close();
    expect(error).toMatchObject({ code, message });
    expect(pace.progressed).toEqual([LOOKING, ...(code === "nic-not-found" ? ["looking in the scale sets"] : [])]);
  });

  test("without -g the subscription is listed, and then its scale sets", async () => {
    const arm = await startLoopbackArm({ token: TOKEN });
    arm.script("networkInterfaces", list());
    const pace = fakePace();
    await rejection(liveSession(arm, { target: { vm: "vm-app" }, pace }).findNic());
    await arm.close();
    expect(pace.progressed).toEqual(["looking for the NIC in the subscription", "looking in the scale sets"]);
    expect(arm.seen.map(({ path }) => path.replace(`/subscriptions/${SUBSCRIPTION}/`, ""))).toEqual([
      "providers/Microsoft.Network/networkInterfaces",
      "providers/Microsoft.Compute/virtualMachineScaleSets",
    ]);
  });

  test.each([
    ["of a group", { status: 403 }, ofAddress, "ask for the role Reader on the resource group, or for another"],
    [
      "of a subscription",
      { status: 403 },
      { vm: "vm-app" },
      "ask for the role Reader on the subscription (or name the NIC's group with -g), or for another",
    ],
  ])("403 on the list %s says where a role is needed", async (_, reply, target, hint) => {
    const arm = await startLoopbackArm({ token: TOKEN });
    arm.script("networkInterfaces", reply);
    const error = await rejection(liveSession(arm, { target }).findNic());
    await arm.close();
    expect(error).toMatchObject({
      hint: `${hint} with that action; new role assignments can take a few minutes`,
    });
  });

  test("403 on the list names the action that is missing", async () => {
    const arm = await startLoopbackArm({ token: TOKEN });
    arm.script("networkInterfaces", { status: 403 });
    const error = await rejection(liveSession(arm, { target: { nic: "x" } }).findNic());
    await arm.close();
    expect(error).toMatchObject({
      exit: "notAllowed",
      message: expect.stringContaining("Microsoft.Network/networkInterfaces/read"),
    });
  });
});

test.each([
  ["in a subscription", SUBSCRIPTION],
  ["in every subscription", null],
])("without --nic, --vm and --private-ip nothing is looked up %s", async (_, subscription) => {
  const arm = await startLoopbackArm({ token: TOKEN });
  try {
    const session = liveSession(arm, { subscription, target: {} });
    expect(await rejection(session.findNic())).toMatchObject({
      exit: "usage",
      code: "resource-id",
      message: "no NIC given",
      hint: "give --nic, --vm or --private-ip",
    });
    expect(arm.seen).toEqual([]);
  } finally {
    await arm.close();
  }
});
