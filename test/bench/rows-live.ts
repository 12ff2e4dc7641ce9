import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { type AzOnLoopback, signInAz } from "../azure/az-on-loopback.ts";
import { hasAz } from "../azure/debian-az.ts";
import { SUBSCRIPTION, TOKEN } from "../azure/live.ts";
import { type LoopbackArm, startLoopbackArm } from "../azure/loopback-arm.ts";
import { throwAwayCertificate } from "../azure/throw-away-certificate.ts";
import { command, EMPTY_NODE, emptyNode } from "./command.ts";
import { program } from "./program.ts";
import { usualTable } from "./routes-for-bench.ts";
import type { Contender, Row, Workbench } from "./row.ts";

const NIC = ["-g", "rg-demo", "-n", "vm-app197"];
const AZ_ROUTES = "az network nic show-effective-route-table";
const AZ_TOKEN = "az account get-access-token";
const NO_AZ = "az and openssl are not both installed";

/** Azure's responses are ready at once, so that only the time of the programs counts. */
function answering(arm: LoopbackArm, { tagFile }: Workbench): void {
  arm.script("effectiveRouteTable", { body: usualTable(tagFile) });
}

/** `routes --nic` against the server on plain http: a test certificate would need NODE_EXTRA_CA_CERTS. */
function routes(bench: Workbench, arm: LoopbackArm, env: Readonly<Record<string, string>>): Contender {
  const target = ["--nic", "vm-app197", "-g", "rg-demo", "--subscription", SUBSCRIPTION, "--arm-endpoint", arm.url];
  return program(bench, ["routes", ...target, "--no-download"], { expect: "to-firewall", env });
}

async function azOrNone(bench: Workbench): Promise<AzOnLoopback | null> {
  const certificate = hasAz ? throwAwayCertificate() : null;
  if (certificate === null) return null;
  return signInAz(mkdtempSync(join(bench.scratch, "az-")), certificate);
}

/** Only what has a value. */
const plain = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));

const tokenGiven: Row = {
  id: "live-token",
  what: "routes --nic, against a loopback Azure Resource Manager, token given",
  unit: "ms",
  rounds: 11,
  limits: [
    { of: EMPTY_NODE, reach: 4.5, bound: 7 },
    { of: AZ_ROUTES, reach: 1 / 8, bound: 1 / 5 },
  ],
  open: async (bench) => {
    const arm = await startLoopbackArm({ token: TOKEN });
    answering(arm, bench);
    const az = await azOrNone(bench);
    if (az !== null) answering(az.arm, bench);
    const words = AZ_ROUTES.split(" ");
    return {
      contenders: [
        routes(bench, arm, { AZURE_ACCESS_TOKEN: TOKEN, AZURE_CONFIG_DIR: bench.scratch }),
        emptyNode(),
        az === null
          ? { name: AZ_ROUTES, absent: NO_AZ }
          : command(AZ_ROUTES, [...words, ...NIC, "-o", "json"], { env: plain(az.env), expect: "to-firewall" }),
      ],
      close: async () => {
        await arm.close();
        await az?.close();
      },
    };
  },
};

const tokenOfAz: Row = {
  id: "live-az",
  what: "the same, with the token of a real az account get-access-token",
  unit: "ms",
  rounds: 11,
  limits: [{ of: AZ_TOKEN, reach: 1.1, bound: 1.5 }],
  open: async (bench) => {
    const az = await azOrNone(bench);
    if (az === null) return { contenders: [{ name: "vnet-explain", absent: NO_AZ }] };
    const arm = await startLoopbackArm({ token: TOKEN });
    answering(arm, bench);
    const env = plain(az.env);
    const ask = [...AZ_TOKEN.split(" "), "--output", "json", "--resource", "https://management.azure.com"];
    return {
      contenders: [routes(bench, arm, env), command(AZ_TOKEN, ask, { env, expect: TOKEN }), emptyNode()],
      close: async () => {
        await arm.close();
        await az.close();
      },
    };
  },
};

/** Rows about commands that call Azure. */
export const liveRows: readonly Row[] = [tokenGiven, tokenOfAz];
