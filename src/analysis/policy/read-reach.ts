import { isScalar } from "yaml";
import { quotedText } from "../../text/quoted-text.ts";
import type { Protocol } from "../trace/trace.ts";
import { type PolicyDestination, REACH_EXPECTATIONS, type ReachRule } from "./policy.ts";
import { didYouMean, type Entry, type PolicyNodes } from "./yaml-node.ts";

const KEYS = ["from", "to", "except", "expect", "through", "symmetric", "protocol", "port"] as const;

const EXAMPLE = "reach: {from: spoke1/app, to: 10.20.0.0/16, through: fw-hub}";
const FROM_EXAMPLE = "NETWORK/SUBNET, NETWORK, the name of a NIC, with * for any characters, or a list of them";
const TO_EXAMPLE = "an address, a prefix, tag:NAME, internet, private, or a list of them";
const THROUGH_EXAMPLE = "names or addresses of appliances, load balancers, firewalls, gateways or hubs";

const PROTOCOLS: readonly Protocol[] = ["tcp", "udp", "icmp"];

type ReachFields = Omit<ReachRule, "kind" | "id" | "name" | "description" | "severity" | "line">;

/** Reads `reach:`. Errors are added to the nodes' problems. */
export function readReach(
  { line, value }: Entry,
  nodes: PolicyNodes,
  destinationsIn: (entry: Entry, nodes: PolicyNodes) => PolicyDestination[],
): ReachFields {
  const none: ReachFields = {
    from: [],
    to: [],
    except: [],
    expect: "arrives",
    through: [],
    symmetric: false,
    protocol: null,
    port: null,
  };
  if (value === null) {
    nodes.refuse(line, "reach has no value", EXAMPLE);
    return none;
  }
  const entries = nodes.entries(value, "reach", KEYS, { from: FROM_EXAMPLE, to: TO_EXAMPLE });
  if (entries === null) return none;
  const texts = (key: (typeof KEYS)[number], hint: string) => {
    const entry = entries.get(key);
    return entry === undefined ? [] : nodes.texts(entry, hint).map(({ text }) => text.trim());
  };
  const destinations = (key: "to" | "except") => {
    const entry = entries.get(key);
    return entry === undefined ? [] : destinationsIn(entry, nodes);
  };
  const through = texts("through", THROUGH_EXAMPLE);
  const expect = wordOf("expect", entries.get("expect"), REACH_EXPECTATIONS, nodes) ?? "arrives";
  const symmetric = flagOf(entries.get("symmetric"), nodes);
  const other = entries.get("through") ?? (symmetric ? entries.get("symmetric") : undefined);
  if (expect === "blocked" && other !== undefined) {
    nodes.refuse(other.line, "blocked cannot be combined with through or symmetric", "write two rules");
  }
  const protocol = wordOf("protocol", entries.get("protocol"), PROTOCOLS, nodes);
  const port = entries.get("port");
  if (protocol === "icmp" && port !== undefined) nodes.refuse(port.line, "icmp has no ports", "leave out port");
  return {
    from: texts("from", FROM_EXAMPLE),
    to: destinations("to"),
    except: destinations("except"),
    expect,
    through,
    symmetric,
    protocol,
    port: portOf(port, nodes),
  };
}

function wordOf<Word extends string>(
  key: string,
  entry: Entry | undefined,
  words: readonly Word[],
  nodes: PolicyNodes,
): Word | null {
  const text = nodes.text(entry, `one of: ${words.join(", ")}`);
  const known = words.find((word) => word === text);
  if (text !== null && known === undefined && entry !== undefined) {
    nodes.refuse(entry.line, `'${quotedText(text)}' is not a valid ${key} of reach`, didYouMean(text, words));
  }
  return known ?? null;
}

function flagOf(entry: Entry | undefined, nodes: PolicyNodes): boolean {
  if (entry === undefined) return false;
  if (isScalar(entry.value) && typeof entry.value.value === "boolean") return entry.value.value;
  nodes.refuse(entry.line, "symmetric of reach is not true or false", "write symmetric: true");
  return false;
}

function portOf(entry: Entry | undefined, nodes: PolicyNodes): number | null {
  if (entry === undefined) return null;
  const written = isScalar(entry.value) ? entry.value.value : null;
  const port = typeof written === "boolean" ? Number.NaN : Number(written);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  nodes.refuse(entry.line, "port is not a number from 1 to 65535", "e.g. port: 443");
  return null;
}
