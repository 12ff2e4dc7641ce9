import { describe, expect, test } from "vitest";
import { matchesName } from "../../../../src/analysis/policy/reach/names.ts";

/** A subnet as `network/subnet`, or a NIC. */
const subnet = (name: string) => ({ name, subnet: name });
const nic = (name: string, of: string | null = null) => ({ name, subnet: of });

describe("a name in from of a reach rule", () => {
  test.each([
    ["its whole name", "spoke1/app", subnet("spoke1/app"), true],
    ["in any case", " Spoke1/APP", subnet("spoke1/app"), true],
    ["not another subnet", "spoke1/app", subnet("spoke1/db"), false],
    ["a network, for all its subnets", "spoke1", subnet("spoke1/app"), true],
    ["not a subnet's last part", "app", subnet("spoke1/app"), false],
    ["not the start of a network", "spoke", subnet("spoke1/app"), false],
    ["stars in a network", "spoke*", subnet("spoke1/app"), true],
    ["stars in a subnet", "*/app", subnet("spoke1/app"), true],
    ["stars in both", "s*1/*p", subnet("spoke1/app"), true],
    ["parts between stars in their order", "s*k*1/*", subnet("spoke1/app"), true],
    ["not parts in another order", "s*1*k*/*", subnet("spoke1/app"), false],
    ["a text is not used twice", "spoke1/app*app", subnet("spoke1/app"), false],
    ["a letter is not used twice", "spoke1/ap*pp", subnet("spoke1/app"), false],
    ["a star may stand for nothing", "spoke1/ap*p", subnet("spoke1/app"), true],
    ["a star may stand for nothing at the start", "*spoke*", subnet("spoke1/app"), true],
    ["parts between stars are not used twice", "spoke1/*app*p", subnet("spoke1/app"), false],
    ["a text before a star must be at the start", "poke*", subnet("spoke1/app"), false],
    ["a text after a star must be at the end", "spoke1/*ap", subnet("spoke1/app"), false],
    ["everything", "*", subnet("spoke1/app"), true],
    ["a dot is a dot", "spoke.", subnet("spoke1/app"), false],
    ["nothing is no name", "", subnet("spoke1/app"), false],
    ["a subnet without its resource group", "spoke1/app", subnet("rg2/spoke1/app"), true],
    ["a subnet with its resource group", "rg2/spoke1/app", subnet("rg2/spoke1/app"), true],
    ["not of another resource group", "rg1/spoke1/app", subnet("rg2/spoke1/app"), false],
    ["a network without its resource group", "spoke1", subnet("rg2/spoke1/app"), true],
    ["a network with its resource group", "rg2/spoke1", subnet("rg2/spoke1/app"), true],
    ["not a resource group alone", "rg2", subnet("rg2/spoke1/app"), false],
    ["a NIC", "web01", nic("web01"), true],
    ["a NIC without its resource group", "web01", nic("rg2/web01"), true],
    ["not the resource group of a NIC", "rg2", nic("rg2/web01"), false],
    ["a NIC with its resource group, and a star", "rg2*1", nic("rg2/web01"), true],
    ["a NIC with a star, without its resource group", "web*", nic("rg2/web01"), true],
    ["NICs of a subnet with its resource group", "rg2/spoke1/app", nic("web01", "rg2/spoke1/app"), true],
    ["NICs of a network with its resource group", "rg2/spoke1", nic("web01", "rg2/spoke1/app"), true],
    ["not the resource group of a subnet of NICs", "rg2", nic("web01", "rg2/spoke1/app"), false],
    ["NICs of a subnet with several tables", "spoke1/app", nic("web01", "spoke1/app"), true],
    ["NICs of a network", "spoke1", nic("web01", "spoke1/app"), true],
    ["not NICs of another subnet", "spoke1/db", nic("web01", "spoke1/app"), false],
  ])("means %s", (_rule, wanted, source, expected) => {
    expect(matchesName(wanted, source)).toBe(expected);
  });

  test("with many stars costs no more than reading the name", () => {
    expect(matchesName(`${"*a".repeat(20_000)}*b`, nic("a".repeat(40_000)))).toBe(false);
  }, 2_000);
});
