import { describe, expect, it, test } from "vitest";
import { describeChange } from "../../../src/analysis/whatif/change.ts";
import {
  parseAddEndpoint,
  parseAddPeering,
  parseAddRoute,
  parsePropagateBgp,
  parseRemoveEndpoint,
  parseRemovePeering,
  parseRemoveRoute,
} from "../../../src/analysis/whatif/parse.ts";
import { UserError } from "../../../src/text/user-error.ts";

const FORM = "write PREFIX=TYPE or TAG=TYPE, e.g. 0.0.0.0/0=VirtualAppliance:10.0.1.4 or Storage=Internet";

describe("a route to add", () => {
  test.each([
    ["0.0.0.0/0=VirtualAppliance:10.10.10.10", "add-route 0.0.0.0/0=VirtualAppliance:10.10.10.10"],
    [" 10.1.0.0/16 = virtual appliance : 10.0.1.4 ", "add-route 10.1.0.0/16=VirtualAppliance:10.0.1.4"],
    ["::/0=VirtualAppliance:FD00:0::4", "add-route ::/0=VirtualAppliance:fd00::4"],
    ["10.1.0.0/16=none", "add-route 10.1.0.0/16=None"],
    ["0.0.0.0/0=None:10.10.10.10", "add-route 0.0.0.0/0=None:10.10.10.10"],
    ["10.1.0.0/16=Virtual network", "add-route 10.1.0.0/16=VnetLocal"],
    ["Storage.WestEurope=Internet", "add-route Storage.WestEurope=Internet"],
    ["tag:Storage=VirtualNetworkGateway", "add-route Storage=VirtualNetworkGateway"],
    ["TAG: Storage=None", "add-route Storage=None"],
  ])("%s", (text, expected) => {
    expect(describeChange(parseAddRoute(text))).toBe(expected);
  });

  test.each(["to_nva.1-b", "a", "7", "n".repeat(80), "ends-with_"])("with the name %s", (name) => {
    expect(parseAddRoute("10.0.0.0/8=None", name).name).toBe(name);
  });

  it("has no name of its own", () => {
    expect(parseAddRoute("10.0.0.0/8=None").name).toBeNull();
  });

  it("to an address without a type is rejected, with the line that was meant", () => {
    const appliance = (text: string) => {
      try {
        return parseAddRoute(text);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        const { code, message, hint, exit, detail, correction } = error;
        return { code, message, hint, exit, detail, correction };
      }
    };
    expect(appliance(" 10.0.0.0/8 = fd00::4")).toEqual({
      code: "change-next-hop",
      message: "'10.0.0.0/8 = fd00::4' has no next hop type",
      hint: "write 10.0.0.0/8=VirtualAppliance:fd00::4",
      exit: "usage",
      detail: null,
      correction: { words: [" 10.0.0.0/8 = fd00::4"], instead: ["10.0.0.0/8=VirtualAppliance:fd00::4"] },
    });
  });

  test.each([
    ["", "change-syntax", `'' is not a valid route; ${FORM}`],
    ["10.0.0.0/8", "change-syntax", `'10.0.0.0/8' is not a valid route; ${FORM}`],
    ["=None", "change-syntax", `'=None' is not a valid route; ${FORM}`],
    [
      "mytag:Storage=None",
      "address-syntax",
      "'mytag:Storage' is not an IPv4 or IPv6 address; write one like 10.0.0.4 or 2001:db8::1",
    ],
    ["tag:=None", "address-syntax", "'tag:' is not an IPv4 or IPv6 address; write one like 10.0.0.4 or 2001:db8::1"],
    [
      "-Storage=None",
      "address-syntax",
      "'-Storage' is not an IPv4 or IPv6 address; write one like 10.0.0.4 or 2001:db8::1",
    ],
    [
      "10.0.0.0/8=VirtualAppliance:10.0.0.4:80",
      "address-syntax",
      "'10.0.0.4:80' is not an IPv4 or IPv6 address; write one like 10.0.0.4 or 2001:db8::1",
    ],
    [
      "::/0=None:10.0.0.4",
      "change-next-hop",
      "the next hop of ::/0 belongs to the other address family; an IPv4 prefix needs an IPv4 next hop, an IPv6 prefix an IPv6 one",
    ],
    ["10.0.0.0/8=", "change-syntax", `'10.0.0.0/8=' is not a valid route; ${FORM}`],
    [
      "10.0.0.1/8=None",
      "prefix-host-bits",
      "'10.0.0.1/8' has host bits set after /8; write 10.0.0.0/8, or 10.0.0.1 for the one address",
    ],
    ["10.0.0.0=None", "prefix-length", "'10.0.0.0' has no prefix length; write 10.0.0.0/32 or another length"],
    [
      "0.0.0.0/0=VNetPeering",
      "change-next-hop",
      "user routes do not support the next hop type 'VNetPeering'; one of: VirtualAppliance, VirtualNetworkGateway, VnetLocal, Internet, None",
    ],
    [
      "0.0.0.0/0=VirtualAplliance:10.0.0.4",
      "change-next-hop",
      "user routes do not support the next hop type 'VirtualAplliance'; did you mean: VirtualAppliance",
    ],
    [
      "0.0.0.0/0=Virtual",
      "change-next-hop",
      "user routes do not support the next hop type 'Virtual'; did you mean: VirtualAppliance, VirtualNetworkGateway",
    ],
    [
      "0.0.0.0/0=:10.0.0.4",
      "change-next-hop",
      "user routes do not support the next hop type ''; one of: VirtualAppliance, VirtualNetworkGateway, VnetLocal, Internet, None",
    ],
    [
      "0.0.0.0/0=VirtualAppliance",
      "change-next-hop",
      "a route to a VirtualAppliance needs the appliance's address; write VirtualAppliance:10.0.1.4",
    ],
    ["0.0.0.0/0=VirtualAppliance:", "address-empty", "the address is empty; write one like 10.0.0.4"],
    [
      "0.0.0.0/0=VirtualAppliance:10.0.0",
      "address-incomplete",
      "'10.0.0' is not a whole IPv4 address; write all four parts, like 10.0.0.4",
    ],
    [
      "0.0.0.0/0=Internet:10.0.0.4",
      "change-next-hop",
      "a route to Internet takes no next hop address; write Internet alone, or VirtualAppliance:10.0.0.4",
    ],
    [
      "0.0.0.0/0=VirtualAppliance:fd00::4",
      "change-next-hop",
      "the next hop of 0.0.0.0/0 belongs to the other address family; an IPv4 prefix needs an IPv4 next hop, an IPv6 prefix an IPv6 one",
    ],
  ])("'%s' is rejected", (text, code, told) => {
    expect(refusal(() => parseAddRoute(text))).toEqual({ code, told });
  });

  test.each(["", "-nva", "nva-", "a b", "a/b", "n".repeat(81)])("the name '%s' is rejected", (name) => {
    const { code, told } = refusal(() => parseAddRoute("10.0.0.0/8=None", name));
    expect(code).toBe("change-name");
    expect(told).toMatch(
      / is not a valid route name; 1 to 80 letters, digits, dots, dashes or underscores; a letter or digit first$/,
    );
  });
});

describe("other changes", () => {
  test.each([
    ["a route by its name", () => parseRemoveRoute(" to-nva "), "remove-route to-nva"],
    ["a route by its prefix", () => parseRemoveRoute("0.0.0.0/0"), "remove-route 0.0.0.0/0"],
    ["a route by its IPv6 prefix", () => parseRemoveRoute("::/0"), "remove-route ::/0"],
    ["a route by its tag", () => parseRemoveRoute("tag:Storage"), "remove-route Storage"],
    ["a route by its tag, spelled otherwise", () => parseRemoveRoute(" TAG: Storage"), "remove-route Storage"],
    ["a route whose name has the word in it", () => parseRemoveRoute("vip-tag"), "remove-route vip-tag"],
    [
      "an endpoint",
      () => parseAddEndpoint("Microsoft.Storage", "West Europe"),
      "add-endpoint Microsoft.Storage in westeurope",
    ],
    [
      "Storage in every region",
      () => parseAddEndpoint("microsoft.storage.global"),
      "add-endpoint microsoft.storage.global",
    ],
    ["an endpoint without a region", () => parseAddEndpoint("microsoft.keyvault"), "add-endpoint microsoft.keyvault"],
    [
      "an endpoint off",
      () => parseRemoveEndpoint("Microsoft.Storage.Global"),
      "remove-endpoint Microsoft.Storage.Global",
    ],
    ["a peering", () => parseAddPeering("10.1.0.0/16, fd00:1::/48"), "add-peering 10.1.0.0/16,fd00:1::/48"],
    ["a peering undone", () => parseRemovePeering("10.1.0.0/16"), "remove-peering 10.1.0.0/16"],
    ["propagation", () => parsePropagateBgp("OFF"), "propagate-bgp off"],
    ["propagation on", () => parsePropagateBgp(" On\t"), "propagate-bgp on"],
    [
      "an endpoint that begins like .Global",
      () => parseAddEndpoint("Microsoft.GlobalX"),
      "add-endpoint Microsoft.GlobalX",
    ],
  ])("%s", (_, parse, expected) => {
    expect(describeChange(parse())).toBe(expected);
  });

  test.each([
    ["no name", () => parseRemoveRoute(" "), "change-syntax", "missing route; write the route's name or its prefix"],
    ["no tag", () => parseRemoveRoute("tag: "), "change-syntax", "missing route; write the route's name or its prefix"],
    [
      "a name before a tag",
      () => parseRemoveRoute("a-tag:b"),
      "address-syntax",
      "'a-tag:b' is not an IPv4 or IPv6 address; write one like 10.0.0.4 or 2001:db8::1",
    ],
    [
      "a prefix with host bits",
      () => parseRemoveRoute("10.0.0.1/8"),
      "prefix-host-bits",
      "'10.0.0.1/8' has host bits set after /8; write 10.0.0.0/8, or 10.0.0.1 for the one address",
    ],
    [
      "an endpoint without its first word",
      () => parseAddEndpoint("Storage"),
      "change-endpoint",
      "'Storage' is not a service endpoint; write Microsoft.Storage",
    ],
    [
      "an endpoint in small letters",
      () => parseAddEndpoint("storage"),
      "change-endpoint",
      "'storage' is not a service endpoint; write Microsoft.Storage",
    ],
    [
      "an endpoint by its service tag",
      () => parseAddEndpoint("AzureKeyVault"),
      "change-endpoint",
      "'AzureKeyVault' is not a service endpoint; write Microsoft.KeyVault",
    ],
    [
      "an endpoint with a blank",
      () => parseRemoveEndpoint("Microsoft Storage"),
      "change-endpoint",
      "'Microsoft Storage' is not a service endpoint; write one like Microsoft.Storage",
    ],
    [
      "an endpoint with a blank in its second word",
      () => parseRemoveEndpoint("Microsoft.Sto rage"),
      "change-endpoint",
      "'Microsoft.Sto rage' is not a service endpoint; write one like Microsoft.Storage",
    ],
    [
      ".Global of a service that has none",
      () => parseAddEndpoint("Microsoft.Sql.Global"),
      "change-endpoint",
      "only Microsoft.Storage has a .Global endpoint, not 'Microsoft.Sql'; write Microsoft.Sql",
    ],
    [
      ".Global likewise, removed",
      () => parseRemoveEndpoint("microsoft.keyvault.global"),
      "change-endpoint",
      "only Microsoft.Storage has a .Global endpoint, not 'microsoft.keyvault'; write microsoft.keyvault",
    ],
    [
      "an endless endpoint",
      () => parseAddEndpoint("a.".repeat(5000)),
      "change-endpoint",
      "'a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a...' is not a service endpoint; write one like Microsoft.Storage",
    ],
    [
      "a region that cannot be",
      () => parseAddEndpoint("Microsoft.Storage", "10"),
      "change-region",
      "'10' is not a valid region; write one like westeurope",
    ],
    [
      "a region with a part after its number",
      () => parseAddEndpoint("Microsoft.Storage", "eastus2x"),
      "change-region",
      "'eastus2x' is not a valid region; write one like westeurope",
    ],
    [
      "an endpoint with a word before it",
      () => parseAddEndpoint("x-Microsoft.Storage"),
      "change-endpoint",
      "'x-Microsoft.Storage' is not a service endpoint; write Microsoft.Storage",
    ],
    [
      "an endpoint with 41 letters",
      () => parseAddEndpoint("a".repeat(41)),
      "change-endpoint",
      "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...' is not a service endpoint; write one like Microsoft.Storage",
    ],
    [
      "an endpoint with 40 letters",
      () => parseAddEndpoint("a".repeat(40)),
      "change-endpoint",
      "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' is not a service endpoint; write one like Microsoft.Storage",
    ],
    [
      "prefixes of which the second holds the first",
      () => parseRemovePeering("10.1.2.0/24,10.1.0.0/16"),
      "change-syntax",
      "10.1.0.0/16 and 10.1.2.0/24 overlap; the prefixes of one network do not overlap",
    ],
    [
      "a missing prefix",
      () => parseAddPeering("10.1.0.0/16,"),
      "change-syntax",
      "missing prefix in '10.1.0.0/16,'; write 10.1.0.0/16,10.2.0.0/16",
    ],
    [
      "prefixes that overlap",
      () => parseAddPeering("10.1.0.0/16,10.1.2.0/24"),
      "change-syntax",
      "10.1.2.0/24 and 10.1.0.0/16 overlap; the prefixes of one network do not overlap",
    ],
    [
      "neither on nor off",
      () => parsePropagateBgp("yes"),
      "change-syntax",
      "'yes' is neither on nor off; write on or off",
    ],
  ])("%s is rejected", (_, parse, code, told) => {
    expect(refusal(parse)).toEqual({ code, told });
  });
});

function refusal(parse: () => unknown): { readonly code: unknown; readonly told: string } {
  try {
    parse();
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || !("hint" in error)) throw error;
    expect(error.message.length).toBeLessThan(100);
    expect(String(error.hint)).toMatch(/^.{1,300}$/);
    return { code: error.code, told: `${error.message}; ${error.hint}` };
  }
  throw new Error("not refused");
}
