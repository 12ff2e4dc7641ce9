import { Command } from "commander";
import { addGatewayOptions } from "../shared/gateway/gateway-options.ts";
import { addRouteSource } from "../shared/route-source.ts";
import { addTagSource } from "../shared/tag-source.ts";
import { SIGN_IN_OPTIONS, SOURCE_OPTIONS } from "./option-groups.ts";
import { columns } from "./topic-columns.ts";

/** The options of a group that every command on a route table has, as rows. */
function optionsOf(heading: string): readonly (readonly string[])[] {
  return addTagSource(addGatewayOptions(addRouteSource(new Command())))
    .options.filter(({ helpGroupHeading }) => helpGroupHeading === heading)
    .map(({ flags, description }) => [flags, description]);
}

/** `help sources`. */
export const sourcesTopic = (width: number) => `Where a route table comes from, in every command that needs one:

${columns(
  [
    ["FILE", "an export or a paste, in any form: JSON, YAML, CSV or a table, of az, PowerShell or the portal"],
    ["DIR", "a snapshot directory, or a folder of exports: all its tables, or that of --subnet or --nic"],
    ["-", "the same on stdin; for whichroute write -f -, because - alone means a list of destinations"],
    ["nic:NAME", "a network interface in Azure, by name or resource id; -g and --subscription narrow the search"],
    ["vm:NAME", "the network interface of a VM or AKS node"],
    ["gateway:NAME", "what a virtual network gateway learned; hub:NAME and circuit:NAME likewise (below)"],
    ["sample:NAME", "no-udr, udr, udr-and-endpoint: embedded tables that need no Azure"],
    ["last", "the table fetched last, from the cache"],
  ],
  width,
)}

A word is a source if it is written like that or names an existing file. For a file whose name reads as something
else, write ./NAME.
Without a source, a command reads VNET_EXPLAIN_NIC, then VNET_EXPLAIN_FILE, then the table fetched last. stderr says
which one it is.

The same as options, and more about the source:

${columns(optionsOf(SOURCE_OPTIONS), width)}

To export a table:

  az network nic show-effective-route-table -g GROUP -n NIC > routes.json

Read on: docs/forms.md has every form, those of PowerShell and the portal too; vnet-explain help sign-in, help data.
`;

/** `help sign-in`. */
export const signInTopic = (width: number) => `How vnet-explain signs in to Azure. az login is enough.

Without --auth it tries these, in this order:

${columns(
  [
    ["token", "the token in AZURE_ACCESS_TOKEN, for Azure Resource Manager"],
    ["env", "a service principal: AZURE_TENANT_ID, AZURE_CLIENT_ID and a secret or a certificate"],
    ["workload", "a workload identity: AZURE_FEDERATED_TOKEN_FILE"],
    ["cli", "the Azure CLI, after az login"],
    ["managed-identity", "the identity of an Azure VM; before cli where the environment announces one"],
  ],
  width,
)}

Only when asked for with --auth, or by AZURE_TOKEN_CREDENTIALS:

${columns(
  [
    ["powershell", "Azure PowerShell, after Connect-AzAccount"],
    ["azd", "the Azure Developer CLI, after azd auth login"],
    ["device-code", "a code that you enter in a browser"],
  ],
  width,
)}

A credential that is refused ends the search. -v prints which one was used.

Options:

${columns(optionsOf(SIGN_IN_OPTIONS), width)}

You need the action Microsoft.Network/networkInterfaces/effectiveRouteTable/action on the network interface. Reader
does not have it.
The VM must be running.

Read on: SECURITY.md has the least role for each command; vnet-explain help environment has the variables.
`;

/** `help precedence`. */
export const precedenceTopic = (width: number) => `How Azure chooses the route of a destination, in short:

${columns(
  [
    ["1", "Only rows with state Active count. Azure has already decided the state."],
    ["2", "The longest prefix that covers the address wins: /28 before /16 before /0. The source does not matter yet."],
    ["3", "At equal prefix: user route, then BGP (gateway) route, then system route."],
    ["4", "Rows that are still equal share the traffic (ECMP)."],
    ["5", "No row covers the address: the packet is dropped."],
  ],
  width,
)}

Exceptions:

${columns(
  [
    ["-", "168.63.129.16 and 169.254.169.254 never use the route table."],
    ["-", "System routes of the network, a peering or a service endpoint win over BGP routes, even longer ones."],
    ["-", "A user route against a service endpoint's route: Microsoft's text and field tests disagree (contested)."],
    ["-", "Next hop None drops the packet. A user route with None and an address: its appliance is unreachable."],
  ],
  width,
)}

See it at work:

  vnet-explain whichroute 191.239.203.0 sample:udr-and-endpoint

Read on: vnet-explain help rules has every rule with its source; docs/route-selection.md discusses them.
`;

/** `help data`. */
export const dataTopic = (width: number) => `What vnet-explain keeps, where, and how old it may be:

${columns(
  [
    [
      "service tags",
      "Microsoft's weekly file, the current and the previous one; vnet-explain tags update downloads it",
    ],
    ["last tables", "the route tables fetched from Azure, of up to 100 NICs; last is the newest"],
    ["compiled code", "Node's compile cache of the program, on Node 22.8 and later, not on Windows"],
  ],
  width,
)}

All of it lies in one folder that only you can read: VNET_EXPLAIN_CACHE/vnet-explain if set, else
XDG_CACHE_HOME or ~/.cache (Linux), ~/Library/Caches/vnet-explain (macOS), %LOCALAPPDATA%\\vnet-explain\\Cache
(Windows).
Delete the folder to forget everything. Nothing is sent anywhere but to Azure, to Microsoft's Download Center and,
for --resolve, to your DNS resolver.

Tags are looked up in --tags FILE, else in the cached file of the --cloud, else services are not named. A sample has
its own excerpt.
Tags older than two weeks get a note. The best file is that of the week in which the routes were exported.
A table is never fetched again by itself: without a source the last one is used, and stderr says how old it is.

  vnet-explain tags status
  vnet-explain tags update
  vnet-explain routes --refresh

Read on: SECURITY.md lists what is read, written and sent; vnet-explain help environment has the variables.
`;
