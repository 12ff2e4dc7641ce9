import type { NEXT_HOP_TYPES } from "../../routes/next-hop-types.ts";
import type { DestinationKeyword } from "../destinations/destination.ts";
import type { VERDICTS } from "../expectation/expectation.ts";
import type { ApplianceState } from "./appliance.ts";
import type { Severity } from "./policy.ts";

/**
 * What a policy must hold for the routes of a network interface, proven for every address by vnet-explain check.
 */
export interface PolicyForm {
  /** The address of this schema, for editors. */
  readonly $schema?: Text;
  /** What the policy is called, on one line. */
  readonly name?: Text;
  readonly description?: Text;
  /**
   * The rules of the policy. Each is checked for every table.
   * @minItems 1
   */
  readonly rules: readonly (ExpectRuleForm | SymmetricRuleForm)[];
}

/** @pattern \S */
type Text = string;

interface RuleHeadForm {
  /**
   * The rule's name in reports and pipelines: rule-1, rule-2, … where it is left out. Unique in the policy.
   * @pattern ^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$
   */
  readonly id?: string;
  /** What the rule is called, on one line. */
  readonly name?: Text;
  readonly description?: Text;
  /** How bad it is when the rule is violated. Only an error makes check exit with 3. Error where it is left out. */
  readonly severity?: Severity;
}

/** Every address of `to` that is not in `except` meets `expect`. */
interface ExpectRuleForm extends RuleHeadForm {
  /** Addresses, prefixes, tag:NAME, internet, private. */
  readonly to: Destinations;
  /** Addresses of `to` that the rule does not concern. */
  readonly except?: Destinations;
  /** What must become of a packet: all that a mapping says, or all that one of several mappings says. */
  readonly expect: ExpectForm | NonEmpty<ExpectForm>;
}

/** Between two tables, packets and their answers take the same next hop. */
interface SymmetricRuleForm extends RuleHeadForm {
  /** true: every two tables, each with its own virtual network's addresses. Else tables by name, and the addresses behind each. */
  readonly symmetric: true | SidesForm;
}

/** @minProperties 2 */
interface SidesForm {
  readonly [table: string]: Destinations;
}

/** Each key is met by one of its values; where packets are shared among several next hops, each of them must be. */
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
   * What becomes of a virtual appliance. used: a user route to one wins. unreachable: that one is missing or down, so the packet is dropped.
   * bypassed: there is a user route to one, but the packet leaves by another route.
   */
  readonly appliance?: OneOf<ApplianceState>;
}

/** @minProperties 1 */
interface ExpectForm extends FactsForm {
  /** None of this may be. */
  readonly not?: NotForm;
}

/** @minProperties 1 */
interface NotForm extends FactsForm {}

type Destinations = OneOf<Destination>;

type OneOf<Value> = Value | NonEmpty<Value>;

/** @minItems 1 */
type NonEmpty<Value> = readonly Value[];

// What else may stand where editors offer known words.
/** @pattern \S */
type Other = string & Record<never, never>;

type Destination = DestinationKeyword | Other;

type NextHopType = (typeof NEXT_HOP_TYPES)[number] | Other;

type VerdictName = (typeof VERDICTS)[number] | Other;
