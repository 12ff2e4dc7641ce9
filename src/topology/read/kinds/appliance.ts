import type { ResourceKind } from "./kind.ts";

/** Azure Firewalls, in a subnet or in a hub. */
export const FIREWALL: ResourceKind = {
  types: ["microsoft.network/azurefirewalls"],
  read(base, fields, draft) {
    const configurations = fields.parts("ipConfigurations");
    const inHub = fields.part("hubIPAddresses")?.address("privateIPAddress") ?? [];
    draft.add("firewalls", {
      ...base,
      subnetId: configurations.map((each) => each.reference("subnet")).find((id) => id !== null) ?? null,
      addresses: [...configurations.flatMap((each) => each.address("privateIPAddress") ?? []), inHub].flat(),
      hubId: fields.reference("virtualHub"),
    });
  },
};

export const MANAGED_APPLIANCE: ResourceKind = {
  types: ["microsoft.network/virtualnetworkappliances"],
  read(base, fields, draft) {
    draft.add("managedAppliances", {
      ...base,
      subnetId: fields.reference("subnet"),
      addresses: fields.parts("ipConfigurations").flatMap((each) => each.address("privateIPAddress") ?? []),
    });
  },
};
