import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AzureConnection } from "../../../src/azure/connection.ts";
import { InventorySearch } from "../../../src/azure/inventory/inventory-search.ts";
import type { ResourceSearch } from "../../../src/azure/inventory/query.ts";
import { SyntheticAzure, type SyntheticOptions } from "../fleet/synthetic-azure.ts";
import { syntheticFleet } from "../fleet/synthetic-fleet.ts";
import { fakePace, rejection, SUBSCRIPTION, TOKEN } from "../live.ts";
import { armError, type LoopbackArm, type Reply, startLoopbackArm } from "../loopback-arm.ts";

const OTHER = "00000000-0000-0000-0000-000000000002";
const MAIN = { id: SUBSCRIPTION, name: "main" };
const SECOND = { id: OTHER, name: "second" };
const RESOURCES = [
  ...syntheticFleet({ subscription: SUBSCRIPTION, networks: 2, subnets: 1, nics: 3 }),
  ...syntheticFleet({ subscription: OTHER, networks: 1, subnets: 1, nics: 2 }),
];
const NOTHING: ResourceSearch = {
  routers: false,
  nicNames: [],
  machineNames: [],
  addresses: [],
  ids: [],
  machineIds: [],
  subnets: [],
};
const ROUTERS = { ...NOTHING, routers: true };
const nicsOf = (subscription: string) =>
  RESOURCES.filter(({ id, type }) => id.includes(subscription) && /networkInterfaces$/i.test(type));

let arm: LoopbackArm;
beforeEach(async () => {
  arm = await startLoopbackArm({ token: TOKEN });
});
afterEach(() => arm.close());

function search(named: string | null, options: Partial<SyntheticOptions> = {}): Promise<InventorySearch> {
  const azure = new SyntheticAzure({ subscriptions: [MAIN, SECOND], resources: RESOURCES, ...options });
  arm.serve((request) => azure.respond(request));
  const connection = new AzureConnection({
    cloud: "public",
    armEndpoint: arm.url,
    auth: null,
    subscription: null,
    timeoutMs: 60_000,
    environment: { AZURE_ACCESS_TOKEN: TOKEN, AZURE_CONFIG_DIR: "/dev/null/none" },
    pace: fakePace(),
    identityEndpointAnswers: async () => false,
  });
  return InventorySearch.within(connection, named);
}

const graphs = () => arm.seen.filter(({ operation }) => operation === "resourceGraph");
const ids = (resources: readonly { readonly id: string }[]) => resources.map(({ id }) => id.toLowerCase()).sort();
const REFUSED: Reply = { status: 403, body: armError("AuthorizationFailed", "no") };

describe("a search for resources", () => {
  it.each([
    ["in all that the sign-in sees", null, [SUBSCRIPTION, OTHER]],
    ["in the one that is named", "second", [OTHER]],
    ["in the one whose id is given", SUBSCRIPTION, [SUBSCRIPTION]],
  ])("is one request of Resource Graph %s", async (_, named, subscriptions) => {
    const found = await (await search(named)).find({ ...NOTHING, ids: ids(RESOURCES) });
    expect(graphs().map(({ body }) => JSON.parse(body).subscriptions)).toEqual([subscriptions]);
    const nics = found.filter(({ type }) => /networkInterfaces$/i.test(type));
    expect(ids(nics)).toEqual(ids(subscriptions.flatMap(nicsOf)));
  });

  it("for nothing costs no request, and finds nothing", async () => {
    const all = await search(SUBSCRIPTION);
    expect([await all.find(NOTHING), await all.byGraph(NOTHING), graphs()]).toEqual([[], [], []]);
  });

  const ofHubs = (resources: readonly { readonly id: string }[]) =>
    resources.filter(({ id }) => /\/virtualHubs\/[^/]+\/[^/]+\//i.test(id));

  it("has the lists of hubs and Route Servers too, without gaps where everything was read", async () => {
    const all = await search(null);
    const found = await all.find(ROUTERS);
    expect(ofHubs(RESOURCES).length).toBeGreaterThan(0);
    expect(ids(ofHubs(found))).toEqual(ids(ofHubs(RESOURCES)));
    expect(all.gaps).toEqual([]);
  });

  it("has a gap for each of those lists that refuses", async () => {
    const all = await search(SUBSCRIPTION, { lists: ({ path }) => (/\/bgpConnections$/i.test(path) ? REFUSED : null) });
    await all.find(ROUTERS);
    expect(new Set(all.gaps.map(({ code }) => code))).toEqual(new Set(["not-allowed"]));
  });
});

describe("where Resource Graph does not answer", () => {
  const graph = () => REFUSED;

  it("the lists are read once for all searches, and give everything; the graph is not asked again", async () => {
    const all = await search(null, { graph });
    const [one, other] = [await all.find(ROUTERS), await all.find({ ...NOTHING, nicNames: ["x"] })];
    expect(other).toBe(one);
    expect(ids(one)).toEqual(expect.arrayContaining(ids([...nicsOf(SUBSCRIPTION), ...nicsOf(OTHER)])));
    const before = arm.seen.length;
    expect(await all.find(NOTHING)).toBe(one);
    expect(arm.seen.length).toBe(before);
    expect(all.gaps).toEqual([]);
  });

  it("the lists are read once for two searches at the same time", async () => {
    const all = await search(SUBSCRIPTION, { graph });
    const [one, other] = await Promise.all([all.find(ROUTERS), all.find({ ...NOTHING, nicNames: ["x"] })]);
    expect(other).toBe(one);
  });

  it("a subscription that refuses its lists is a gap", async () => {
    const denied = { ...SECOND, readable: false, listed: true };
    const all = await search(null, { graph, subscriptions: [MAIN, denied] });
    const found = await all.find(ROUTERS);
    expect(ids(found)).toEqual(expect.arrayContaining(ids(nicsOf(SUBSCRIPTION))));
    expect(all.gaps.map(({ code }) => code)).toEqual(["not-allowed"]);
  });

  it("a search that is not worth the lists is the error, and no list is read", async () => {
    const all = await search(SUBSCRIPTION, { graph });
    expect(await rejection(all.byGraph(ROUTERS))).toMatchObject({ name: "UserError", exit: "notAllowed" });
    expect(arm.seen.filter(({ operation }) => operation !== "resourceGraph")).toEqual([]);
  });

  it("for another reason, the error has Azure's words", async () => {
    const odd: Reply = { status: 400, body: armError("InvalidQuery", "the query is odd") };
    const all = await search(SUBSCRIPTION, { graph: () => odd });
    expect(await rejection(all.byGraph(ROUTERS))).toMatchObject({
      code: "azure-refused",
      message:
        "cannot read the inventory from Resource Graph: Azure refused (HTTP 400)\n  InvalidQuery: the query is odd",
    });
  });

  it("a subscription that Azure does not find says where it comes from", async () => {
    const all = await search(null, { graph: () => ({ status: 404, body: armError("SubscriptionNotFound", "no") }) });
    expect(await rejection(all.find(ROUTERS))).toMatchObject({
      message: "the subscription from Azure's list of subscriptions was not found",
    });
  });

  it("any other failure of it is the error", async () => {
    const all = await search(SUBSCRIPTION, { graph: () => ({ body: {} }) });
    expect(await rejection(all.find(ROUTERS))).toMatchObject({ code: "answer-unreadable" });
    expect([graphs().length, arm.seen.length]).toEqual([1, 1]);
  });
});
