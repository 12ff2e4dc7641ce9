import { readFileSync } from "node:fs";
import { BlockList } from "node:net";
import ipaddr from "ipaddr.js";
import { Reader, type Response } from "mmdb-lib";
import { formatAddress, toWords } from "../../src/net/address.ts";
import { longestCoveringV4, longestCoveringV6 } from "../../src/net/prefix-table.ts";
import { effectiveRouteFromArm } from "../../src/routes/read/arm-row.ts";
import { compileTags } from "../../src/service-tags/index/compile-tags.ts";
import type { TagIndex } from "../../src/service-tags/index/tag-index.ts";
import { parseTagFile } from "../../src/service-tags/tag-file.ts";
import { referenceTags, tellingAddresses } from "../service-tags/reference.ts";
import { mmdbOf } from "./peers/mmdb.ts";
import { largeTable } from "./routes-for-bench.ts";
import type { Contender, Row, Workbench } from "./row.ts";

/** Work inside this process: the time of one operation out of many, in units of `per` milliseconds. */
function inside(name: string, count: number, perMillisecond: number, work: () => unknown): Contender {
  return {
    name,
    async sample() {
      const start = performance.now();
      work();
      return { value: ((performance.now() - start) * perMillisecond) / count, cpu: null };
    },
  };
}

/** The record of an address in our MaxMind DB. The library's types only know MaxMind's own databases. */
type TagNumbers = Response & readonly number[];

function compiled({ tagFile }: Workbench): TagIndex {
  const bytes = readFileSync(tagFile);
  return compileTags(parseTagFile(bytes.toString("latin1"), tagFile));
}

/** A fixed sequence of numbers from 0 to 1. */
function sequence(): () => number {
  let state = 5;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function lookUps(family: 4 | 6, reach: number): Row {
  const ours = `the tags of an address, IPv${family}`;
  return {
    id: `inside-v${family}`,
    what: `look-up in process: every tag that holds an IPv${family} address`,
    unit: "µs",
    rounds: 15,
    limits: [{ of: null, reach, bound: 10 * reach }],
    async open(bench) {
      const text = readFileSync(bench.tagFile, "utf8");
      const index = compiled(bench);
      const { table, chains } = index;
      const addresses = tellingAddresses(referenceTags(text), 40_000, sequence()).filter(
        (each) => each.family === family,
      );
      // In mixed order. In order, each look-up would profit from the processor's cache after the one before it.
      const random = sequence();
      addresses.sort(() => random() - 0.5);
      const words = new Uint32Array(4 * addresses.length);
      addresses.forEach((address, at) => {
        toWords(address, words, 4 * at);
      });
      // The tags of an address are at its longest prefix and at the shorter ones around it. Each is visited.
      const visit = () => {
        let sum = 0;
        for (let at = 0; at < words.length; at += 4) {
          let prefix =
            family === 4 ? longestCoveringV4(table, words[at + 3] ?? 0) : longestCoveringV6(table, words, at);
          for (; prefix >= 0; prefix = table.parent[prefix] ?? -1) {
            for (let i = chains.ofPrefix[prefix] ?? 0; i > 0; i = chains.next[i] ?? 0) sum += chains.tag[i] ?? 0;
          }
        }
        return sum;
      };
      const few = addresses.filter((_, at) => at % Math.ceil(addresses.length / 20) === 0).map(formatAddress);
      const prefixes = [
        ...new Set(
          (JSON.parse(text) as { values: { properties: { addressPrefixes: string[] } }[] }).values.flatMap(
            ({ properties }) => properties.addressPrefixes,
          ),
        ),
      ];
      const parsed = prefixes.map((prefix) => ipaddr.parseCIDR(prefix));
      const list = new BlockList();
      for (const [first, length] of parsed) list.addSubnet(first.toString(), length, first.kind());
      const kind = family === 4 ? "ipv4" : "ipv6";
      const texts = addresses.map(formatAddress);
      const mmdb = new Reader<TagNumbers>(mmdbOf(index));
      const sumOf = (text: string) => (mmdb.get(text) ?? []).reduce((sum, tag) => sum + tag, 0);
      if (texts.reduce((sum, text) => sum + sumOf(text), 0) !== visit())
        throw new Error("the MaxMind DB says otherwise");
      return {
        contenders: [
          inside(ours, addresses.length, 1000, visit),
          inside("mmdb-lib, a reader of MaxMind DBs", texts.length, 1000, () => {
            let tags = 0;
            for (const text of texts) tags += mmdb.get(text)?.length ?? 0;
            return tags;
          }),
          inside("a scan with ipaddr.js, parsed before", few.length, 1000, () => {
            let held = 0;
            for (const each of few) {
              const address = ipaddr.parse(each);
              for (const [first, length] of parsed)
                held += Number(first.kind() === kind && address.match(first, length));
            }
            return held;
          }),
          inside("net.BlockList, which only says yes or no", few.length, 1000, () =>
            few.filter((each) => list.check(each, kind)),
          ),
        ],
      };
    },
  };
}

const PARSE = "JSON.parse of the same file";

const compile: Row = {
  id: "compile",
  what: "compile a tag file",
  unit: "ms",
  rounds: 15,
  limits: [{ of: PARSE, reach: 6, bound: 9 }],
  async open({ tagFile }) {
    const bytes = readFileSync(tagFile);
    const text = bytes.toString("latin1");
    return {
      contenders: [
        inside("compile", 1, 1, () => compileTags(parseTagFile(text, tagFile))),
        inside(PARSE, 1, 1, () => JSON.parse(text)),
      ],
    };
  },
};

const PARSE_TABLE = "JSON.parse of the same table";

const readRoutes: Row = {
  id: "read-routes",
  what: "read the rows of a route table of 20000 prefixes",
  unit: "ms",
  rounds: 15,
  limits: [{ of: PARSE_TABLE, reach: 6, bound: 12 }],
  async open() {
    const text = JSON.stringify(largeTable(20_000));
    const { value } = JSON.parse(text) as { readonly value: readonly unknown[] };
    return {
      contenders: [
        inside("read", 1, 1, () => value.map((row, at) => effectiveRouteFromArm(row, `row ${at + 1}`))),
        inside(PARSE_TABLE, 1, 1, () => JSON.parse(text)),
      ],
    };
  },
};

/** Rows that are measured without starting a process. */
export const insideRows: readonly Row[] = [lookUps(4, 0.06), lookUps(6, 0.25), compile, readRoutes];
