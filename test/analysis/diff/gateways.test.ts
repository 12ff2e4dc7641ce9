import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diffGatewayTables, type GatewayAnswer } from "../../../src/analysis/diff/gateways.ts";
import { formatPrefix, prefixOf } from "../../../src/net/prefix.ts";
import { decideGateway } from "../../../src/selection/gateways/decision.ts";
import { gatewayTableOf } from "../../selection/gateways/gateway-tables.ts";

/** `prefix>hops`, then types, origins and AS paths where there are any; - for no answer. */
function answerText(answer: GatewayAnswer | null): string {
  if (answer === null) return "-";
  const { addressPrefixes, nextHops, nextHopTypes, origins, asPaths, ...none } = answer;
  expect(none).toEqual({});
  const parts = [
    `${addressPrefixes.join("+")}>${nextHops.join("+")}`,
    ...[nextHopTypes, origins, asPaths].map((each) => each.join("+")),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

/** The moves in lines: `prefix change: before, after`. */
const short = (before: readonly string[], after: readonly string[]) =>
  diffGatewayTables(gatewayTableOf(before), gatewayTableOf(after)).map(
    ({ prefix, change, before: old, after: now }) => `${prefix} ${change}: ${answerText(old)}, ${answerText(now)}`,
  );

describe("two tables of gateways", () => {
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    [
      "the same rows in another order",
      ["10.0.0.0/8 >a w1", "11.0.0.0/8 >b w1"],
      ["11.0.0.0/8 >b w1", "10.0.0.0/8 >a w1"],
      [],
    ],
    ["a new prefix", [], ["10.0.0.0/8 >a w1"], ["10.0.0.0/8 gained: -, 10.0.0.0/8>a"]],
    ["a prefix that is gone", ["10.0.0.0/8 >a w1"], [], ["10.0.0.0/8 lost: 10.0.0.0/8>a, -"]],
    [
      "gone to a shorter prefix",
      ["0.0.0.0/0 >b w1", "10.0.0.0/8 >a w1"],
      ["0.0.0.0/0 >b w1"],
      ["10.0.0.0/8 moved: 10.0.0.0/8>a, 0.0.0.0/0>b"],
    ],
    ["another next hop", ["10.0.0.0/8 >a w1"], ["10.0.0.0/8 >b w1"], ["10.0.0.0/8 moved: 10.0.0.0/8>a, 10.0.0.0/8>b"]],
    [
      "one of two next hops",
      ["10.0.0.0/8 >a w1", "10.0.0.0/8 >b w1"],
      ["10.0.0.0/8 >b w1"],
      ["10.0.0.0/8 moved: 10.0.0.0/8>a+b, 10.0.0.0/8>b"],
    ],
    [
      "a longer AS path to the same",
      ["10.0.0.0/8 >a 1 w1"],
      ["10.0.0.0/8 >a 1-1 w1"],
      ["10.0.0.0/8 rerouted: 10.0.0.0/8>a 1, 10.0.0.0/8>a 1-1"],
    ],
    [
      "another origin of the same",
      ["10.0.0.0/8 >a EBgp w1"],
      ["10.0.0.0/8 >a IBgp w1"],
      ["10.0.0.0/8 rerouted: 10.0.0.0/8>a EBgp, 10.0.0.0/8>a IBgp"],
    ],
    [
      "another type of next hop",
      ["10.0.0.0/8 >a :Hub w1"],
      ["10.0.0.0/8 >a :VPN w1"],
      ["10.0.0.0/8 moved: 10.0.0.0/8>a Hub, 10.0.0.0/8>a VPN"],
    ],
    ["a loser that is gone", ["10.0.0.0/8 >a 1 w1", "10.0.0.0/8 >b 1-2 w1"], ["10.0.0.0/8 >a 1 w1"], []],
    [
      "an instance that differs now",
      ["10.0.0.0/8 >a w1 @i", "10.0.0.0/8 >a w1 @j"],
      ["10.0.0.0/8 >a w1 @i", "10.0.0.0/8 >b w1 @j"],
      ["10.0.0.0/8 moved: 10.0.0.0/8>a, 10.0.0.0/8>a+b"],
    ],
    [
      "IPv6",
      ["::/0 >a w1"],
      ["::/0 >b w1", "2001:db8::/32 >a w1"],
      ["::/0 moved: ::/0>a, ::/0>b", "2001:db8::/32 rerouted: ::/0>a, 2001:db8::/32>a"],
    ],
    [
      "a row of every instance, which one of them overrides now",
      ["10.0.0.0/8 >a w1", "11.0.0.0/8 >a w1 @i", "11.0.0.0/8 >a w1 @j"],
      ["10.0.0.0/8 >a w1", "10.0.0.0/8 >b w2 @j", "11.0.0.0/8 >a w1 @i", "11.0.0.0/8 >a w1 @j"],
      ["10.0.0.0/8 moved: 10.0.0.0/8>a, 10.0.0.0/8>a+b"],
    ],
  ])("%s", (_, before, after, moves) => {
    expect(short(before, after)).toEqual(moves);
  });

  test("each side has what wins, each once and in order, ids by their names", () => {
    const rows = [
      "10.0.0.0/8 >b :VPN EBgp 2-1 w1",
      "10.0.0.0/8 >/x/a :Hub /x/origin 3-1 w1",
      "10.0.0.0/8 >b :VPN EBgp 2-1 w1",
    ];
    const answer = {
      addressPrefixes: ["10.0.0.0/8"],
      nextHops: ["a", "b"],
      nextHopTypes: ["Hub", "VPN"],
      origins: ["EBgp", "origin"],
      asPaths: ["2-1", "3-1"],
    };
    expect(diffGatewayTables(gatewayTableOf([]), gatewayTableOf(rows))).toEqual([
      { prefix: "10.0.0.0/8", change: "gained", before: null, after: answer },
    ]);
  });

  test("what a row does not say is left out", () => {
    const none = { nextHopTypes: [], origins: [], asPaths: [] };
    expect(diffGatewayTables(gatewayTableOf(["10.0.0.0/8 >a path?"]), gatewayTableOf([]))).toEqual([
      {
        ...{ prefix: "10.0.0.0/8", change: "lost", after: null },
        before: { addressPrefixes: ["10.0.0.0/8"], nextHops: ["a"], ...none },
      },
    ]);
  });

  test("every address is treated as its longest listed prefix says", () => {
    const row = fc
      .tuple(
        fc.constantFrom(0, 1, 2, 3),
        fc.integer({ min: 0, max: 7 }),
        fc.constantFrom("a", "b"),
        fc.constantFrom(1, 2),
      )
      .map(([bits, value, hop, weight]) => {
        const address = { family: 4, value: BigInt(value) << 29n } as const;
        return `${formatPrefix(prefixOf(address, bits))} >${hop} w${weight}`;
      });
    const rows = fc.array(row, { maxLength: 6 });
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        const [old, now] = [gatewayTableOf(before), gatewayTableOf(after)];
        const moves = new Map(diffGatewayTables(old, now).map((move) => [move.prefix, move]));
        for (let block = 0n; block < 8n; block++) {
          const address = { family: 4, value: block << 29n } as const;
          const hops = ({ routes }: typeof old) =>
            [
              ...new Set(
                decideGateway(routes, address).winners.flatMap((each) => each.nextHops.map(({ text }) => text)),
              ),
            ].sort();
          const lengths = [...old.routes, ...now.routes]
            .filter(({ prefix }) => formatPrefix(prefixOf(address, prefix.length)) === formatPrefix(prefix))
            .map(({ prefix }) => prefix.length);
          const move =
            lengths.length === 0 ? undefined : moves.get(formatPrefix(prefixOf(address, Math.max(...lengths))));
          if (hops(old).join() === hops(now).join()) expect(move?.change ?? "rerouted").toBe("rerouted");
          else expect(move).toMatchObject({ change: expect.stringMatching(/gained|lost|moved/) });
        }
      }),
    );
  });
});
