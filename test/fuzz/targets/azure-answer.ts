import { liveSession, TOKEN } from "../../azure/live.ts";
import { type LoopbackArm, type Operation, startLoopbackArm } from "../../azure/loopback-arm.ts";
import { recordings } from "../corpus.ts";
import { hold, judge, type Verdict } from "../oracle.ts";
import { Random } from "../random.ts";
import type { Target } from "../target.ts";

/** One server for all inputs, started with the first. */
let arm: LoopbackArm | null = null;

const STATUSES = [200, 200, 200, 202, 204, 301, 307, 400, 401, 403, 404, 405, 409, 412, 429, 500, 503, 599];
const RETRY_AFTER = ["0", "1", "600", "-1", "1e9", "Wed, 21 Oct 2099 07:28:00 GMT", "x", "9".repeat(400)];
const TYPES = ["application/json", "text/html", "text/plain; charset=utf-16", "application/octet-stream", ""];
const OPERATIONS: readonly Operation[] = [
  "effectiveRouteTable",
  "operationResults",
  "networkInterfaces",
  "serviceTags",
  "scaleSets",
  "instanceNics",
  "subnet",
];
/** Requests that precede those for the routes of a scale set's instance. */
const OF_SCALE_SETS = new Set<Operation>(["scaleSets", "instanceNics", "subnet"]);

const NIC = {
  id: "/subscriptions/s/resourceGroups/rg-demo/providers/Microsoft.Network/networkInterfaces/vm-app197",
  location: "westeurope",
  properties: { ipConfigurations: [{ properties: { privateIPAddress: "10.0.0.4" } }] },
};

const SCALE_SET = "/subscriptions/s/resourceGroups/rg-demo/providers/Microsoft.Compute/virtualMachineScaleSets/pool";
const SUBNET = "/subscriptions/s/resourceGroups/rg-demo/providers/Microsoft.Network/virtualNetworks/v/subnets/a";
const INSTANCE_NIC = {
  id: `${SCALE_SET}/virtualMachines/12/networkInterfaces/n`,
  properties: { ipConfigurations: [{ properties: { privateIPAddress: "10.0.0.5", subnet: { id: SUBNET } } }] },
};
const SCALE_SETS = { value: [{ id: SCALE_SET, name: "pool", properties: { orchestrationMode: "Uniform" } }] };
const WITH_NIC = { id: SUBNET, properties: { ipConfigurations: [{ id: `${NIC.id}/ipConfigurations/i` }] } };

/** The bodies of recorded responses and of Azure's errors. */
function bodies(): readonly string[] {
  const answers = recordings().flatMap((text) => bodiesIn(JSON.parse(text)));
  const made = [
    { value: [{ source: "Default", state: "Active", addressPrefix: ["10.0.0.0/16"], nextHopType: "VnetLocal" }] },
    { value: [NIC], nextLink: null },
    { value: [INSTANCE_NIC] },
    SCALE_SETS,
    WITH_NIC,
    {
      changeNumber: "1",
      cloud: "Public",
      values: [{ name: "Storage", properties: { addressPrefixes: ["10.0.0.0/8"] } }],
    },
    { error: { code: "InvalidAuthenticationToken", message: `the token ${TOKEN} is bad`, details: [{ code: "x" }] } },
    { status: "Failed", error: { code: "OperationNotAllowed", message: "no" } },
    { status: "Succeeded", properties: { output: { value: [] } } },
    "<html><h1>502 Bad Gateway</h1></html>",
    "",
  ];
  return [...answers, ...made.map((body) => (typeof body === "string" ? body : JSON.stringify(body)))];
}

/** Every `body` in a recording, as text. */
function bodiesIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (!/^body$/i.test(name)) return bodiesIn(inner);
    return typeof inner === "string" ? [inner] : [JSON.stringify(inner)];
  });
}

async function check(input: string): Promise<Verdict> {
  arm ??= await startLoopbackArm({ token: TOKEN });
  const random = new Random(input.slice(0, 1));
  const operation = random.pick(OPERATIONS);
  const later = { status: 202, headers: { location: arm.location() }, body: "null" };
  arm.script("networkInterfaces", { body: { value: [NIC] } });
  arm.script("scaleSets", { body: SCALE_SETS });
  arm.script("instanceNics", { body: { value: [INSTANCE_NIC] } });
  arm.script("subnet", { body: WITH_NIC });
  const virtualMachine = { id: `${SCALE_SET.replace("virtualMachineScaleSets/pool", "virtualMachines/jump")}` };
  arm.script("networkInterface", { body: { ...NIC, properties: { ...NIC.properties, virtualMachine } } });
  arm.script("effectiveRouteTable", later);
  arm.script("operationResults", { body: { value: [] } });
  const headers: Record<string, string> = { "content-type": random.pick(TYPES) };
  if (random.once(3)) headers["retry-after"] = random.pick(RETRY_AFTER);
  if (random.once(3))
    headers.location = random.pick(["", "/", "http://127.0.0.1:1/", "file:///etc/passwd", "http://", arm.location()]);
  arm.script(operation, { status: random.pick(STATUSES), headers, body: input.slice(1) }, { body: { value: [] } });
  const told: string[] = [];
  const verdict = await judge(
    ["UserError"],
    async () => {
      const session = liveSession({ url: arm?.url ?? "" });
      try {
        if (operation === "serviceTags") return await session.serviceTags();
        const nic = OF_SCALE_SETS.has(operation) ? { vm: "pool00000c" } : undefined;
        return await session.effectiveRoutes(await session.findNic(nic));
      } catch (error) {
        if (error instanceof Error) told.push(error.message, JSON.stringify(error), error.stack ?? "");
        throw error;
      }
    },
    () => {},
  );
  hold(!told.join("\n").includes(TOKEN), () => "the token is printed");
  return verdict;
}

export const azureAnswerTarget: Target = {
  name: "azure-answer",
  about:
    "answers of Azure Resource Manager, with any status and header: routes or tags, or a UserError, and never the token",
  alphabet: "text",
  words: [
    "error",
    "code",
    "message",
    "details",
    "value",
    "nextLink",
    "properties",
    "status",
    "Failed",
    "InProgress",
    TOKEN,
    "AuthorizationFailed",
  ],
  largest: 100_000,
  header: 1,
  cost: 20_000,
  seeds: () => bodies().map((body, at) => String.fromCharCode(at) + body),
  check,
  close: async () => {
    await arm?.close();
    arm = null;
  },
};
