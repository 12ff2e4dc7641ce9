import { stripVTControlCharacters } from "node:util";
import {
  AzureDeveloperCliCredential,
  AzurePowerShellCredential,
  CredentialUnavailableError,
  type TokenCredential,
} from "@azure/identity";

/** What the SDK says where a tool is missing or nobody has signed in to it, and what this program says. */
type Unavailable = readonly (readonly [said: RegExp, reason: string])[];

const NO_POWERSHELL: Unavailable = [
  [/^(Error: )?Unable to execute PowerShell\b/, "PowerShell (pwsh) is not installed"],
  [/^The 'Az\.Account' module >= 2\.2\.0 is not installed\b/, "PowerShell has no module Az.Accounts 2.2 or later"],
  [/^Please run 'Connect-AzAccount' from PowerShell\b/, "nobody is signed in to Azure in PowerShell"],
];

const NO_AZD: Unavailable = [
  [/^Azure Developer CLI couldn't be found\b/, "azd is not installed"],
  [/^Please run 'azd auth login' from a command prompt\b/, "nobody is signed in to azd"],
];

/** Azure PowerShell's sign-in, `Get-AzAccessToken`: some seconds. `tenantId` null: the tenant of its context. */
export function powershellCredential(tenantId: string | null, timeoutMs: number): TokenCredential {
  return distinguishing("PowerShell", new AzurePowerShellCredential(options(tenantId, timeoutMs)), NO_POWERSHELL);
}

/** The Azure Developer CLI's sign-in, `azd auth token`. */
export function azdCredential(tenantId: string | null, timeoutMs: number): TokenCredential {
  return distinguishing("azd", new AzureDeveloperCliCredential(options(tenantId, timeoutMs)), NO_AZD);
}

/** The SDK's words for other output, which may hold anything. */
const NO_TOKEN = /^(Error: )?No access token found in the output|\bJSON\b/;
const TROUBLESHOOT = /\.? To troubleshoot, visit https:\/\/aka\.ms\S+$/;

function options(tenantId: string | null, timeoutMs: number) {
  return { processTimeoutInMs: timeoutMs, ...(tenantId !== null && { tenantId }) };
}

/**
 * The credential with a CredentialUnavailableError only where the tool is not set up. The SDK (4.14) throws one for
 * every failure of these tools, a refusal by Microsoft Entra included, and then another identity would serve instead.
 */
function distinguishing(name: string, credential: TokenCredential, unavailable: Unavailable): TokenCredential {
  return {
    getToken: async (scopes, given) => {
      try {
        return await credential.getToken(scopes, given);
      } catch (error) {
        const said = stripVTControlCharacters(error instanceof Error ? error.message : String(error));
        const [, reason] = unavailable.find(([pattern]) => pattern.test(said)) ?? [];
        if (reason !== undefined) throw new CredentialUnavailableError(reason);
        if (NO_TOKEN.test(said)) throw new Error(`${name} did not print a token`);
        throw new Error(said.replace(/^(Error: )?(Get-AzAccessToken\s*: )?/, "").replace(TROUBLESHOOT, ""));
      }
    },
  };
}
