/** One request to Azure, as error messages describe it. */
export interface AzureRead {
  /** `the effective routes of vm-app197`, at most some 40 characters. */
  readonly what: string;
  /** The resource that Azure reads, where that is not `what`: `network interface vm-app197`. */
  readonly subject?: string;
  /** The action that a role must allow for it. */
  readonly action: string;
  /**
   * The least built-in role that has it.
   * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/networking
   */
  readonly role: "Reader" | "Network Contributor";
  /** Where that role is needed. */
  readonly on: string;
  /** What to do where Azure cannot find it. */
  readonly notFound: string;
}

const CHECK_NIC = "check the name, -g and --subscription";

const OF_NIC = { on: "the resource group", notFound: CHECK_NIC } as const;

export const SUBSCRIPTION_LIST: AzureRead = {
  what: "the list of subscriptions",
  action: "Microsoft.Resources/subscriptions/read",
  role: "Reader",
  on: "the subscription",
  notFound: "check --cloud and --arm-endpoint",
};

/** The list that finds a NIC by its name, its VM or its address. */
export const NIC_LIST: AzureRead = {
  what: "the list of NICs",
  action: "Microsoft.Network/networkInterfaces/read",
  role: "Reader",
  on: "the subscription (or name the NIC's group with -g)",
  notFound: "check --subscription and --cloud",
};

export const NIC_LIST_OF_GROUP: AzureRead = { ...NIC_LIST, ...OF_NIC };

export const ONE_NIC: AzureRead = { ...OF_NIC, what: "the NIC", action: NIC_LIST.action, role: "Reader" };

/** The list that finds an instance by its name or its address. */
export const SCALE_SETS: AzureRead = {
  what: "the list of scale sets",
  action: "Microsoft.Compute/virtualMachineScaleSets/read",
  role: "Reader",
  on: "the subscription (or name the scale set's group with -g)",
  notFound: "check -g, --subscription and --cloud",
};

/** The NICs of a scale set, of all its instances or of one. */
export const SCALE_SET_NICS: AzureRead = {
  what: "the NICs of the scale set",
  action: "Microsoft.Compute/virtualMachineScaleSets/networkInterfaces/read",
  role: "Reader",
  on: "the scale set's resource group",
  notFound: "check the name and its group: az vmss list -o table",
};

export const INSTANCE_NICS: AzureRead = {
  ...SCALE_SET_NICS,
  what: "the NIC of the scale set's instance",
  action: "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces/read",
  notFound: "the instance may be gone: az vmss list-instances -g GROUP -n SCALE-SET -o table",
};

export const SUBNET: AzureRead = {
  ...OF_NIC,
  what: "the subnet",
  action: "Microsoft.Network/virtualNetworks/subnets/read",
  role: "Reader",
  on: "the virtual network's resource group",
};

export const NEXT_HOP: AzureRead = {
  what: "Network Watcher's next hop",
  action: "Microsoft.Network/networkWatchers/nextHop/action",
  role: "Network Contributor",
  on: "the NIC's and Network Watcher's resource groups",
  notFound: "the VM or Network Watcher may have been removed: run again with --refresh",
};

export const CONNECTION_CHECK: AzureRead = {
  ...NEXT_HOP,
  what: "connection troubleshoot",
  action: "Microsoft.Network/networkWatchers/connectivityCheck/action",
  on: "the VM's and Network Watcher's resource groups",
};

export const NETWORK_WATCHERS: AzureRead = {
  ...NEXT_HOP,
  what: "the list of Network Watchers",
  action: "Microsoft.Network/networkWatchers/read",
  role: "Reader",
  on: "the subscription",
  notFound: "check --subscription and --cloud",
};

export const SERVICE_TAGS: AzureRead = {
  what: "the service tags",
  action: "Microsoft.Network/locations/serviceTags/read",
  role: "Reader",
  on: "the subscription",
  notFound: "check --subscription and --cloud, or leave --from arm out: the Download Center has them too",
};

export const RESOURCE_GRAPH: AzureRead = {
  what: "the inventory from Resource Graph",
  action: "Microsoft.ResourceGraph/resources/read",
  role: "Reader",
  on: "the subscriptions",
  notFound: "check --cloud and --arm-endpoint",
};

export const MANAGEMENT_GROUP: AzureRead = {
  what: "the subscriptions of the management group",
  action: "Microsoft.Management/managementGroups/descendants/read",
  role: "Reader",
  on: "the management group",
  notFound: "check --management-group: az account management-group list -o table",
};

/** A list of resources of a type, such as `Microsoft.Network/routeTables`. */
export function listOf(type: string): AzureRead {
  return {
    what: `the list of ${type.slice(type.lastIndexOf("/") + 1)}`,
    action: `${type}/read`,
    role: "Reader",
    on: "the subscription",
    notFound: "check --subscription and --cloud",
  };
}

/** The effective routes of the NIC with this name. */
export function routesOf(nic: string): AzureRead {
  return {
    ...OF_NIC,
    what: `the effective routes of ${nic.slice(0, 30)}`,
    subject: `network interface ${nic.slice(0, 30)}`,
    action: "Microsoft.Network/networkInterfaces/effectiveRouteTable/action",
    role: "Network Contributor",
  };
}
