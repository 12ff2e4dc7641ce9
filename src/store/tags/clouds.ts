/** The clouds that publish a service tag file. */
export const CLOUDS = ["public", "usgov", "china"] as const;
export type Cloud = (typeof CLOUDS)[number];

/** The command that gets the tags of a cloud, for hints. Without its option, the command updates the public cloud. */
export const updateCommand = (cloud: Cloud): string =>
  `vnet-explain tags update${cloud === "public" ? "" : ` --cloud ${cloud}`}`;

interface CloudFile {
  /** The id of the file's page in the Download Center. */
  readonly pageId: number;
  /** The cloud's name in the file's name. */
  readonly fileCloud: string;
  /** The cloud's names inside the file and in the Discovery API, lower case. */
  readonly names: readonly string[];
}

/**
 * https://learn.microsoft.com/azure/virtual-network/service-tags-overview#discover-service-tags-by-using-downloadable-json-files lists the pages.
 */
export const CLOUD_FILES: Readonly<Record<Cloud, CloudFile>> = {
  public: { pageId: 56519, fileCloud: "Public", names: ["public", "azurecloud", "azurepubliccloud"] },
  usgov: {
    pageId: 57063,
    fileCloud: "AzureGovernment",
    names: ["azuregovernment", "azureusgovernment", "usgovernment"],
  },
  china: { pageId: 57062, fileCloud: "China", names: ["china", "azurechinacloud", "azurechina"] },
};
