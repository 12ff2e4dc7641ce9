import { AzureDeveloperCliCredential, AzurePowerShellCredential } from "@azure/identity";
import { afterEach, describe, expect, it, vi } from "vitest";
import { azdCredential, powershellCredential } from "../../../src/azure/sign-in/credential-developer.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const TOOLS = {
  PowerShell: { sdk: AzurePowerShellCredential, credential: powershellCredential },
  azd: { sdk: AzureDeveloperCliCredential, credential: azdCredential },
};
type Tool = keyof typeof TOOLS;

/** How a credential ends where the SDK throws. */
async function ended(tool: Tool, thrown: unknown): Promise<[name: string, message: string]> {
  const { sdk, credential } = TOOLS[tool];
  vi.spyOn(sdk.prototype, "getToken").mockRejectedValue(thrown);
  const error = await credential(null, 1000)
    .getToken("scope")
    .then(
      () => null,
      (reason: unknown) => reason,
    );
  if (!(error instanceof Error)) throw new Error("it did not fail");
  return [error.name, error.message];
}

const MISSING = "CredentialUnavailableError";

describe("a tool that is not set up gives way to another sign-in, and says what it lacks", () => {
  const NO_PWSH = "PowerShell (pwsh) is not installed";
  const NO_MODULE = "PowerShell has no module Az.Accounts 2.2 or later";
  const NOBODY = "nobody is signed in to Azure in PowerShell";
  it.each<[tool: Tool, said: string, reason: string]>([
    ["PowerShell", "Unable to execute PowerShell. Ensure that it is installed in your system.", NO_PWSH],
    ["PowerShell", "Error: Unable to execute PowerShell", NO_PWSH],
    ["PowerShell", "\u001b[31mUnable to execute PowerShell\u001b[0m", NO_PWSH],
    ["PowerShell", "The 'Az.Account' module >= 2.2.0 is not installed. Install it with: x", NO_MODULE],
    ["PowerShell", "Please run 'Connect-AzAccount' from PowerShell to authenticate.", NOBODY],
    [
      "azd",
      "Azure Developer CLI couldn't be found. To mitigate this issue, see the guidelines",
      "azd is not installed",
    ],
    ["azd", "Please run 'azd auth login' from a command prompt to authenticate", "nobody is signed in to azd"],
  ])("%s: %s", async (tool, said, reason) => {
    expect(await ended(tool, new Error(said))).toEqual([MISSING, reason]);
  });
});

describe("a tool that fails is an error of its own, in the words of the tool", () => {
  const NO_TOKEN = "PowerShell did not print a token";
  it.each<[tool: Tool, said: string, message: string]>([
    ["PowerShell", "No access token found in the output. Received output: x", NO_TOKEN],
    ["PowerShell", "Error: No access token found in the output", NO_TOKEN],
    ["PowerShell", "Unexpected token 'h', \"hello\" is not valid JSON", NO_TOKEN],
    ["azd", "Unexpected end of JSON input", "azd did not print a token"],
    ["PowerShell", "It says: No access token found in the output", "It says: No access token found in the output"],
    ["PowerShell", "it has JSONPath", "it has JSONPath"],
    ["PowerShell", "it has XJSON", "it has XJSON"],
    ["PowerShell", "Error: Get-AzAccessToken : it broke", "it broke"],
    ["PowerShell", "Get-AzAccessToken: it broke", "it broke"],
    ["PowerShell", "Error: it broke", "it broke"],
    ["PowerShell", "This Error: it broke", "This Error: it broke"],
    ["PowerShell", "By Get-AzAccessToken: it broke", "By Get-AzAccessToken: it broke"],
    ["PowerShell", "it broke. To troubleshoot, visit https://aka.ms/azsdk/x#y", "it broke"],
    ["PowerShell", "it broke To troubleshoot, visit https://aka.ms/azsdk", "it broke"],
    [
      "PowerShell",
      "To troubleshoot, visit https://aka.ms/azsdk or ask",
      "To troubleshoot, visit https://aka.ms/azsdk or ask",
    ],
    ["PowerShell", "Then: Unable to execute PowerShell", "Then: Unable to execute PowerShell"],
    ["PowerShell", "Unable to execute PowerShells", "Unable to execute PowerShells"],
    [
      "PowerShell",
      "See: The 'Az.Account' module >= 2.2.0 is not installed",
      "See: The 'Az.Account' module >= 2.2.0 is not installed",
    ],
    [
      "PowerShell",
      "The 'AzXAccount' module >= 2.2.0 is not installed",
      "The 'AzXAccount' module >= 2.2.0 is not installed",
    ],
    [
      "PowerShell",
      "Now please: Please run 'Connect-AzAccount' from PowerShell",
      "Now please: Please run 'Connect-AzAccount' from PowerShell",
    ],
    ["azd", "Then: Azure Developer CLI couldn't be found", "Then: Azure Developer CLI couldn't be found"],
    [
      "azd",
      "So Please run 'azd auth login' from a command prompt",
      "So Please run 'azd auth login' from a command prompt",
    ],
    ["azd", "Unable to execute PowerShell", "Unable to execute PowerShell"],
    ["PowerShell", "Azure Developer CLI couldn't be found", "Azure Developer CLI couldn't be found"],
  ])("%s: %s", async (tool, said, message) => {
    expect(await ended(tool, new Error(said))).toEqual(["Error", message]);
  });

  it("also where it is no error that is thrown", async () => {
    expect(await ended("azd", "\u001b[1mit broke\u001b[0m")).toEqual(["Error", "it broke"]);
  });
});

it.each(Object.keys(TOOLS) as Tool[])(
  "the token of %s is given as it is, for the scopes that are asked for",
  async (tool) => {
    const { sdk, credential } = TOOLS[tool];
    const token = { token: "x", expiresOnTimestamp: 1 };
    const asked = vi.spyOn(sdk.prototype, "getToken").mockResolvedValue(token);
    const options = { tenantId: "t" };
    expect(await credential("t", 1000).getToken(["a", "b"], options)).toBe(token);
    expect(asked.mock.calls).toEqual([[["a", "b"], options]]);
  },
);
