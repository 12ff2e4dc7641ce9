import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Pace } from "../../../src/azure/arm/pace.ts";
import type { NicOptions } from "../../../src/azure/nic/nic-options.ts";
import { fakePace, liveSession, rejection, TOKEN } from "../live.ts";
import { armError, type LoopbackArm, type Reply, startLoopbackArm } from "../loopback-arm.ts";

const id = (letter: string) => `${letter.repeat(8)}-0000-0000-0000-000000000000`;
const [PROD, TEST, OTHER] = [id("a"), id("b"), id("c")];
const NAMES = { [PROD]: "Prod", [TEST]: "Test", [OTHER]: "Pay as you go" };

let arm: LoopbackArm;
beforeEach(async () => {
  arm = await startLoopbackArm({ token: TOKEN });
  visible(PROD, TEST, OTHER);
});
afterEach(() => arm.close());

const listed = (subscriptionId: string) => ({ subscriptionId, displayName: NAMES[subscriptionId], tenantId: "T" });

function visible(...ids: readonly string[]): void {
  arm.script("subscriptions", { body: { value: ids.map(listed) } });
}

const ofIn = (path: string) => path.split("/")[2] ?? "";

/** The response to each subscription's list of NICs; by default an empty list. */
function answers(replies: Readonly<Record<string, Reply>>): void {
  arm.answer("networkInterfaces", (path) => replies[ofIn(path)] ?? { body: { value: [] } });
}

const nics = (subscription: string, ...names: readonly string[]): Reply => ({
  body: {
    value: names.map((name) => ({
      id: `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/${name}`,
      properties: {
        primary: true,
        virtualMachine: {
          id: `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm-${name}`,
        },
        ipConfigurations: [{ properties: { privateIPAddress: "10.0.0.4" } }],
      },
    })),
  },
});
const REFUSED: Reply = { status: 403, body: armError("AuthorizationFailed", "no") };

const ADDRESS: NicOptions = { privateIp: "10.0.0.4" };

/** An Azure CLI whose default is TEST, by this name. */
function withCli(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), "vnet-explain-profile-"));
  const subscriptions = [{ id: TEST, name, tenantId: "T", isDefault: true, environmentName: "AzureCloud" }];
  writeFileSync(join(directory, "azureProfile.json"), JSON.stringify({ subscriptions }));
  return directory;
}

interface Given {
  readonly subscription?: string;
  readonly variable?: string;
  /** With a sign-in of the Azure CLI; a text is the name of its default subscription. */
  readonly cli?: true | string;
  readonly showSubscriptions?: boolean;
  readonly pace?: Pace;
}

function session(notes: string[], { subscription, variable, cli, ...more }: Given = {}) {
  return liveSession(arm, {
    subscription: subscription ?? null,
    environment: {
      AZURE_ACCESS_TOKEN: TOKEN,
      AZURE_CONFIG_DIR: cli === undefined ? "/dev/null/none" : withCli(cli === true ? "Test" : cli),
      AZURE_SUBSCRIPTION_ID: variable,
    },
    onNote: (text) => notes.push(text),
    ...more,
  });
}

/** The subscription with the NIC, the notes, and the lists that were read. */
async function find(target: NicOptions, given?: Given) {
  const notes: string[] = [];
  const found = await session(notes, given).findNic(target);
  return { name: "id" in found ? found.id.name : found.nic.instance, subscription: found.subscription.id, notes };
}

const searched = () => arm.seen.filter(({ operation }) => operation === "networkInterfaces").map(({ path }) => path);
const FOUND = (name: string) => `found in the subscription ${name}`;

describe("an address without a subscription", () => {
  test("is searched in all that the sign-in sees", async () => {
    answers({ [OTHER]: nics(OTHER, "app") });
    expect(await find(ADDRESS)).toEqual({ name: "app", subscription: OTHER, notes: [FOUND("Pay as you go")] });
    expect(searched().map(ofIn).sort()).toEqual([PROD, TEST, OTHER]);
  });

  test("is searched in the subscriptions of every page of their list", async () => {
    const nextLink = `${arm.url}/subscriptions?api-version=2020-01-01&page=2`;
    arm.script("subscriptions", { body: { value: [listed(PROD)], nextLink } }, { body: { value: [listed(TEST)] } });
    answers({ [TEST]: nics(TEST, "app") });
    expect(await find(ADDRESS)).toMatchObject({ subscription: TEST });
  });

  test("is searched beyond the Azure CLI's default too", async () => {
    answers({ [PROD]: nics(PROD, "app") });
    expect(await find(ADDRESS, { cli: true })).toMatchObject({ subscription: PROD });
  });

  test("with a group, that group of each subscription is listed; a subscription without it has no NIC", async () => {
    answers({ [PROD]: { status: 404, body: armError("ResourceGroupNotFound", "no") }, [TEST]: nics(TEST, "app") });
    expect(await find({ ...ADDRESS, resourceGroup: "rg" })).toMatchObject({
      subscription: TEST,
      notes: [FOUND("Test")],
    });
    expect(new Set(searched().map((path) => path.includes("/resourceGroups/rg/")))).toEqual(new Set([true]));
  });

  test("that several have is refused, and each is listed with its subscription", async () => {
    answers({ [PROD]: nics(PROD, "app"), [OTHER]: nics(OTHER, "app", "db") });
    const error = await rejection(find(ADDRESS));
    expect(error).toMatchObject({
      exit: "usage",
      code: "nic-ambiguous",
      hint: "add --subscription, and -g or --nic where that leaves several; -v shows the ids of subscriptions",
    });
    expect((error as Error).message).toBe(
      [
        "3 NICs have the address 10.0.0.4",
        "  --nic app -g rg (subscription Prod, VM vm-app, primary, 10.0.0.4)",
        "  --nic app -g rg (subscription Pay as you go, VM vm-app, primary, 10.0.0.4)",
        "  --nic db -g rg (subscription Pay as you go, VM vm-db, primary, 10.0.0.4)",
      ].join("\n"),
    );
  });

  test("ids of subscriptions are shown with -v only", async () => {
    answers({ [PROD]: nics(PROD, "app"), [TEST]: nics(TEST, "app") });
    const text = async (given: Given) => ((await rejection(find(ADDRESS, given))) as Error).message;
    expect(await text({})).not.toContain(PROD);
    expect(await text({ showSubscriptions: true })).toContain(`subscription Prod (${PROD})`);
  });

  test("a subscription that refuses is named in a note where another has the NIC", async () => {
    answers({ [PROD]: REFUSED, [TEST]: nics(TEST, "app") });
    const { subscription, notes } = await find(ADDRESS);
    expect(subscription).toBe(TEST);
    expect(notes).toEqual([FOUND("Test"), "not searched: Prod (not allowed to read the list of NICs)"]);
  });

  test("a subscription that refuses is named in the error where no other has the NIC", async () => {
    answers({ [PROD]: REFUSED, [TEST]: { status: 500 } });
    const error = await rejection(find(ADDRESS));
    expect(error).toMatchObject({ exit: "failed", code: "nic-not-found" });
    const [first, second] = (error as Error).message.split("\n");
    expect(first).toBe("no NIC has the address 10.0.0.4 in the one subscription searched");
    expect(second?.replace("  not searched: ", "").split("; ").sort()).toEqual([
      "Prod (not allowed to read the list of NICs)",
      "Test (cannot read the list of NICs: Azure failed after several attempts (HTTP 500))",
    ]);
    expect(error).toMatchObject({ hint: "no NIC is visible there: check --subscription and your access" });
  });

  test("where some refuse, the error says how many were searched", async () => {
    answers({ [PROD]: REFUSED });
    expect(await rejection(find(ADDRESS))).toMatchObject({
      message:
        "no NIC has the address 10.0.0.4 in the 2 subscriptions searched\n  not searched: Prod (not allowed to read the list of NICs)",
    });
  });

  test.each([
    [5, ""],
    [6, " and 1 more"],
  ])("of %i that refuse for one reason, five are named", async (count, more) => {
    const many = Array.from({ length: count }, (_, at) => `${at}0000000-0000-0000-0000-000000000000`);
    const value = [...many.map((each) => ({ subscriptionId: each, displayName: "S" })), listed(PROD)];
    arm.script("subscriptions", { body: { value } });
    answers({ ...Object.fromEntries(many.map((each) => [each, REFUSED])), [PROD]: nics(PROD, "app") });
    expect((await find(ADDRESS)).notes).toEqual([
      FOUND("Prod"),
      `not searched: S, S, S, S, S${more} (not allowed to read the list of NICs)`,
    ]);
  });

  test("a subscription without a name is called so", async () => {
    arm.script("subscriptions", { body: { value: [{ subscriptionId: PROD }, listed(TEST)] } });
    answers({ [PROD]: nics(PROD, "app") });
    expect((await find(ADDRESS)).notes).toEqual([FOUND("without a name")]);
    expect((await find(ADDRESS, { showSubscriptions: true })).notes).toEqual([FOUND(`without a name (${PROD})`)]);
  });

  test("one that Azure says is deleted is not searched", async () => {
    arm.script("subscriptions", { body: { value: [{ ...listed(PROD), state: "Deleted" }, listed(TEST)] } });
    answers({ [TEST]: nics(TEST, "app") });
    expect(await find(ADDRESS)).toEqual({ name: "app", subscription: TEST, notes: [] });
    expect(searched().map(ofIn)).toEqual([TEST]);
  });

  test("instances of two subscriptions that have it are listed", async () => {
    const setIn = (subscription: string) =>
      `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/pool`;
    arm.answer("scaleSets", (path) => ({ body: { value: [{ id: setIn(ofIn(path)), name: "pool" }] } }));
    const ipConfigurations = [{ properties: { privateIPAddress: "10.0.0.4" } }];
    arm.answer("scaleSetNics", (path) => {
      const nic = {
        id: `${setIn(ofIn(path))}/virtualMachines/7/networkInterfaces/n`,
        properties: { ipConfigurations },
      };
      return { body: { value: ofIn(path) === OTHER ? [] : [nic] } };
    });
    answers({});
    const pace = fakePace();
    expect(await rejection(find(ADDRESS, { pace }))).toMatchObject({
      exit: "usage",
      code: "nic-ambiguous",
      message: "instances of 2 scale sets fit\n  pool_7 (subscription Prod)\n  pool_7 (subscription Test)",
      hint: "add --subscription; -v shows the ids of subscriptions",
    });
    expect(pace.progressed.slice(4)).toEqual(
      [0, 1, 2, 3].map((done) => `searching the scale sets of 3 subscriptions, ${done} done`),
    );
  });

  test("the error includes what the scale sets add: a node with a similar name", async () => {
    const set = `/subscriptions/${TEST}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/pool`;
    arm.answer("scaleSets", (path) => ({ body: { value: ofIn(path) === TEST ? [{ id: set, name: "pool" }] : [] } }));
    answers({});
    expect(await rejection(find({ vm: "poul00000c" }))).toMatchObject({
      code: "nic-not-found",
      hint: "did you mean: pool00000c",
    });
  });

  test("many that refuse are named once for each reason, the first five of them", async () => {
    const many = Array.from({ length: 8 }, (_, at) => `${at}0000000-0000-0000-0000-000000000000`);
    const value = [...many.map((each, at) => ({ subscriptionId: each, displayName: `S${at}` })), listed(PROD)];
    arm.script("subscriptions", { body: { value } });
    answers({ ...Object.fromEntries(many.map((each) => [each, REFUSED])), [PROD]: nics(PROD, "app") });
    const { notes } = await find(ADDRESS);
    expect(notes[1]).toMatch(/^not searched: (S\d, ){4}S\d and 3 more \(not allowed to read the list of NICs\)$/);
  });

  test("where all refuse, the refusal is the error", async () => {
    answers({ [PROD]: REFUSED, [TEST]: REFUSED, [OTHER]: REFUSED });
    expect(await rejection(find(ADDRESS))).toMatchObject({
      exit: "notAllowed",
      code: "not-allowed",
      message:
        "not allowed to read the list of NICs (--auth token)\n  missing: Microsoft.Network/networkInterfaces/read",
    });
  });

  test("that no resource has: the number that was searched", async () => {
    expect(await rejection(find(ADDRESS))).toMatchObject({
      code: "nic-not-found",
      message: "no NIC has the address 10.0.0.4 in the 3 visible subscriptions",
    });
  });

  test.each([
    [409, "MissingSubscriptionRegistration"],
    [404, "ResourceGroupNotFound"],
    [404, "NotFound"],
  ])("a subscription without networks has none: HTTP %i %s", async (status, code) => {
    answers({ [PROD]: { status, body: armError(code, "no") }, [TEST]: nics(TEST, "n") });
    expect(await find(ADDRESS)).toMatchObject({ subscription: TEST, notes: [FOUND("Test")] });
  });

  test("of a scale set's instance is found in the one that has it", async () => {
    const set = `/subscriptions/${TEST}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/pool`;
    arm.answer("scaleSets", (path) => ({ body: { value: ofIn(path) === TEST ? [{ id: set, name: "pool" }] : [] } }));
    const ipConfigurations = [{ properties: { privateIPAddress: "10.0.0.4" } }];
    const nic = { id: `${set}/virtualMachines/7/networkInterfaces/n`, properties: { ipConfigurations } };
    arm.script("scaleSetNics", { body: { value: [nic] } });
    answers({});
    expect(await find(ADDRESS)).toEqual({ name: "7", subscription: TEST, notes: [FOUND("Test")] });
  });

  test("one whose scale sets cannot be listed is named in the error", async () => {
    const disabled: Reply = { status: 409, body: armError("ReadOnlyDisabledSubscription", "no") };
    arm.answer("scaleSets", (path) => (ofIn(path) === TEST ? disabled : { body: { value: [] } }));
    answers({});
    expect(await rejection(find(ADDRESS))).toMatchObject({
      code: "nic-not-found",
      message:
        "no NIC has the address 10.0.0.4 in the 3 visible subscriptions\n  not searched: Test (cannot read the list of scale sets: the subscription is disabled)",
    });
  });

  test("is not looked for in what is no NIC, though the list has it", async () => {
    const [nic] = (nics(TEST, "app").body as { value: object[] }).value;
    answers({ [TEST]: { body: { value: [{ id: "/x" }, {}, nic] } } });
    expect(await find(ADDRESS)).toMatchObject({ name: "app", subscription: TEST });
  });

  test("no subscription at all", async () => {
    visible();
    expect(await rejection(find(ADDRESS))).toMatchObject({
      exit: "usage",
      code: "no-subscription",
      message: "no subscription is visible to you",
      hint: "check the account and --cloud (az account list -o table), or ask for a role on the subscription",
    });
  });

  test("the only one is taken", async () => {
    visible(PROD);
    answers({ [PROD]: nics(PROD, "app") });
    expect(await find(ADDRESS)).toEqual({ name: "app", subscription: PROD, notes: [] });
  });

  test("progress says how many are done", async () => {
    answers({ [TEST]: nics(TEST, "app") });
    const pace = fakePace();
    await session([], { pace }).findNic(ADDRESS);
    expect(pace.progressed).toEqual([0, 1, 2, 3].map((done) => `searching the NICs of 3 subscriptions, ${done} done`));
  });

  test("several addresses read each list once", async () => {
    answers({ [TEST]: nics(TEST, "app") });
    const one = session([]);
    await Promise.all([one.findNic(ADDRESS), one.findNic(ADDRESS)]);
    await one.findNic(ADDRESS);
    expect(arm.seen.map(({ operation }) => operation).sort()).toEqual([
      ...Array<string>(3).fill("networkInterfaces"),
      "subscriptions",
    ]);
  });
});

test("the group of a VM is not that of its NIC: whole subscriptions are listed", async () => {
  answers({ [TEST]: nics(TEST, "app") });
  expect(await find({ vm: "vm-app", resourceGroup: "rg" })).toMatchObject({ subscription: TEST });
  expect(searched().some((path) => path.includes("/resourceGroups/"))).toBe(false);
});

test("where several fit, no scale sets are listed", async () => {
  answers({ [PROD]: nics(PROD, "app"), [TEST]: nics(TEST, "app") });
  expect(await rejection(find(ADDRESS))).toMatchObject({ code: "nic-ambiguous" });
  expect(arm.seen.filter(({ operation }) => operation === "scaleSets")).toEqual([]);
});

describe("an address with a subscription", () => {
  test("an error names the subscription where it is the Azure CLI's default alone", async () => {
    answers({});
    const messageOf = async (given: Given) => ((await rejection(find({ nic: "app" }, given))) as Error).message;
    expect(await messageOf({ cli: true, subscription: TEST })).toBe("no NIC named app in the subscription");
    expect(await messageOf({ cli: true })).toBe("no NIC named app in az's default subscription Test");
    expect(await messageOf({ cli: "" })).toBe("no NIC named app in the subscription");
  });

  for (const [rule, given] of [
    ["--subscription", { subscription: TEST }],
    ["AZURE_SUBSCRIPTION_ID", { variable: TEST }],
  ] satisfies readonly [string, Given][]) {
    test(`${rule}: only there`, async () => {
      answers({ [TEST]: nics(TEST, "app"), [PROD]: nics(PROD, "app") });
      expect(await find(ADDRESS, given)).toMatchObject({ subscription: TEST, notes: [] });
      expect(arm.seen.map(({ operation }) => operation)).toEqual(["networkInterfaces"]);
    });
  }
});

describe("a name without a subscription", () => {
  test("counts in the Azure CLI's default, which an error names", async () => {
    answers({ [PROD]: nics(PROD, "app") });
    expect(await rejection(find({ nic: "app" }, { cli: true }))).toMatchObject({
      code: "nic-not-found",
      message: "no NIC named app in az's default subscription Test",
    });
    expect(searched().map(ofIn)).toEqual([TEST]);
  });

  for (const [rule, target] of [
    ["a NIC", { nic: "app" }],
    ["a NIC in a group", { nic: "app", resourceGroup: "rg" }],
    ["a VM", { vm: "vm-app" }],
    ["a VM in a group", { vm: "vm-app", resourceGroup: "rg" }],
  ] satisfies readonly [string, NicOptions][]) {
    test(`${rule}: searched in all where the Azure CLI has no default`, async () => {
      answers({ [OTHER]: nics(OTHER, "app") });
      expect(await find(target)).toMatchObject({ name: "app", subscription: OTHER });
    });
  }

  test("that is nearly right: near names, of all subscriptions", async () => {
    answers({ [PROD]: nics(PROD, "vm-app1"), [TEST]: nics(TEST, "vm-app2") });
    expect(await rejection(find({ nic: "vm-app3", resourceGroup: "rg" }))).toMatchObject({
      message: "no NIC named vm-app3 in group rg in the 3 visible subscriptions",
      hint: "did you mean: vm-app1, vm-app2",
    });
  });
});

describe("--subscription by a name that the Azure CLI does not know", () => {
  test("is taken from Azure's list", async () => {
    answers({ [OTHER]: nics(OTHER, "app") });
    const found = await find(ADDRESS, { subscription: "pay AS you go" });
    expect(found).toEqual({ name: "app", subscription: OTHER, notes: [] });
  });

  test("is refused where Azure does not list it either, with near names", async () => {
    expect(await rejection(find(ADDRESS, { subscription: "prud" }))).toMatchObject({
      exit: "usage",
      code: "subscription-name",
      hint: "did you mean: Prod",
    });
  });
});

test("service tags without a subscription: any that the sign-in sees", async () => {
  const tags = { changeNumber: "1", cloud: "Public", values: [] };
  arm.script("serviceTags", { body: tags });
  expect(JSON.parse(await session([]).serviceTags())).toEqual(tags);
  expect(arm.seen.map(({ path }) => path)[1]).toContain(PROD);
});

for (const body of ["null", "5", [], {}, { value: 5 }, { value: [], nextLink: 5 }]) {
  test(`${JSON.stringify(body)} in place of the list of subscriptions`, async () => {
    arm.script("subscriptions", { body });
    expect(await rejection(find(ADDRESS))).toMatchObject({ exit: "failed", code: "answer-unreadable" });
  });
}
