/** How to write a policy, in short; docs/policies.md has the details. */
export const POLICY_HELP = `How to write a policy for vnet-explain check, in YAML or JSON:

  name: Egress
  rules:
    - id: internet-through-firewall
      name: The internet is reached only through the firewall
      severity: error
      to: internet
      except: [tag:AzureMonitor, 20.38.108.0/23]
      expect: {next-hop: VirtualAppliance, via: [10.0.1.4, 10.0.1.5]}

    - id: one-way-and-back
      symmetric: {spoke1: 10.1.0.0/16, spoke2: 10.2.0.0/16}

A rule holds if every address in to that is not in except meets expect.

  to, except   an address, a prefix, tag:NAME, internet, private, or a list of them
  expect       keys that must all match, or a list of such mappings: one must match
    next-hop   a next hop type, by any of its names (vnet-explain help next-hops)
    via        a next hop address
    tag        a service tag that contains the destination or names the endpoint route
    prefix     the prefix that wins
    route      the name of the user route that wins
    verdict    forward, drop, no-route, platform
    appliance  used, unreachable, bypassed
    not        a mapping of the same keys: none may match
               a value may be a list: one element must match
  symmetric    instead of to and expect: packets and their replies between the tables take \
the same next hop; true: all tables, each with its network's prefixes
  inventory    instead of to and expect, for a snapshot, or exports of resources in a folder: appliances-found, \
appliances-running, appliances-forwarding, peerings-connected, peerings-allow-access, \
gateway-transit-allowed, no-endpoint-bypass, internet-outbound, route-tables-used; \
except then names resources
  reach        instead of to and expect, for a snapshot: each path between subnets, as trace \
shows it; a mapping of
    from       NETWORK/SUBNET or NETWORK, with * for any characters
    to, except as above
    through    what every path must pass: names or addresses; or one of a list
    symmetric  true: the reply passes the same appliances
    expect     arrives (default), delivered, leaves-azure, blocked
    protocol   tcp, udp, icmp; port: a number; both for rules of load balancers
  severity     error (default), warning, note; only errors exit with 3
  id           letters, digits, dots, dashes, underscores; default: rule-1, rule-2 ...

The package has policies to start from (docs/policies/*.yaml), the reference (docs/policies.md) and
a schema with which editors complete policies (dist/schemas/policy.json).
`;
