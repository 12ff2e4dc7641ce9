/** The environment variables that the program reads, in the order in which a user meets them: the one list that the help and man page show. */
export const ENVIRONMENT: readonly (readonly [name: string, meaning: string])[] = [
  ["VNET_EXPLAIN_NIC", "the NIC to ask where no source is given: a name or a resource id"],
  ["VNET_EXPLAIN_FILE", "the export to read where no source is given and VNET_EXPLAIN_NIC is not set"],
  ["VNET_EXPLAIN_CACHE", "the directory for service tags and the table fetched last"],
  [
    "VNET_EXPLAIN_DOWNLOAD_CENTER",
    "a stand-in for Microsoft's Download Center on this machine, e.g. http://127.0.0.1:8080",
  ],
  ["AZURE_SUBSCRIPTION_ID", "the subscription where --subscription is not given; else the Azure CLI's default"],
  ["AZURE_ACCESS_TOKEN", "a token for Azure Resource Manager, used before any other way to sign in"],
  [
    "AZURE_TENANT_ID, AZURE_CLIENT_ID",
    "with AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH: a service principal",
  ],
  ["AZURE_FEDERATED_TOKEN_FILE", "with the two above: a workload identity"],
  ["AZURE_CONFIG_DIR", "where the Azure CLI keeps its sign-in (default: ~/.azure)"],
  ["HTTPS_PROXY, NO_PROXY", "the proxy for Azure and for downloads, and which hosts go without"],
  ["NODE_EXTRA_CA_CERTS", "a PEM file of certificate authorities to trust besides"],
  ["NO_COLOR, FORCE_COLOR, TERM=dumb", "colour off, on, off; --color has the last word"],
];
