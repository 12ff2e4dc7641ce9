import { expect, test } from "vitest";
import { AZURE_CLOUDS } from "../../src/azure/clouds.ts";

/** https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud */
test.each([
  ["public", "https://login.microsoftonline.com", "https://management.azure.com", "AzureCloud"],
  ["usgov", "https://login.microsoftonline.us", "https://management.usgovcloudapi.net", "AzureUSGovernment"],
  ["china", "https://login.chinacloudapi.cn", "https://management.chinacloudapi.cn", "AzureChinaCloud"],
] as const)(
  "the addresses of the cloud %s are those that Microsoft documents",
  (name, authorityHost, armEndpoint, cliName) => {
    expect(AZURE_CLOUDS[name]).toMatchObject({ name, authorityHost, armEndpoint, cliName });
  },
);
