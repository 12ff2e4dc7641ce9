import { isIPv4 } from "node:net";
import { armEndpoint } from "../../../src/azure/arm/endpoint.ts";
import { AZURE_CLOUDS } from "../../../src/azure/clouds.ts";
import type { Nic } from "../../../src/azure/nic/nic.ts";
import { findNic } from "../../../src/azure/nic/nic-lookup.ts";
import { readTarget } from "../../../src/azure/nic/nic-options.ts";
import { formatNicId, formatScaleSetNicId } from "../../../src/azure/nic/resource-id.ts";
import { hold, judge, type Verdict } from "../oracle.ts";
import type { Target } from "../target.ts";

const NIC = "/subscriptions/s/resourceGroups/rg-demo/providers/Microsoft.Network/networkInterfaces/vm-app197";
const VM = "/subscriptions/s/resourceGroups/rg-demo/providers/Microsoft.Compute/virtualMachines/vm-app";
const LARGEST = 100_000;

/** Two in one subscription, so that a name matches one, both or none. */
const NICS = ["rg-demo", "rg-other"].map(
  (resourceGroup, at): Nic => ({
    id: { subscriptionId: "s", resourceGroup, name: "vm-app197" },
    resourceId: formatNicId({ subscriptionId: "s", resourceGroup, name: "vm-app197" }),
    region: "westeurope",
    virtualMachineId: at === 0 ? VM : null,
    primary: true,
    privateIpAddresses: [`10.0.0.${4 + at}`],
    publicIpAddresses: [],
    privateEndpointId: null,
    subnetId: null,
  }),
);

/** Whether the text is one segment of a URL path, and nothing else. */
const isPart = (text: string) => text !== "" && !/[/\\?#%]|^\.\.?$/.test(text) && !/\p{C}/u.test(text);

/** Checks that the parts fit into a URL, and that the id made of them is read the same. */
function holdSame(target: ReturnType<typeof readTarget>): void {
  const { known, query, scaleSet, subscriptionId } = target;
  const inSet = scaleSet === null ? [] : Object.values(scaleSet);
  for (const id of [subscriptionId, known?.subscriptionId, known?.resourceGroup, known?.name, ...inSet]) {
    if (id != null) hold(isPart(id), () => `'${id}' would be a part of an address`);
  }
  const { instance = null, nic = null } = scaleSet ?? {};
  const ofSet = scaleSet && instance && nic ? formatScaleSetNicId({ ...scaleSet, instance, nic }) : null;
  const id = known !== null ? formatNicId(known) : query?.by === "vm-id" ? query.id : ofSet;
  if (id === null) return;
  const again = readTarget({ nic: id });
  hold(JSON.stringify(again) === JSON.stringify(target), () => `its own id is read as '${JSON.stringify(again)}'`);
}

async function checkNic(text: string): Promise<Verdict> {
  const verdicts: Verdict[] = [];
  for (const option of ["nic", "vm", "privateIp"] as const) {
    const read = () => readTarget({ [option]: text });
    const verdict = await judge(["UserError"], read, async (target) => {
      holdSame(target);
      const { query } = target;
      if (query === null) return;
      await judge(
        ["UserError"],
        () => findNic(NICS, query),
        (nic) => hold(NICS.includes(nic), () => "it finds a NIC that is not there"),
      );
    });
    verdicts.push(verdict);
  }
  return verdicts.includes("answered") ? "answered" : "refused";
}

export const nicTarget: Target = {
  name: "nic",
  about: "--nic, --vm, --private-ip: a name, or an id whose parts can be parts of an address, read again as the same",
  alphabet: "text",
  words: [
    "/",
    "%2F",
    "%",
    "..",
    "?",
    "#",
    "subscriptions",
    "/resourceGroups/",
    "/providers/",
    "Microsoft.Network/networkInterfaces/",
    "Microsoft.Compute/virtualMachines/",
    "Microsoft.Compute/virtualMachineScaleSets/",
    "/ipConfigurations/ipconfig1",
  ],
  largest: LARGEST,
  seeds: () => [
    "vm-app197",
    NIC,
    VM,
    NIC.toUpperCase(),
    `https://portal.azure.com/#@contoso.com/resource${NIC}/overview`,
    `${NIC}/ipConfigurations/ipconfig1`,
    `${VM.replace("virtualMachines", "virtualMachineScaleSets")}/virtualMachines/0/networkInterfaces/nic`,
    NIC.replace("rg-demo", "rg%20demo%20(new)"),
    "10.0.0.4",
  ],
  check: checkNic,
};

const isLoopback = (host: string) => host === "localhost" || host === "[::1]" || (isIPv4(host) && /^127\./.test(host));

/** Whether a token may be sent there, judged by the URL alone. */
function holdEndpoint(given: string, cloud: (typeof AZURE_CLOUDS)[keyof typeof AZURE_CLOUDS]): void {
  const { url: text, scope, loopback, trusts } = armEndpoint(cloud, given);
  const url = new URL(text);
  const { protocol, hostname, host, username, password, search, hash } = url;
  hold(scope === `${cloud.armEndpoint}/.default`, () => `tokens are asked for ${scope}`);
  hold(loopback === isLoopback(hostname), () => `${hostname} is taken for ${loopback ? "this" : "another"} machine`);
  hold(protocol === "https:" || (protocol === "http:" && isLoopback(hostname)), () => `a token would go to ${text}`);
  hold(`${username}${password}${search}${hash}` === "" && !text.endsWith("/"), () => `it is called at ${text}`);
  hold(trusts(url), () => "it does not trust itself");
  const own = new URL(cloud.armEndpoint).hostname;
  const ofCloud = hostname === own || hostname.endsWith(`.${own}`);
  const others: readonly (readonly [string, boolean])[] = [
    [`https://${host}.example/`, false],
    ["https://evil.example/", false],
    [`https://x${own}/`, false],
    [`https://${own}.example/`, false],
    [`${protocol}//${hostname}:${url.port === "444" ? 445 : 444}/`, false],
    [`https://westeurope.${own}${url.port === "" ? "" : `:${url.port}`}/`, ofCloud && protocol === "https:"],
    [`http://westeurope.${own}/`, false],
    [protocol === "https:" ? `http://${host}/` : `https://${host}/`, false],
  ];
  for (const [other, trusted] of others) {
    const same = URL.canParse(other) && new URL(other).origin === url.origin;
    if (!URL.canParse(other) || same) continue;
    hold(trusts(new URL(other)) === trusted, () => `${text} ${trusted ? "does not trust" : "trusts"} ${other}`);
  }
}

async function checkEndpoint(text: string): Promise<Verdict> {
  let verdict: Verdict = "refused";
  for (const cloud of Object.values(AZURE_CLOUDS)) {
    const read = () => armEndpoint(cloud, text);
    verdict = await judge(["UserError"], read, () => holdEndpoint(text, cloud));
  }
  return verdict;
}

export const armEndpointTarget: Target = {
  name: "arm-endpoint",
  about: "--arm-endpoint: an address to which a token may go, and none but it and its cloud's; or a UserError",
  alphabet: "text",
  words: [
    "https://",
    "http://",
    "//",
    "\\",
    "@",
    ":443",
    ":80",
    "?",
    "#",
    "..",
    "localhost",
    "127.0.0.1",
    "127.1",
    "0x7f000001",
    "[::1]",
    "[::ffff:127.0.0.1]",
    ".localhost",
    "management.azure.com",
    "。",
    "%2e",
  ],
  largest: LARGEST,
  seeds: () => [
    "https://management.azure.com",
    "https://westeurope.management.azure.com/",
    "https://management.usgovcloudapi.net",
    "http://localhost:8080",
    "http://127.0.0.1:8080/path/",
    "http://[::1]:8080",
    "https://arm.contoso.example:8443/a/path//",
    "https://user:secret@management.azure.com",
    "https://management.azure.com?x=1#y",
    "ftp://management.azure.com",
  ],
  check: checkEndpoint,
};
