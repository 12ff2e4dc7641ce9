/** One thing that Azure is asked for, to word what becomes of it. */
export interface Asking {
  /** `the effective routes of vm-app197`, at most some 40 characters. */
  readonly what: string;
  /** The action that a role must allow for it. */
  readonly action: string;
  /** The least built-in role that has it. https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/networking */
  readonly role: "Reader" | "Network Contributor";
  /** Where that role is needed. */
  readonly on: string;
  /** What to do where Azure does not find it. */
  readonly notFound: string;
}

const CHECK_NIC = "check the name, -g and --subscription";

const OF_NIC = { on: "the resource group", notFound: CHECK_NIC } as const;

/** What is asked to find a NIC by its name, its VM or its address. */
export const NIC_LIST: Asking = {
  what: "the list of NICs",
  action: "Microsoft.Network/networkInterfaces/read",
  role: "Reader",
  on: "the subscription (or name the NIC's group with -g)",
  notFound: "check --subscription and --cloud",
};

export const ONE_NIC: Asking = { ...OF_NIC, what: "the NIC", action: NIC_LIST.action, role: "Reader" };

export const SUBNET: Asking = {
  ...OF_NIC,
  what: "the subnet",
  action: "Microsoft.Network/virtualNetworks/subnets/read",
  role: "Reader",
};

export const NEXT_HOP: Asking = {
  what: "Network Watcher's next hop",
  action: "Microsoft.Network/networkWatchers/nextHop/action",
  role: "Network Contributor",
  on: "the NIC's and Network Watcher's resource groups",
  notFound: "the VM or Network Watcher may have been removed: run again with --refresh",
};

export const NETWORK_WATCHERS: Asking = {
  ...NEXT_HOP,
  what: "the list of Network Watchers",
  action: "Microsoft.Network/networkWatchers/read",
  role: "Reader",
  on: "the subscription",
  notFound: "check --subscription and --cloud",
};

export const SERVICE_TAGS: Asking = {
  what: "the service tags",
  action: "Microsoft.Network/locations/serviceTags/read",
  role: "Reader",
  on: "the subscription",
  notFound: "check --subscription and --cloud, or leave --from arm out: the Download Center has them too",
};

/** The effective routes of the NIC of that name. */
export function routesOf(nic: string): Asking {
  return {
    ...OF_NIC,
    what: `the effective routes of ${nic.slice(0, 30)}`,
    action: "Microsoft.Network/networkInterfaces/effectiveRouteTable/action",
    role: "Network Contributor",
  };
}
