/** What the program prints without a command. */
export const SHORT_HELP = `vnet-explain says which route wins in Azure, and why.

Without Azure, from an export, from Azure:
  vnet-explain whichroute 191.239.203.0 sample:udr-and-endpoint
  vnet-explain whichroute 10.1.2.3 routes.json
  vnet-explain whichroute 10.1.2.3 nic:vm-app197 -g rg-demo

All commands: vnet-explain --help
`;
