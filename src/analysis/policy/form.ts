import type { NEXT_HOP_TYPES } from "../../routes/next-hop-types.ts";
import type { DestinationKeyword } from "../destinations/destination.ts";
import type { VERDICTS } from "../expectation/expectation.ts";
import type { ApplianceState } from "./appliance.ts";
import type { InventoryCheckName } from "./inventory/check-names.ts";
import type { Severity } from "./policy.ts";

/** A policy for the routes of a network interface. vnet-explain check proves it for every address. */
export interface PolicyForm {
  /** The address of this schema, for editors. */
  readonly $schema?: Text;
  /** The policy's name, on one line. */
  readonly name?: Text;
  readonly description?: Text;
  /**
   * The rules of the policy. Each is checked for every table.
   * @minItems 1
   */
  readonly rules: readonly (ExpectRuleForm | SymmetricRuleForm | InventoryRuleForm | ReachRuleForm)[];
}

/** @pattern \S */
type Text = string;

interface RuleHeadForm {
  /**
   * The rule's id in reports and pipelines; by default rule-1, rule-2, …. Unique in the policy.
   * @pattern ^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$
   */
  readonly id?: string;
  /** The rule's name, on one line. */
  readonly name?: Text;
  readonly description?: Text;
  /** The severity of a violation; error by default. Only an error makes check exit with 3. */
  readonly severity?: Severity;
}

/** Every address of `to` that is not in `except` meets `expect`. */
interface ExpectRuleForm extends RuleHeadForm {
  /** Addresses, prefixes, tag:NAME, internet, private. */
  readonly to: Destinations;
  /** Addresses of `to` that are exempt from the rule. */
  readonly except?: Destinations;
  /** The expected outcome: all keys of the mapping must match, or all keys of one of several mappings. */
  readonly expect: ExpectForm | NonEmpty<ExpectForm>;
}

/** Every resource of an inventory meets the check. Needs a snapshot directory. */
interface InventoryRuleForm extends RuleHeadForm {
  /**
   * What is checked. appliances-found, -running, -forwarding: the next hops of user routes exist, their VMs run, their
   * NICs have IP forwarding. peerings-connected, peerings-allow-access. gateway-transit-allowed: by the peers of
   * networks that use remote gateways. no-endpoint-bypass: no service or private endpoint takes traffic past a user
   * route to an appliance. internet-outbound: what is routed to the Internet has a way out. route-tables-used: by a
   * subnet.
   */
  readonly inventory: InventoryCheckName;
  /** Names or ids of resources that are exempt from the rule. */
  readonly except?: OneOf<Text>;
}

/** From each of the subnets, packets to the addresses take the way that the rule asks for. Needs a snapshot. */
interface ReachRuleForm extends RuleHeadForm {
  readonly reach: ReachForm;
}

interface ReachForm {
  /** NETWORK/SUBNET, NETWORK for all its subnets, or the name of a NIC of a folder of exports; * is any characters. */
  readonly from: OneOf<Text>;
  /** Addresses, prefixes, tag:NAME, internet, private. */
  readonly to: Destinations;
  /** Addresses of `to` that are exempt from the rule. */
  readonly except?: Destinations;
  /** Names or addresses of what every way must pass; one of a list. */
  readonly through?: OneOf<Text>;
  /** Whether the reply must pass the same appliances, load balancers and firewalls. */
  readonly symmetric?: boolean;
  /** The expected fate of the packets. The default is arrives: delivered, or leaves Azure. */
  readonly expect?: "arrives" | "delivered" | "leaves-azure" | "blocked";
  /** The protocol of the packets, for the rules of load balancers. */
  readonly protocol?: "tcp" | "udp" | "icmp";
  /**
   * Their port, for the same.
   * @minimum 1
   * @maximum 65535
   */
  readonly port?: number;
}

/** Between two tables, packets and their replies take the same next hop. */
interface SymmetricRuleForm extends RuleHeadForm {
  /**
   * true: every pair of tables, each with the addresses of its own virtual network. Otherwise tables by name, each with
   * the addresses behind it.
   */
  readonly symmetric: true | SidesForm;
}

/** @minProperties 2 */
interface SidesForm {
  readonly [table: string]: Destinations;
}

/** Each key must match one of its values. If several next hops share the packets, each of them must match. */
interface FactsForm {
  /** The next hop's type, in Azure Resource Manager's, the portal's or Network Watcher's words. */
  readonly "next-hop"?: OneOf<NextHopType>;
  /** The next hop's address. */
  readonly via?: OneOf<Text>;
  /** A service tag that holds the destination or names the endpoint route; a region is part of its service. */
  readonly tag?: OneOf<Text>;
  /** The prefix that wins. */
  readonly prefix?: OneOf<Text>;
  /** The name of the user route that wins. */
  readonly route?: OneOf<Text>;
  readonly verdict?: OneOf<VerdictName>;
  /**
   * The role of a virtual appliance. used: a user route to an appliance wins. unreachable: such a route wins, but its
   * appliance is unreachable, so the packet is dropped. bypassed: a user route to an appliance covers the destination,
   * but another route wins.
   */
  readonly appliance?: OneOf<ApplianceState>;
}

/** @minProperties 1 */
interface ExpectForm extends FactsForm {
  /** No value of these keys may match. */
  readonly not?: NotForm;
}

/** @minProperties 1 */
interface NotForm extends FactsForm {}

type Destinations = OneOf<Destination>;

type OneOf<Value> = Value | NonEmpty<Value>;

/** @minItems 1 */
type NonEmpty<Value> = readonly Value[];

// Any other value, where editors suggest known words.
/** @pattern \S */
type Other = string & Record<never, never>;

type Destination = DestinationKeyword | Other;

type NextHopType = (typeof NEXT_HOP_TYPES)[number] | Other;

type VerdictName = (typeof VERDICTS)[number] | Other;
