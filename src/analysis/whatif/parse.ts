import { addressOrNull, formatAddress, parseAddress } from "../../net/address.ts";
import { containsPrefix, formatPrefix, type Prefix, parsePrefix } from "../../net/prefix.ts";
import { armName } from "../../routes/next-hop-types.ts";
import { regionName } from "../../service-tags/paired-regions.ts";
import { endpointOfTag, SERVICE_ENDPOINTS } from "../../service-tags/service-endpoints.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import type { WhatIfErrorCode } from "./change.ts";
import {
  type AddEndpoint,
  type AddRoute,
  type ChangePeering,
  type PropagateBgp,
  type RemoveEndpoint,
  type RemoveRoute,
  USER_NEXT_HOP_TYPES,
  type UserNextHopType,
} from "./change.ts";

// Strict parsers for the values of the options of `whatif`. All throw UserError for an invalid prefix or address.

const ROUTE_FORM = "write PREFIX=TYPE or TAG=TYPE, e.g. 0.0.0.0/0=VirtualAppliance:10.0.1.4 or Storage=Internet";

/**
 * Parses `PREFIX=TYPE` or `TAG=TYPE`, optionally with `:IP`. Types are spelt as in ARM or the portal, in any case:
 * VirtualAppliance (with its address), VirtualNetworkGateway, VnetLocal, Internet, None. `None:10.0.1.4` is an
 * unreachable appliance, as Azure lists it.
 * @throws UserError
 */
export function parseAddRoute(text: string, name: string | null = null): AddRoute {
  const at = text.indexOf("=");
  const [typedDestination, typedHop] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 0 || typedDestination === "" || typedHop === "") {
    throw new UserError<WhatIfErrorCode>("change-syntax", `'${quotedText(text)}' is not a valid route`, ROUTE_FORM);
  }
  const destination = routeDestination(typedDestination);
  const colon = typedHop.indexOf(":");
  if (addressOrNull(typedHop) !== null) throw applianceMeant(text, `${typedDestination}=VirtualAppliance:${typedHop}`);
  const nextHopType = userNextHopType(colon < 0 ? typedHop : typedHop.slice(0, colon));
  const nextHopIpAddress = colon < 0 ? null : formatAddress(parseAddress(typedHop.slice(colon + 1).trim()));
  checkNextHop(nextHopType, nextHopIpAddress);
  if (
    destination.kind === "prefix" &&
    nextHopIpAddress !== null &&
    parseAddress(nextHopIpAddress).family !== destination.prefix.family
  ) {
    throw new UserError<WhatIfErrorCode>(
      "change-next-hop",
      `the next hop of ${formatPrefix(destination.prefix)} belongs to the other address family`,
      "an IPv4 prefix needs an IPv4 next hop, an IPv6 prefix an IPv6 one",
    );
  }
  return {
    kind: "add-route",
    destination,
    nextHopType,
    nextHopIpAddress,
    name: name === null ? null : routeName(name),
  };
}

const TAG = /^[a-z][\w.-]*$/i;

function routeDestination(typed: string): AddRoute["destination"] {
  const tag = typed.replace(/^tag:\s*/i, "");
  return TAG.test(tag) ? { kind: "tag", tag } : { kind: "prefix", prefix: parsePrefix(typed) };
}

/** The error for a route to an address without a type, as `ip route add` takes it. */
function applianceMeant(typed: string, meant: string): UserError<WhatIfErrorCode> {
  return new UserError("change-next-hop", `'${quotedText(typed)}' has no next hop type`, `write ${meant}`, "usage", {
    correction: { words: [typed], instead: [meant] },
  });
}

function userNextHopType(typed: string): UserNextHopType {
  const name = armName(typed);
  const known = USER_NEXT_HOP_TYPES.find((type) => same(type, name));
  if (known !== undefined) return known;
  const near = nearNames(typed, USER_NEXT_HOP_TYPES);
  throw new UserError<WhatIfErrorCode>(
    "change-next-hop",
    `user routes do not support the next hop type '${quotedText(typed)}'`,
    near.length > 0 ? `did you mean: ${near.join(", ")}` : `one of: ${USER_NEXT_HOP_TYPES.join(", ")}`,
  );
}

function checkNextHop(type: UserNextHopType, address: string | null): void {
  if (type === "VirtualAppliance" && address === null) {
    throw new UserError<WhatIfErrorCode>(
      "change-next-hop",
      "a route to a VirtualAppliance needs the appliance's address",
      "write VirtualAppliance:10.0.1.4",
    );
  }
  // None has an address if Azure found the appliance unreachable.
  if (type !== "VirtualAppliance" && type !== "None" && address !== null) {
    throw new UserError<WhatIfErrorCode>(
      "change-next-hop",
      `a route to ${type} takes no next hop address`,
      `write ${type} alone, or VirtualAppliance:${address}`,
    );
  }
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork */
function routeName(typed: string): string {
  if (/^[a-z\d]([\w.-]{0,78}\w)?$/i.test(typed)) return typed;
  throw new UserError<WhatIfErrorCode>(
    "change-name",
    `'${quotedText(typed)}' is not a valid route name`,
    "1 to 80 letters, digits, dots, dashes or underscores; a letter or digit first",
  );
}

/**
 * Parses the name of a user route, one of its prefixes, or its service tag.
 * @throws UserError
 */
export function parseRemoveRoute(text: string): RemoveRoute {
  const typed = text.trim();
  const name = typed.replace(/^tag:\s*/i, "");
  if (name === "") {
    throw new UserError<WhatIfErrorCode>("change-syntax", "missing route", "write the route's name or its prefix");
  }
  // A route's name contains neither a slash nor a colon.
  return /[/:]/.test(name)
    ? { kind: "remove-route", route: { kind: "prefix", prefix: parsePrefix(typed) } }
    : { kind: "remove-route", route: { kind: "name", name } };
}

/**
 * Parses a service endpoint's name and the network's region (`westeurope`, `West Europe`), which some endpoints need.
 * @throws UserError
 */
export function parseAddEndpoint(text: string, region: string | null = null): AddEndpoint {
  const name = region === null ? null : validRegion(region);
  return { kind: "add-endpoint", endpoint: endpointName(text), region: name };
}

function validRegion(typed: string): string {
  const name = regionName(typed);
  if (/^[a-z]+\d*$/.test(name)) return name;
  throw new UserError<WhatIfErrorCode>(
    "change-region",
    `'${quotedText(typed)}' is not a valid region`,
    "write one like westeurope",
  );
}

/** @throws UserError */
export function parseRemoveEndpoint(text: string): RemoveEndpoint {
  return { kind: "remove-endpoint", endpoint: endpointName(text) };
}

function endpointName(text: string): string {
  const typed = text.trim();
  const global = /^(.*)\.global$/i.exec(typed)?.[1];
  if (global !== undefined && !same(global, "Microsoft.Storage")) {
    throw new UserError<WhatIfErrorCode>(
      "change-endpoint",
      `only Microsoft.Storage has a .Global endpoint, not '${quotedText(global)}'`,
      `write ${quotedText(global)}`,
    );
  }
  if (/^microsoft(\.[a-z\d]+)+$/i.test(typed)) return typed;
  const meant = endpointOfTag(typed) ?? nearNames(`Microsoft.${typed}`, SERVICE_ENDPOINTS)[0];
  throw new UserError<WhatIfErrorCode>(
    "change-endpoint",
    `'${quotedText(typed)}' is not a service endpoint`,
    meant === undefined ? "write one like Microsoft.Storage" : `write ${meant}`,
  );
}

/** Parses the comma-separated prefixes of the other network. @throws UserError */
export function parseAddPeering(text: string): ChangePeering {
  return { kind: "add-peering", prefixes: peeredPrefixes(text) };
}

/** Parses the comma-separated prefixes of the peered network. @throws UserError */
export function parseRemovePeering(text: string): ChangePeering {
  return { kind: "remove-peering", prefixes: peeredPrefixes(text) };
}

function peeredPrefixes(text: string): readonly Prefix[] {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.includes("")) {
    throw new UserError<WhatIfErrorCode>(
      "change-syntax",
      `missing prefix in '${quotedText(text)}'`,
      "write 10.1.0.0/16,10.2.0.0/16",
    );
  }
  const prefixes = parts.map((part) => parsePrefix(part));
  prefixes.forEach((prefix, at) => {
    const other = prefixes.slice(0, at).find((each) => containsPrefix(each, prefix) || containsPrefix(prefix, each));
    if (other === undefined) return;
    throw new UserError<WhatIfErrorCode>(
      "change-syntax",
      `${formatPrefix(prefix)} and ${formatPrefix(other)} overlap`,
      "the prefixes of one network do not overlap",
    );
  });
  return prefixes;
}

/** Parses `on` or `off`. @throws UserError */
export function parsePropagateBgp(text: string): PropagateBgp {
  const typed = text.trim();
  if (same(typed, "on") || same(typed, "off")) return { kind: "propagate-bgp", on: same(typed, "on") };
  throw new UserError<WhatIfErrorCode>(
    "change-syntax",
    `'${quotedText(text)}' is neither on nor off`,
    "write on or off",
  );
}
