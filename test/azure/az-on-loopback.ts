import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { azEnvironment } from "./debian-az.ts";
import { SUBSCRIPTION, TOKEN } from "./live.ts";
import { type LoopbackArm, startLoopbackArm } from "./loopback-arm.ts";
import { startLoopbackAuthority } from "./loopback-authority.ts";
import type { ThrowAwayCertificate } from "./throw-away-certificate.ts";

/** The Azure CLI, signed in to a loopback server by a loopback sign-in service. */
export interface AzOnLoopback {
  readonly arm: LoopbackArm;
  readonly env: NodeJS.ProcessEnv;
  az(...args: string[]): Promise<string>;
  close(): Promise<void>;
}

/** Starts both servers and signs the Azure CLI in; it keeps to the directory. */
export async function signInAz(directory: string, certificate: ThrowAwayCertificate): Promise<AzOnLoopback> {
  const env = azEnvironment(directory, certificate.authority);
  const az = async (...args: string[]) => (await promisify(execFile)("az", args, { env })).stdout;
  const arm = await startLoopbackArm({ token: TOKEN, tls: certificate.tls });
  const authority = await startLoopbackAuthority(TOKEN, certificate.tls);
  const subscription = {
    id: `/subscriptions/${SUBSCRIPTION}`,
    subscriptionId: SUBSCRIPTION,
    displayName: "Loopback",
    state: "Enabled",
  };
  arm.script("subscriptions", { body: { value: [{ ...subscription, tenantId: "adfs" }] } });
  const authentication = { loginEndpoint: authority.url, audiences: [arm.url] };
  arm.script("metadata", { body: { authentication, galleryEndpoint: "", graphEndpoint: "", portalEndpoint: "" } });
  await az("cloud", "register", "--name", "loopback", "--endpoint-resource-manager", arm.url, "--profile", "latest");
  await az("cloud", "set", "--name", "loopback");
  await az("login", "--service-principal", "--username", "app", "--password", "secret", "--tenant", "adfs");
  return {
    arm,
    env,
    az,
    close: async () => {
      await arm.close();
      await authority.close();
    },
  };
}
