/** How a policy is written, in short: docs/policies.md has all of it. */
export const POLICY_HELP = `How a policy for vnet-explain check is written, in YAML or JSON:

  name: Egress
  rules:
    - id: internet-through-firewall
      name: The internet is reached through the firewall alone
      severity: error
      to: internet
      except: [tag:AzureMonitor, 20.38.108.0/23]
      expect: {next-hop: VirtualAppliance, via: [10.0.1.4, 10.0.1.5]}

    - id: one-way-and-back
      symmetric: {spoke1: 10.1.0.0/16, spoke2: 10.2.0.0/16}

A rule holds when every address of to that is not in except meets expect.

  to, except   an address, a prefix, tag:NAME, internet, private, or a list of them
  expect       keys that must all be met; a list of such mappings: one of them must be
    next-hop   a next hop type, in any of its names (vnet-explain help next-hops)
    via        a next hop address
    tag        a service tag that holds the destination or names the endpoint route
    prefix     the prefix that wins
    route      the name of the user route that wins
    verdict    forward, drop, no-route, platform
    appliance  used, unreachable, bypassed
    not        a mapping of the same keys, of which none may be met
               each value may be a list: one of them
  symmetric    in place of to and expect: between tables, packets and their answers take
               the same next hop. true: all tables, each with its network's prefixes
  severity     error (where it is left out), warning, note: only errors exit with 3
  id           of letters, digits, dots, dashes, underscores; rule-1, rule-2 ... where it is left out

Policies to start from are in the package: docs/policies/*.yaml. What every word means: docs/policies.md.
Editors complete policies by dist/schemas/policy.json.
`;
