import { get } from "node:http";

/** The address at which a virtual machine finds its identity. https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service */
const IDENTITY_ENDPOINT = "http://169.254.169.254/metadata/instance?api-version=2021-02-01";

/**
 * Whether the machine's identity endpoint answers at all, within `timeoutMs`. The request lacks the `Metadata` header, so that the real
 * one refuses it quickly and no token is made. Never rejects.
 */
export function identityEndpointAnswers(address: string = IDENTITY_ENDPOINT, timeoutMs = 1000): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(address, { timeout: timeoutMs, agent: false }, (response) => {
      response.resume();
      // Docker Desktop answers 403 for addresses that it cannot reach; the real endpoint says 400.
      resolve(response.statusCode === 400 || response.statusCode === 200);
    });
    const give = () => {
      clearTimeout(timer);
      request.destroy();
      resolve(false);
    };
    // `timeout` watches an idle socket; connecting to an address that swallows packets needs a clock of its own.
    const timer = setTimeout(give, timeoutMs);
    request.on("timeout", give);
    request.on("error", give);
    request.on("close", () => clearTimeout(timer));
  });
}
