import type { Prefix } from "../../net/prefix.ts";
import { idKey, nameOf } from "../resource-id.ts";
import type { Draft } from "./draft.ts";
import type { Fields } from "./fields.ts";

interface ReducedNetwork {
  readonly name: string;
  readonly region: string | null;
  readonly addressPrefixes: readonly Prefix[];
  readonly subnets: readonly { readonly name: string; readonly addressPrefixes: readonly Prefix[] }[];
}

/**
 * Networks reduced with `az network vnet list --query`: a name, `prefixes`, and subnets with a name and a
 * `prefix`, without ids. A network takes the id that the other resources give a network of its name; where none does,
 * or several do, its name is its id.
 */
export class ReducedNetworks {
  readonly #networks: ReducedNetwork[] = [];

  /** Keeps the resource if it is such a network; returns whether it is. */
  take(resource: Readonly<Record<string, unknown>>, fields: Fields): boolean {
    if (!Array.isArray(resource.prefixes) || !Array.isArray(resource.subnets) || "id" in resource) return false;
    const name = fields.text("name");
    if (name === null) return false;
    this.#networks.push({
      name,
      region: fields.region(),
      addressPrefixes: fields.prefixes("prefixes"),
      subnets: fields.parts("subnets").flatMap((subnet) => {
        const name = subnet.text("name");
        return name === null ? [] : [{ name, addressPrefixes: subnet.prefixes("prefix") }];
      }),
    });
    return true;
  }

  addTo(draft: Draft): void {
    if (this.#networks.length === 0) return;
    const byName = new Map<string, Map<string, string>>();
    for (const id of draft.networkIds()) {
      const name = nameOf(id).toLowerCase();
      byName.set(name, (byName.get(name) ?? new Map<string, string>()).set(idKey(id), id));
    }
    for (const { name, region, addressPrefixes, subnets } of this.#networks) {
      const ids = [...(byName.get(name.toLowerCase())?.values() ?? [])];
      const networkId = ids.length === 1 && ids[0] !== undefined ? ids[0] : name;
      draft.addNetwork({ id: networkId, name, region, addressPrefixes });
      for (const subnet of subnets) {
        draft.addSubnet({
          id: `${networkId}/subnets/${subnet.name}`,
          name: subnet.name,
          networkId,
          addressPrefixes: subnet.addressPrefixes,
          routeTableId: null,
          natGatewayId: null,
          networkSecurityGroupId: null,
          serviceEndpoints: [],
          defaultOutboundAccess: null,
          privateEndpointNetworkPolicies: null,
        });
      }
    }
  }
}
