import type { AzureCloud } from "../clouds.ts";
import { type AzureError, azureError } from "../failure/azure-error.ts";

/** The Azure Resource Manager to talk to. */
export interface ArmEndpoint {
  /** Origin and path without a slash at the end. */
  readonly url: string;
  /** The scope to ask tokens for. */
  readonly scope: string;
  /** Whether it is this machine, where plain http is allowed and no proxy is used. */
  readonly loopback: boolean;
  /**
   * Whether a request with the token may go to this address: the endpoint itself, and regional names of the cloud's
   * own.
   */
  trusts(url: URL): boolean;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The endpoint of the cloud, or the one that `--arm-endpoint` names instead: https, or plain http on this machine only,
 * since a token travels with every request. In either case tokens are for the cloud's audience.
 * @throws AzureError (usage) for any other address.
 */
export function armEndpoint(cloud: AzureCloud, given: string | null): ArmEndpoint {
  const url = given === null ? new URL(cloud.armEndpoint) : readEndpoint(given);
  const own = new URL(cloud.armEndpoint).hostname;
  const ofCloud = (host: string) => host === own || host.endsWith(`.${own}`);
  return {
    url: `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, "")}`,
    scope: `${cloud.armEndpoint}/.default`,
    loopback: LOOPBACK.test(url.hostname),
    trusts: (other) =>
      other.origin === url.origin ||
      (ofCloud(url.hostname) && other.protocol === "https:" && other.port === url.port && ofCloud(other.hostname)),
  };
}

function readEndpoint(given: string): URL {
  const url = parsed(given);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw refused("it is not an https address", "write it like https://management.azure.com");
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw refused("it has a user name, a query or a fragment", "give only a host, a port and a path");
  }
  if (url.protocol === "http:" && !LOOPBACK.test(url.hostname)) {
    throw refused("plain http would show your token to the network", "use https; http is for localhost only");
  }
  return url;
}

/** Not URL.canParse: on Node 20 it rejects a name such as `å.example` after some thousand calls. */
function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function refused(why: string, hint: string): AzureError {
  return azureError("arm-endpoint", `cannot use --arm-endpoint: ${why}`, hint);
}
