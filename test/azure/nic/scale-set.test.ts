import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { NicOptions } from "../../../src/azure/nic/nic-options.ts";
import { placesNamed, type ScaleSet } from "../../../src/azure/nic/scale-set.ts";
import { liveSession, rejection, SUBSCRIPTION, TOKEN } from "../live.ts";
import { armError, type LoopbackArm, type Operation, type Reply, startLoopbackArm } from "../loopback-arm.ts";

const set = (name: string, resourceGroup = "MC_rg", computerNamePrefix = name): ScaleSet => ({
  subscriptionId: "S",
  resourceGroup,
  name,
  computerNamePrefix,
});
const POOL = "aks-nodepool1-12345678-vmss";
const SETS = [set(POOL), set("aksnpwin"), set("web", "rg", "front"), set("twin", "rg-a"), set("twin", "rg-b")];

describe("the names of instances", () => {
  for (const [rule, name, places] of [
    ["a node of AKS", `${POOL}000000`, [[POOL, "0"]]],
    ["six digits of base 36", `${POOL}00002d`, [[POOL, "85"]]],
    ["in any case", `${POOL.toUpperCase()}0000VU`, [[POOL, "1146"]]],
    ["a Windows node", "aksnpwin00000a", [["aksnpwin", "10"]]],
    ["the host name has a prefix of its own", "front000001", [["web", "1"]]],
    ["an instance as the portal names it", "web_12", [["web", "12"]]],
    ["the set", "WEB", [["web", null]]],
    [
      "two sets of a name",
      "twin_3",
      [
        ["twin", "3"],
        ["twin", "3"],
      ],
    ],
    ["five digits are another name", `${POOL}00000`, []],
    ["seven digits are another name", `${POOL}0000000`, []],
    ["the set's name is not the host's prefix", "web000001", []],
    ["a flexible instance's name", "web_1a2b3c4d", []],
    ["another name", "vm-app", []],
    ["an instance of a set whose name begins so", "webx_12", []],
  ] satisfies readonly [string, string, [string, string | null][]][]) {
    test(rule, () => {
      const found = placesNamed(SETS, name).map(({ scaleSet, instance }) => [scaleSet, instance]);
      expect(found).toEqual(places);
    });
  }
});

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/MC_rg/providers`;
const SET_ID = `${GROUP}/Microsoft.Compute/virtualMachineScaleSets/${POOL}`;
const SUBNET_ID = `${GROUP}/Microsoft.Network/virtualNetworks/aks-vnet/subnets/aks-subnet`;
const INSTANCE_ID = `${SET_ID}/virtualMachines/12`;
const NIC_ID = `${INSTANCE_ID}/networkInterfaces/${POOL}`;

const configuration = (address: string, subnet: string, primary = true) => ({
  properties: { primary, privateIPAddress: address, subnet: { id: subnet } },
});
const nodeNic = (instance: number, ...more: string[]) => ({
  id: `${SET_ID}/virtualMachines/${instance}/networkInterfaces/${POOL}`,
  properties: {
    primary: true,
    virtualMachine: { id: `${SET_ID}/virtualMachines/${instance}` },
    ipConfigurations: [
      configuration(`10.224.0.${instance}`, SUBNET_ID),
      ...more.map((address) => configuration(address, SUBNET_ID, false)),
    ],
  },
});
const ownNic = (
  name: string,
  more: object = { virtualMachine: { id: `${GROUP}/Microsoft.Compute/virtualMachines/vm-${name}` } },
) => ({
  id: `${GROUP}/Microsoft.Network/networkInterfaces/${name}`,
  location: "westeurope",
  properties: { primary: true, ...more, ipConfigurations: [configuration("10.224.0.200", SUBNET_ID)] },
});
const ofSubnet = (...ids: string[]) => ({
  body: {
    id: SUBNET_ID,
    properties: { ipConfigurations: ids.map((id) => ({ id: `${id}/ipConfigurations/ipconfig1` })) },
  },
});
const scaleSet = (name: string, properties: object = { orchestrationMode: "Uniform" }) => ({
  id: `${GROUP}/Microsoft.Compute/virtualMachineScaleSets/${name}`,
  name,
  properties,
});
const row = { source: "Default", state: "Active", addressPrefix: ["10.224.0.0/12"], nextHopType: "VnetLocal" };
const ROUTES: Reply = { body: { value: [row] } };
const STOPPED: Reply = { status: 400, body: armError("NicMustBeAttachedToRunningVmToGetEffectiveRoutes", "stopped") };

let arm: LoopbackArm;
beforeEach(async () => {
  arm = await startLoopbackArm({ token: TOKEN });
  arm.script("networkInterfaces", { body: { value: [] } });
  arm.script("scaleSets", { body: { value: [scaleSet("other"), scaleSet(POOL)] } });
  arm.script("instanceNic", { body: nodeNic(12) });
  arm.script("instanceNics", { body: { value: [nodeNic(12)] } });
  arm.script("scaleSetNics", { body: { value: [] } }, { body: { value: [nodeNic(11), nodeNic(12, "10.224.0.77")] } });
  arm.script("subnet", ofSubnet(NIC_ID, ownNic("jump").id));
  arm.script("networkInterface", { body: ownNic("jump") });
  arm.script("effectiveRouteTable", ROUTES);
});
afterEach(() => arm.close());

async function routes(target: NicOptions) {
  const session = liveSession(arm, { target });
  return session.routesAndFacts(await session.findNic());
}
const asked = (operation: string) => arm.seen.filter((seen) => seen.operation === operation);

describe("the routes of a uniform scale set's NIC are those of a VM in its subnet", () => {
  for (const [rule, target, reads] of [
    ["the NIC's id", { nic: NIC_ID }, ["instanceNic"]],
    ["the instance's id for --nic", { nic: INSTANCE_ID }, ["instanceNics"]],
    ["the instance's id for --vm", { vm: INSTANCE_ID }, ["instanceNics"]],
    ["the node's provider id", { vm: `azure://${INSTANCE_ID}` }, ["instanceNics"]],
    ["the node's name", { vm: `${POOL}00000c` }, ["networkInterfaces", "scaleSets", "instanceNics"]],
    ["the instance's name", { vm: `${POOL}_12` }, ["networkInterfaces", "scaleSets", "instanceNics"]],
    [
      "the node's address",
      { privateIp: "10.224.0.12" },
      ["networkInterfaces", "scaleSets", "scaleSetNics", "scaleSetNics"],
    ],
    [
      "a pod's address on the node",
      { privateIp: "10.224.0.77" },
      ["networkInterfaces", "scaleSets", "scaleSetNics", "scaleSetNics"],
    ],
  ] satisfies readonly [string, NicOptions, string[]][]) {
    test(rule, async () => {
      const { routes: found, nic, subnet } = await routes(target);
      expect(found.table.origin).toMatchObject({
        kind: "azure",
        name: NIC_ID,
        standIn: ownNic("jump").id,
        note: expect.stringMatching(/scale sets\. These are the routes of jump in the same subnet, inferred/),
      });
      expect(nic?.privateIpAddresses).toContain("10.224.0.12");
      expect(subnet?.id).toBe(SUBNET_ID);
      expect(arm.seen.slice(0, reads.length).map(({ operation }) => operation)).toEqual(reads);
      expect(asked("effectiveRouteTable").map(({ path }) => path)).toEqual([
        `${ownNic("jump").id}/effectiveRouteTable`,
      ]);
    });
  }

  test("a node is known by its host's name too, which has a prefix of its own", async () => {
    const osProfile = { computerNamePrefix: "front" };
    const named = scaleSet(POOL, { orchestrationMode: "Uniform", virtualMachineProfile: { osProfile } });
    arm.script("scaleSets", { body: { value: [scaleSet("other"), named] } });
    const { routes: found } = await routes({ vm: "front00000c" });
    expect(found.table.origin.name).toBe(NIC_ID);
    expect(asked("instanceNics").map(({ path }) => path)).toEqual([`${INSTANCE_ID}/networkInterfaces`]);
  });

  test("its NIC is read with the version of the interface that the SDK has for it", async () => {
    await routes({ nic: NIC_ID });
    expect(asked("instanceNic").map(({ apiVersion }) => apiVersion)).toEqual(["2018-10-01"]);
  });

  test("the id of a whole set means any instance", async () => {
    arm.script("scaleSetNics", { body: { value: [nodeNic(11), nodeNic(12)] } });
    const { routes: found } = await routes({ vm: POOL });
    expect(found.table.origin.name).toContain("/virtualMachines/11/");
  });

  test("-g narrows the search to that group", async () => {
    await routes({ vm: `${POOL}00000c`, resourceGroup: "MC_rg" });
    expect(asked("scaleSets").map(({ path }) => path)).toEqual([`${GROUP}/Microsoft.Compute/virtualMachineScaleSets`]);
  });

  test("another is asked where a VM is stopped, and remembered", async () => {
    arm.script("subnet", ofSubnet(ownNic("a").id, ownNic("b").id));
    arm.script("networkInterface", { body: ownNic("a") }, { body: ownNic("b") });
    arm.script("effectiveRouteTable", STOPPED, ROUTES);
    const session = liveSession(arm, { target: { nic: NIC_ID } });
    const target = await session.findNic();
    const first = await session.effectiveRoutes(target);
    const again = await session.effectiveRoutes(target);
    expect([first, again].map(({ table }) => table.origin.standIn)).toEqual([ownNic("b").id, ownNic("b").id]);
    expect(asked("effectiveRouteTable").length).toBe(3);
  });

  test("a private endpoint's NIC and one without a VM are skipped without a request", async () => {
    const ids = ["pe", "detached", "jump"];
    arm.script("subnet", ofSubnet(...ids.map((name) => ownNic(name).id)));
    const replies = [ownNic("pe", { privateEndpoint: { id: "/pe" } }), ownNic("detached", {}), ownNic("jump")];
    arm.script("networkInterface", ...replies.map((body) => ({ body })));
    expect((await routes({ nic: NIC_ID })).routes.table.origin.standIn).toBe(ownNic("jump").id);
    expect(asked("effectiveRouteTable").length).toBe(1);
  });

  test("one that has answered is asked first, and once, where it is stopped by then", async () => {
    arm.script(
      "subnet",
      ofSubnet(
        ownNic("a").id,
        ownNic("b").id,
        ownNic("b").id.toUpperCase().replace("/SUBSCRIPTIONS/", "/subscriptions/"),
      ),
    );
    arm.answer("networkInterface", (path) => ({ body: ownNic(path.split("/").at(-1) ?? "") }));
    arm.script("effectiveRouteTable", STOPPED, ROUTES, STOPPED);
    const session = liveSession(arm, { target: { nic: NIC_ID } });
    const target = await session.findNic();
    await session.effectiveRoutes(target);
    expect(await rejection(session.effectiveRoutes(target))).toMatchObject({ code: "scale-set-nic" });
    const names = asked("effectiveRouteTable").map(({ path }) => path.split("/").at(-2)?.toLowerCase());
    expect(names).toEqual(["a", "b", "b", "a"]);
  });

  test("Network Watcher is asked about nothing where the subnet has no VM", async () => {
    arm.script("subnet", ofSubnet(NIC_ID));
    const session = liveSession(arm, { target: { nic: NIC_ID } });
    expect(await rejection(session.nextHops(await session.findNic(), ["8.8.8.8"]))).toMatchObject({
      code: "scale-set-nic",
      message: `Azure has no effective routes for ${POOL}_12, in a scale set\n  no VM in its subnet aks-subnet can stand in`,
    });
  });

  test("Network Watcher is asked about the VM that has answered", async () => {
    const watcher = { id: `${GROUP}/Microsoft.Network/networkWatchers/w`, location: "westeurope" };
    arm.script("networkWatchers", { body: { value: [watcher] } });
    arm.script("nextHop", { body: { nextHopType: "Internet", routeTableId: "System Route" } });
    arm.script("subnet", ofSubnet(ownNic("a").id, ownNic("b").id));
    arm.answer("networkInterface", (path) => ({ body: ownNic(path.split("/").at(-1) ?? "") }));
    arm.script("effectiveRouteTable", STOPPED, ROUTES);
    const session = liveSession(arm, { target: { nic: NIC_ID } });
    const target = await session.findNic();
    await session.effectiveRoutes(target);
    await session.nextHops(target, ["8.8.8.8"]);
    expect(JSON.parse(asked("nextHop")[0]?.body ?? "")).toMatchObject({ targetNicResourceId: ownNic("b").id });
  });

  test("a NIC that is gone or may not be read is passed over, and an unknown failure is not", async () => {
    const ids = ["a", "b", "c", "d"].map((name) => ownNic(name).id);
    arm.script("subnet", ofSubnet(...ids));
    const refused = (status: number, code: string) => ({ status, body: armError(code, "no") });
    const replies = [
      refused(403, "AuthorizationFailed"),
      refused(404, "NotFound"),
      refused(404, "ResourceGroupNotFound"),
    ];
    arm.script("networkInterface", ...replies, { body: ownNic("d") });
    expect((await routes({ nic: NIC_ID })).routes.table.origin.standIn).toBe(ownNic("d").id);
    arm.script("networkInterface", refused(409, "ReadOnlyDisabledSubscription"));
    expect(await rejection(routes({ nic: NIC_ID }))).toMatchObject({ code: "subscription-disabled" });
  });

  test("Network Watcher is asked about the VM that stands in", async () => {
    const watcher = { id: `${GROUP}/Microsoft.Network/networkWatchers/w`, location: "westeurope" };
    arm.script("networkWatchers", { body: { value: [watcher] } });
    arm.script("nextHop", { body: { nextHopType: "Internet", routeTableId: "System Route" } });
    const session = liveSession(arm, { target: { nic: NIC_ID } });
    expect(await session.nextHops(await session.findNic(), ["8.8.8.8"])).toMatchObject([{ nextHopType: "Internet" }]);
    expect(JSON.parse(asked("nextHop")[0]?.body ?? "")).toMatchObject({ targetNicResourceId: ownNic("jump").id });
  });
});

describe("where no NIC can stand in", () => {
  for (const [rule, subnet, tables, message, hint] of [
    [
      "the subnet has none of its own",
      ofSubnet(NIC_ID),
      ROUTES,
      `Azure has no effective routes for ${POOL}_12, in a scale set\n  no VM in its subnet aks-subnet can stand in`,
      "create a small VM in that subnet and run again; to test one destination, use Network Watcher's connection troubleshoot, which supports scale sets",
    ],
    [
      "its VMs are stopped",
      ofSubnet(ownNic("jump").id),
      STOPPED,
      `Azure has no effective routes for ${POOL}_12, in a scale set\n  the VMs in its subnet aks-subnet that could stand in are stopped: vm-jump`,
      "start one of them: az vm start -g MC_rg -n vm-jump",
    ],
  ] as const) {
    test(`${rule}: the error says so, with a hint`, async () => {
      arm.script("subnet", subnet);
      arm.script("effectiveRouteTable", tables);
      expect(await rejection(routes({ nic: NIC_ID }))).toMatchObject({
        code: "scale-set-nic",
        exit: "failed",
        message,
        hint,
        detail: SUBNET_ID,
      });
    });
  }

  for (const [rule, script, code, message] of [
    [
      "the subnet may not be read",
      ["subnet", { status: 403 }],
      "not-allowed",
      /missing: Microsoft.Network\/virtualNetworks\/subnets\/read/,
    ],
    ["the instance is gone", ["instanceNic", { status: 404 }], "not-found", /the NIC of the scale set's instance/],
    [
      "the routes of the VM may not be read",
      ["effectiveRouteTable", { status: 403 }],
      "not-allowed",
      /effectiveRouteTable\/action/,
    ],
  ] satisfies readonly [string, Parameters<LoopbackArm["script"]>, string, RegExp][]) {
    test(`${rule}: that is the error`, async () => {
      const [operation, reply] = script;
      arm.script(operation, { body: armError("X", "x"), ...(reply as Reply) });
      expect(await rejection(routes({ nic: NIC_ID }))).toMatchObject({ code, message: expect.stringMatching(message) });
    });
  }

  test("a stopped VM among many costs five computations at most", async () => {
    arm.script("subnet", ofSubnet(...Array.from({ length: 20 }, (_, index) => ownNic(`n${index}`).id)));
    arm.script("networkInterface", ...Array.from({ length: 20 }, (_, index) => ({ body: ownNic(`n${index}`) })));
    arm.script("effectiveRouteTable", STOPPED);
    await rejection(routes({ nic: NIC_ID }));
    expect(asked("effectiveRouteTable").length).toBe(5);
  });
});

type Case = [
  rule: string,
  target: NicOptions,
  scripts: [Operation, ...Reply[]][],
  code: string,
  message: string,
  hint: string,
];

describe("NICs outside scale sets", () => {
  const LISTED = "see its instances: az vmss list-instances -g GROUP -n SCALE-SET -o table";
  const NOBODY = "no NIC is visible there: check --subscription and your access";
  const none = (code: string): Reply => ({ status: 404, body: armError(code, "no") });
  const inSubnet = (subnet: string, name = POOL) => ({
    id: `${INSTANCE_ID}/networkInterfaces/${name}`,
    properties: { ipConfigurations: [configuration("10.1.0.4", subnet)] },
  });

  for (const [rule, target, scripts, code, message, hint] of [
    [
      "a name that no set knows",
      { vm: "vm-x" },
      [],
      "nic-not-found",
      "no VM with a NIC is named vm-x in the subscription",
      NOBODY,
    ],
    [
      "an address that no instance has",
      { privateIp: "10.9.9.9" },
      [],
      "nic-not-found",
      "no NIC has the address 10.9.9.9 in the subscription",
      NOBODY,
    ],
    [
      "an address of two instances",
      { privateIp: "10.224.0.12" },
      [["scaleSetNics", { body: { value: [nodeNic(12)] } }]],
      "nic-ambiguous",
      `2 NICs have the address 10.224.0.12\n  --nic ${NIC_ID}\n  --nic ${NIC_ID}`,
      "name one of them with --nic",
    ],
    [
      "sets that may not be listed",
      { vm: `${POOL}00000c` },
      [["scaleSets", { status: 403, body: armError("AuthorizationFailed", "no") }]],
      "nic-not-found",
      `no VM with a NIC is named ${POOL.slice(0, 27)}... in the subscription\n  scale sets were not searched: missing Microsoft.Compute/virtualMachineScaleSets/read`,
      NOBODY,
    ],
    [
      "sets that cannot be listed",
      { vm: `${POOL}00000c` },
      [["scaleSets", { status: 409, body: armError("ReadOnlyDisabledSubscription", "no") }]],
      "subscription-disabled",
      "cannot read the list of scale sets: the subscription is disabled",
      "ask its owner to enable it again; until then read an older export with --file",
    ],
    ...["ResourceNotFound", "ResourceGroupNotFound", "MissingSubscriptionRegistration"].map(
      (azure) =>
        [
          `no sets (${azure})`,
          { vm: "vm-x" },
          [["scaleSets", none(azure)]],
          "nic-not-found",
          "no VM with a NIC is named vm-x in the subscription",
          NOBODY,
        ] satisfies Case,
    ),
    [
      "two sets that fit",
      { vm: "twin_3" },
      [
        [
          "scaleSets",
          { body: { value: [scaleSet("twin"), { ...scaleSet("twin"), id: SET_ID.replace("MC_rg", "rg-b") }] } },
        ],
      ],
      "nic-ambiguous",
      "several scale sets fit twin_3\n  -g MC_rg\n  -g rg-b",
      "give -g too",
    ],
    [
      "many sets that fit",
      { vm: "twin_3" },
      [["scaleSets", { body: { value: Array.from({ length: 12 }, () => scaleSet("twin")) } }]],
      "nic-ambiguous",
      `several scale sets fit twin_3${"\n  -g MC_rg".repeat(10)}`,
      "give -g too",
    ],
    [
      "an instance that is gone",
      { vm: `${POOL}00000c` },
      [["instanceNics", none("NotFound")]],
      "not-found",
      "Azure cannot find the NIC of the scale set's instance",
      "the instance may be gone: az vmss list-instances -g GROUP -n SCALE-SET -o table",
    ],
    [
      "an instance without a NIC",
      { vm: INSTANCE_ID },
      [["instanceNics", { body: { value: [] } }]],
      "nic-not-found",
      `instance 12 of the scale set ${POOL} has no NIC`,
      LISTED,
    ],
    [
      "a set without instances",
      { nic: SET_ID },
      [["scaleSetNics", { body: { value: [] } }]],
      "nic-not-found",
      `no instance of the scale set ${POOL} has a NIC`,
      LISTED,
    ],
    [
      "the NIC of an instance, for which Azure sends another resource",
      { nic: NIC_ID },
      [["instanceNic", { body: ownNic("jump") }]],
      "nic-not-found",
      `instance 12 of the scale set ${POOL} has no NIC`,
      LISTED,
    ],
    [
      "an instance with NICs in two subnets",
      { vm: INSTANCE_ID },
      [["instanceNics", { body: { value: [nodeNic(12), inSubnet(`${SUBNET_ID}2`, "n2")] } }]],
      "nic-ambiguous",
      `instance ${POOL}_12 has 2 NICs in different subnets\n  --nic ${NIC_ID}\n  --nic ${INSTANCE_ID}/networkInterfaces/n2`,
      "name one of them with --nic",
    ],
    ["a NIC by its name", { nic: "vm-x" }, [], "nic-not-found", "no NIC named vm-x in the subscription", NOBODY],
  ] satisfies readonly Case[]) {
    test(rule, async () => {
      for (const [operation, ...replies] of scripts) arm.script(operation, ...replies);
      expect(await rejection(routes(target))).toMatchObject({ code, message, hint });
      expect(asked("effectiveRouteTable")).toEqual([]);
    });
  }

  test("of an instance's NICs without subnets the first counts", async () => {
    const bare = (name: string) => ({ id: `${INSTANCE_ID}/networkInterfaces/${name}` });
    arm.script("instanceNics", { body: { value: [bare("n1"), bare("n2")] } });
    expect(await rejection(routes({ vm: INSTANCE_ID }))).toMatchObject({ code: "scale-set-nic", detail: null });
    expect(asked("subnet")).toEqual([]);
  });

  test("entries of another shape in the list of scale sets are passed over", async () => {
    const odd = [null, { name: "x" }, { name: POOL, id: ownNic("x").id }, { ...scaleSet("x"), name: 5 }];
    arm.script("scaleSets", { body: { value: [...odd, scaleSet(POOL)] } });
    expect((await routes({ vm: `${POOL}00000c` })).routes.table.origin.name).toBe(NIC_ID);
  });

  test("for a NIC's name no scale sets are listed", async () => {
    await rejection(routes({ nic: "vm-x" }));
    expect(asked("scaleSets")).toEqual([]);
  });

  test("of an instance's NICs in one subnet, in any case, the primary one counts", async () => {
    const first = inSubnet(SUBNET_ID.toUpperCase().replace("/SUBSCRIPTIONS/", "/subscriptions/"), "n2");
    arm.script("instanceNics", { body: { value: [first, nodeNic(12)] } });
    expect((await routes({ vm: INSTANCE_ID })).routes.table.origin.name).toBe(NIC_ID);
    arm.script("instanceNics", { body: { value: [first, inSubnet(SUBNET_ID, "n3")] } });
    expect((await routes({ vm: INSTANCE_ID })).routes.table.origin.name).toBe(`${INSTANCE_ID}/networkInterfaces/n2`);
  });

  test.each(["vm-x", "webapp", "aks-nodepool1-12345679-vmss00000-"])("no node is suggested for %s", async (vm) => {
    expect(await rejection(routes({ vm }))).toMatchObject({ hint: NOBODY });
  });

  test("a misspelt node suggests the right one", async () => {
    expect(await rejection(routes({ vm: "aks-nodepool1-12345679-vmss00000c" }))).toMatchObject({
      code: "nic-not-found",
      hint: `did you mean: ${POOL}00000c`,
    });
  });

  test("a flexible instance is a VM with a NIC of its own", async () => {
    const vm = `${GROUP}/Microsoft.Compute/virtualMachines/${POOL}_1a2b3c4d`;
    arm.script("networkInterfaces", { body: { value: [ownNic("flex-nic", { virtualMachine: { id: vm } })] } });
    for (const target of [{ vm: `${POOL}_1a2b3c4d` }, { vm: `${SET_ID}/virtualMachines/${POOL}_1a2b3c4d` }]) {
      const { table } = (await routes(target)).routes;
      expect([table.origin.name, table.origin.standIn]).toEqual([ownNic("flex-nic").id, undefined]);
    }
    expect(asked("scaleSets")).toEqual([]);
  });

  test("instances of a flexible set are not looked up by number", async () => {
    arm.script("scaleSets", { body: { value: [scaleSet(POOL, { orchestrationMode: "Flexible" })] } });
    expect(await rejection(routes({ vm: `${POOL}00000c` }))).toMatchObject({ code: "nic-not-found" });
  });

  test("every page of the list of scale sets is read", async () => {
    const nextLink = `${arm.url}${GROUP}/Microsoft.Compute/virtualMachineScaleSets?api-version=2022-03-01&$skiptoken=2`;
    arm.script("scaleSets", { body: { value: [scaleSet("other")], nextLink } }, { body: { value: [scaleSet(POOL)] } });
    expect((await routes({ vm: `${POOL}00000c` })).routes.table.origin.name).toBe(NIC_ID);
  });
});
