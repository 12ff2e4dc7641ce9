/**
 * Every environment variable that changes what the program does, for the help and the manual page. Includes those that
 * Node.js and the bundled Azure packages read.
 */
export const ENVIRONMENT: readonly (readonly [names: string, meaning: string])[] = [
  ["VNET_EXPLAIN_NIC", "the NIC to read if no source is given: a name or a resource id"],
  ["VNET_EXPLAIN_FILE", "the route file to read if neither a source nor VNET_EXPLAIN_NIC is given"],
  ["VNET_EXPLAIN_CACHE", "the directory for the cache, in a folder vnet-explain"],
  ["XDG_CACHE_HOME, LOCALAPPDATA, HOME", "where that directory is if VNET_EXPLAIN_CACHE is not set"],
  ["VNET_EXPLAIN_DOWNLOAD_CENTER", "a local stand-in for Microsoft's Download Center, e.g. http://127.0.0.1:8080"],

  ["AZURE_SUBSCRIPTION_ID", "the subscription if --subscription is not given; default: that of the Azure CLI"],
  ["AZURE_CONFIG_DIR", "where the Azure CLI keeps its sign-in; default: ~/.azure"],
  ["PATH", "where az, pwsh and azd are"],
  ["AZURE_ACCESS_TOKEN", "a token for Azure Resource Manager, tried before any other way to sign in"],
  ["AZURE_TENANT_ID, AZURE_CLIENT_ID", "a service principal, a workload identity or a managed identity"],
  ["AZURE_TENANT_ID", "alone: the tenant for --auth powershell, azd and device-code"],
  [
    "AZURE_TOKEN_CREDENTIALS",
    "dev, prod or one credential's name, e.g. AzureCliCredential: the ways to sign in to try",
  ],
  ["AZURE_CLIENT_SECRET", "the secret of the service principal"],
  ["AZURE_CLIENT_CERTIFICATE_PATH", "the certificate of the service principal, as PEM, instead of a secret"],
  ["AZURE_CLIENT_CERTIFICATE_PASSWORD", "the password of that certificate"],
  ["AZURE_CLIENT_SEND_CERTIFICATE_CHAIN", "true or 1: also send the certificate's chain"],
  ["AZURE_FEDERATED_TOKEN_FILE", "the token file of a workload identity"],
  ["AZURE_ADDITIONALLY_ALLOWED_TENANTS", "other tenants to get tokens from, separated by semicolons; * for any"],
  ["AZURE_IDENTITY_DISABLE_MULTITENANTAUTH", "set: get tokens from AZURE_TENANT_ID only"],
  ["AZURE_REGIONAL_AUTHORITY_NAME", "the region of the sign-in endpoint for a service principal"],
  ["MSAL_FORCE_REGION, REGION_NAME", "... if that is not set, or is AutoDiscoverRegion"],
  ["IDENTITY_ENDPOINT, IDENTITY_HEADER", "the managed identity endpoint of App Service, Functions, Azure Arc ..."],
  ["IDENTITY_SERVER_THUMBPRINT", "... of Service Fabric"],
  ["IMDS_ENDPOINT", "... of Azure Arc, with IDENTITY_ENDPOINT"],
  ["MSI_ENDPOINT, MSI_SECRET", "... of Azure Machine Learning and Cloud Shell"],
  ["AZURE_POD_IDENTITY_AUTHORITY_HOST", "... of Kubernetes pods and virtual machines; default: http://169.254.169.254"],

  ["HTTPS_PROXY, HTTP_PROXY, ALL_PROXY", "the proxy for Azure and for downloads, in upper or lower case"],
  ["NO_PROXY", "the hosts to reach without a proxy"],
  ["NODE_EXTRA_CA_CERTS", "a PEM file of certificate authorities to trust as well"],
  ["NODE_USE_SYSTEM_CA", "1: also trust the certificate authorities of the system (Node.js 22.19, 24.6 and later)"],
  ["SSL_CERT_FILE, REQUESTS_CA_BUNDLE", "the same, as other programs and az read them"],
  ["SSL_CERT_DIR", "with SSL_CERT_FILE and NODE_OPTIONS=--use-openssl-ca: the authorities to trust instead"],
  ["NODE_TLS_REJECT_UNAUTHORIZED", "0 turns certificate checks off; anyone on the network path can then read tokens"],
  ["NODE_OPTIONS", "options of Node.js, such as --max-old-space-size"],
  ["NODE_COMPILE_CACHE", "where Node.js keeps compiled code; default: the cache directory"],
  ["NODE_DISABLE_COMPILE_CACHE", "1: keep no compiled code"],

  ["NO_COLOR, FORCE_COLOR, TERM", "NO_COLOR or TERM=dumb: no colour; FORCE_COLOR: colour; --color overrides them"],
  ["LC_ALL, LC_CTYPE, LANG", "UTF-8: symbols such as an arrow; anything else, or TERM=linux: ASCII instead"],
  ["WT_SESSION, TERM_PROGRAM, TERMINAL_EMULATOR", "on Windows without a locale: terminals that show these symbols"],
  ["AZURE_LOG_LEVEL", "verbose, info, warning, error: logs of the Azure packages, on stderr"],
  ["DEBUG, NODE_DEBUG", "logs of packages and of Node.js, on stderr; they can hold tokens"],
];
