import { describe, expect, test } from "vitest";
import type { Nic } from "../../../src/azure/nic/nic.ts";
import { checkQuery, findNic, type NicQuery } from "../../../src/azure/nic/nic-lookup.ts";
import type { NicOptions } from "../../../src/azure/nic/nic-options.ts";
import { readTarget } from "../../../src/azure/nic/nic-options.ts";
import { formatNicId, readNicReference } from "../../../src/azure/nic/resource-id.ts";
import { nearNames } from "../../../src/text/near-names.ts";
import { hasSharedData, readShared } from "../../shared-data.ts";
import { liveSession, rejection, SUBSCRIPTION, TOKEN } from "../live.ts";
import { type Reply, startLoopbackArm } from "../loopback-arm.ts";

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
  address,
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

  for (const [rule, query, exit, code, line, hint] of [
    ["a name that fits several", name("vm-app197"), "usage", "nic-ambiguous", "2 NICs are named vm-app197", /-g/],
    ["a VM with several NICs", vm("nva"), "usage", "nic-ambiguous", "VM nva has 2 NICs", /--nic/],
    [
      "an address that several have",
      ip("10.0.0.4"),
      "usage",
      "nic-ambiguous",
      "2 NICs have the address 10.0.0.4",
      /narrow/,
    ],
    [
      "a VM's id",
      { by: "vm-id", id: VM("RG-A", "NVA") },
      "usage",
      "vm-given",
      "--nic names a VM, not a NIC: NVA",
      /one of these/,
    ],
    [
      "the id of a VM without NICs",
      { by: "vm-id", id: VM("x", "y") },
      "usage",
      "vm-given",
      "--nic names the VM y, which has no NIC visible to you",
      /./,
    ],
    [
      "a name nearly right",
      name("vm-ap197"),
      "failed",
      "nic-not-found",
      "no NIC named vm-ap197 in the subscription",
      /did you mean: vm-app197/i,
    ],
    [
      "a VM nearly right",
      vm("nvaa"),
      "failed",
      "nic-not-found",
      "no VM with a NIC is named nvaa in the subscription",
      /did you mean: nva$/,
    ],
    [
      "a name in another group",
      name("nva-in", "rg-b"),
      "failed",
      "nic-not-found",
      "no NIC named nva-in in group rg-b",
      /nva-in in group rg-a/,
    ],
    [
      "a VM's name as a NIC's",
      name("VM-App"),
      "failed",
      "nic-not-found",
      "no NIC named VM-App in the subscription",
      /^VM-App is a VM: give --vm VM-App$/,
    ],
    [
      "a node's name as a NIC's",
      name("aks-pool-12345678-vmss00000c"),
      "failed",
      "nic-not-found",
      "no NIC named aks-pool-12345678-vmss00000c in the subscription",
      /^aks-pool-12345678-vmss00000c is a node of AKS: give --vm aks-pool-12345678-vmss00000c$/,
    ],
    [
      "a NIC's name as a VM's",
      vm("nva-in", "rg-a"),
      "failed",
      "nic-not-found",
      "no VM with a NIC is named nva-in in group rg-a",
      /^nva-in is a NIC: give --nic nva-in$/,
    ],
    ["nothing near", name("zzz"), "failed", "nic-not-found", "no NIC named zzz in the subscription", /^check the name/],
    [
      "an address of nobody",
      ip("10.9.9.9"),
      "failed",
      "nic-not-found",
      "no NIC has the address 10.9.9.9 in the subscription",
      /^check the address/,
    ],
    [
      "a name nearly right, in another group than -g says,",
      name("vm-apq197", "rg-x"),
      "failed",
      "nic-not-found",
      "no NIC named vm-apq197 in group rg-x",
      /^did you mean: vm-app197 in group rg-a, VM-APP197 in group rg-b$/,
    ],
  ] as const) {
    test(`${rule} is refused`, async () => {
      const error = await rejection(Promise.resolve().then(() => findNic(NICS, query)));
      expect(error).toMatchObject({ exit, code, hint: expect.stringMatching(hint) });
      expect((error as Error).message.split("\n")[0]).toBe(line);
    });
  }

  test("several are listed as the options name them, with VM and addresses", () => {
    expect(() => findNic(NICS, vm("nva"))).toThrow(
      `  --nic nva-in -g rg-a (VM nva, primary, 10.0.1.4)\n  --nic nva-out -g rg-a (VM nva, 10.0.2.4)`,
    );
  });

  test("a long list says how many more there are", () => {
    const many = Array.from({ length: 30 }, (_, index) => nic(`rg-${index}`, "same"));
    expect(() => findNic(many, name("same"))).toThrow(/^30 NICs are named same\n(.*\n){20} {2}and 10 more$/);
  });

  test("an invalid address is refused before Azure is asked", () => {
    expect(() => checkQuery(ip("10.0.0"))).toThrow("--private-ip is not an address: '10.0.0'");
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
    expect(() => readTarget({ vm: id })).toThrow("--vm is the id of another kind of resource");
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

  for (const [rule, text, code] of [
    ["a path", "a/b", "resource-id"],
    ["nothing", " ", "resource-id"],
    ...["..", ".", "%2e%2e", "a%2Fb", "a%5Cb", "a%3Fb", "a%23b", "a%25b", "a%00b", "a%20", "%"].map(
      (name) =>
        [
          `an id with the part '${name}'`,
          `/subscriptions/S/resourceGroups/${name}/providers/Microsoft.Network/networkInterfaces/n1`,
          "resource-id",
        ] as const,
    ),
    [
      "another kind of resource",
      "/subscriptions/S/resourceGroups/RG/providers/Microsoft.Network/routeTables/r",
      "resource-id",
    ],
    [
      "a scale set's NIC with a part that would change the path",
      "/subscriptions/S/resourceGroups/RG/providers/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/0/networkInterfaces/%2e%2e",
      "resource-id",
    ],
  ] as const) {
    test(`${rule} is refused`, async () => {
      expect(await rejection(Promise.resolve().then(() => readNicReference(text)))).toMatchObject({
        exit: "usage",
        code,
      });
    });
  }
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

  for (const [rule, target, replies, found, requests] of [
    ["a VM in its group", ofVm, [list(listed("n1", true))], "n1", 1],
    ["an address in its group", ofAddress, [list(listed("n1", false))], "n1", 1],
    ["a VM's NIC in another group", ofVm, [list(), list(listed("n2", true, "rg-b"))], "n2", 2],
    ["a VM's NIC that is not its only one", ofVm, [list(listed("n1", false)), { status: 403 }], "n1", 2],
    ["a NIC in the group, which may not be listed", ofVm, [{ status: 403 }, list(listed("n1", true))], "n1", 2],
  ] satisfies readonly [string, NicOptions, Reply[], string, number][]) {
    test(`-g lists the group first: ${rule}`, async () => {
      const arm = await startLoopbackArm({ token: TOKEN });
      arm.script("networkInterfaces", ...replies);
      const { nic } = await liveSession(arm, { target }).findNic();
      await arm.close();
      expect(nic?.resourceId.split("/").at(-1)).toBe(found);
      expect(arm.seen.map(({ path }) => GROUP.test(path))).toEqual([true, ...(requests > 1 ? [false] : [])]);
    });
  }

  for (const [rule, replies, code] of [
    ["neither may be listed", [{ status: 403 }], "not-allowed"],
    ["the group has none, and the subscription may not be listed", [list(), { status: 403 }], "nic-not-found"],
    ["several have the address", [list(listed("n1", true), listed("n2", true))], "nic-ambiguous"],
  ] satisfies readonly [string, Reply[], string][]) {
    test(`-g lists the group first: ${rule}`, async () => {
      const arm = await startLoopbackArm({ token: TOKEN });
      arm.script("networkInterfaces", ...replies);
      const error = await rejection(liveSession(arm, { target: ofAddress }).findNic());
      await arm.close();
      expect(error).toMatchObject({ code });
    });
  }

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
    expect(await rejection(session.findNic())).toMatchObject({ exit: "usage", message: "no NIC given" });
    expect(arm.seen).toEqual([]);
  } finally {
    await arm.close();
  }
});
