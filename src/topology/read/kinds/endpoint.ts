import type { ResourceKind } from "./kind.ts";

export const PRIVATE_ENDPOINT: ResourceKind = {
  types: ["microsoft.network/privateendpoints"],
  read(base, fields, draft) {
    draft.add("privateEndpoints", {
      ...base,
      subnetId: fields.reference("subnet"),
      nicIds: fields.references("networkInterfaces"),
    });
  },
};

export const PUBLIC_ADDRESS: ResourceKind = {
  types: ["microsoft.network/publicipaddresses"],
  read(base, fields, draft) {
    draft.add("publicAddresses", { ...base, address: fields.address("ipAddress") });
  },
};
