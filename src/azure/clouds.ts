/** The clouds that `--cloud` names. */
export type CloudName = "public" | "usgov" | "china";

/** Where a cloud signs people in, where its Azure Resource Manager is, and what az calls it. */
export interface AzureCloud {
  readonly name: CloudName;
  /** Microsoft Entra's address, for the identity library. */
  readonly authorityHost: string;
  /** Azure Resource Manager's address; also the audience of its tokens. */
  readonly armEndpoint: string;
  /** `environmentName` in the Azure CLI's profile, and the name for `az cloud set`. */
  readonly cliName: string;
  /** A region to ask for service tags: the Discovery API answers with the whole cloud's, whichever region asks. */
  readonly serviceTagRegion: string;
}

/** https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud */
export const AZURE_CLOUDS: Readonly<Record<CloudName, AzureCloud>> = {
  public: {
    name: "public",
    authorityHost: "https://login.microsoftonline.com",
    armEndpoint: "https://management.azure.com",
    cliName: "AzureCloud",
    serviceTagRegion: "westeurope",
  },
  usgov: {
    name: "usgov",
    authorityHost: "https://login.microsoftonline.us",
    armEndpoint: "https://management.usgovcloudapi.net",
    cliName: "AzureUSGovernment",
    serviceTagRegion: "usgovvirginia",
  },
  china: {
    name: "china",
    authorityHost: "https://login.chinacloudapi.cn",
    armEndpoint: "https://management.chinacloudapi.cn",
    cliName: "AzureChinaCloud",
    serviceTagRegion: "chinanorth2",
  },
};
