import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ForwardingTable } from "../../../src/analysis/bulk/forwarding-table.ts";
import { type Address, parseAddress } from "../../../src/net/address.ts";
import type { Family } from "../../../src/net/read-address.ts";
import { PLATFORM_ADDRESSES, select } from "../../../src/selection/select.ts";
import { anyTable, boundaryAddresses } from "../../selection/random-tables.ts";
import { row } from "../../selection/routes-for-tests.ts";

const bits = (family: Family) => (family === 4 ? 32n : 128n);
const anyAddress: fc.Arbitrary<Address> = fc.oneof(
  fc.bigInt(0n, (1n << 32n) - 1n).map((value) => ({ family: 4, value }) as const),
  fc.bigInt(0n, (1n << 128n) - 1n).map((value) => ({ family: 6, value }) as const),
);

describe("a forwarding table", () => {
  it("decides as select does, at every prefix boundary and at random addresses", () => {
    fc.assert(
      fc.property(anyTable, fc.array(anyAddress), (routes, some) => {
        const table = new ForwardingTable(routes);
        for (const address of [...boundaryAddresses(routes), ...PLATFORM_ADDRESSES, ...some]) {
          expect(table.select(address)).toEqual(select(routes, address));
        }
      }),
      { numRuns: 150 },
    );
  });

  it("has one decision for each prefix, for addresses without a route too", () => {
    const table = new ForwardingTable(["Default 10.0.0.0/16 VnetLocal", "Default 0.0.0.0/0 Internet"].map(row));
    const of = (text: string) => table.select(parseAddress(text));
    expect(of("10.0.0.1")).toBe(of("10.0.2.1"));
    expect(of("8.8.8.8")).not.toBe(of("10.0.0.1"));
    expect(of("fd00::1")).toBe(of("2001:db8::1"));
    expect(of("fd00::1").verdict).toBe("no-route");
  });

  it("partitions each family's address space into pieces, each with the decision of its first and last address", () => {
    fc.assert(
      fc.property(anyTable, fc.constantFrom<Family>(4, 6), (routes, family) => {
        const table = new ForwardingTable(routes);
        let next = 0n;
        for (const { first, last, decision } of table.pieces(family)) {
          expect(first).toBe(next);
          expect(last).toBeGreaterThanOrEqual(first);
          for (const value of [first, last]) {
            expect(decision).toEqual(select(routes, { family, value }));
          }
          next = last + 1n;
        }
        expect(next).toBe(1n << bits(family));
      }),
      { numRuns: 150 },
    );
  });
});
