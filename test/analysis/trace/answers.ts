/** Hops that many answers have in common. */
const WEB = `1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.4
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix`;
const NVA = `2 nic nva (nva, 10.0.1.4, hub): assumed, then 3
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown`;
const DB = `3 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2`;

/** The whole answer of each case: what becomes of the packet, then each hop with its rules, assumptions and ends. */
export const ANSWERS: Readonly<Record<string, string>> = {
  "hop-own-table: a NIC's own table": `
delivered (assumed): delivered to db in spoke2
${WEB}
${NVA}
${DB}
`,
  "hop-own-table: a NIC without a table": `
unknown (unknown): the effective routes of web are missing: reading them failed
1 nic web (web, 10.1.0.4, spoke1): unknown, unknown
  no-table (unknown): the effective routes of web are missing: reading them failed
  ends unknown: the effective routes of web are missing: reading them failed
lacks nics: web
`,
  "next-hop-owner: an appliance in a peered network": `
delivered (assumed): delivered to db in spoke2
${WEB}
${NVA}
${DB}
`,
  "next-hop-owner: a peering route that a user route overrides still leads to the appliance": `
delivered (assumed): delivered to db in spoke2
${WEB}
${NVA}
${DB}
`,
  "next-hop-owner: the same address in a network that is not peered is another host": `
delivered (assumed): delivered to db in spoke2
${WEB}
${NVA}
${DB}
`,
  "next-hop-owner: an appliance of the own network, in a table that leaves out the network's row": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.1.0.9
  next-hop-owner (inferred): 10.1.0.9 is own-nva in spoke1
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 nic own-nva (own-nva, 10.1.0.9, spoke1): assumed, then 3
  appliance vm-own-nva
  route 0.0.0.0/0 VirtualAppliance 10.0.1.4
  appliance-inside (assumed): the appliance forwards, and the packet leaves by own-nva again
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  assumed appliance-forwards: own-nva forwards it: its filters, NAT and tunnels are unknown
3 nic nva (nva, 10.0.1.4, hub): assumed, then 4
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
4 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
`,
  "next-hop-owner: two owners in one network are ambiguous": `
unknown (unknown): 10.0.1.4 is ambiguous: nva and double have it
1 nic web (web, 10.1.0.4, spoke1): unknown, unknown
  route 0.0.0.0/0 VirtualAppliance 10.0.1.4
  next-hop-owner (unknown): 10.0.1.4 is ambiguous: nva and double have it
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  ends unknown: 10.0.1.4 is ambiguous: nva and double have it
`,
  "next-hop-owner: a next hop that nothing in its network has is unknown, not dropped": `
unknown (unknown): nothing in hub has next hop 10.0.1.4 in the snapshot
1 nic web (web, 10.1.0.4, spoke1): unknown, unknown
  route 0.0.0.0/0 VirtualAppliance 10.0.1.4
  next-hop-owner (unknown): nothing in hub has next hop 10.0.1.4 in the snapshot
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  ends unknown: nothing in hub has next hop 10.0.1.4 in the snapshot
`,
  "next-hop-owner: a next hop that only an unrelated network has is out of reach": `
dropped (inferred): next hop 10.0.1.4 is in no network, peering or gateway prefix of the table
1 nic web (web, 10.1.0.4, spoke1): inferred, dropped
  route 0.0.0.0/0 VirtualAppliance 10.0.1.4
  next-hop-owner (inferred): next hop 10.0.1.4 is in no network, peering or gateway prefix of the table
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  ends dropped: next hop 10.0.1.4 is in no network, peering or gateway prefix of the table
`,
  "next-hop-owner: a destination in the own network": `
delivered (inferred): delivered to web in spoke1
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 10.1.0.0/16 VnetLocal
  vnet-host (inferred): web has 10.1.0.4 itself
  hop-own-table (documented): 10.1.0.0/16 wins by longest-prefix
2 host web (web, 10.1.0.4, spoke1): inferred, delivered
  vnet-host (inferred): delivered to web in spoke1
  ends delivered: delivered to web in spoke1
`,
  "ip-forwarding: an appliance without IP forwarding": `
dropped (inferred): nva has no IP forwarding and drops packets that are not its own
${WEB}
2 nic nva (nva, 10.0.1.4, hub): documented, dropped
  appliance vm-nva
  ip-forwarding (documented): nva has no IP forwarding and drops packets that are not its own
  ends dropped: nva has no IP forwarding and drops packets that are not its own
`,
  "ip-forwarding: an appliance with IP forwarding": `
delivered (assumed): delivered to db in spoke2
${WEB}
${NVA}
${DB}
`,
  "ip-forwarding: IP forwarding that nothing says is assumed, so the packet is not dropped": `
delivered (assumed): delivered to db in spoke2
${WEB}
${NVA}
  assumed ip-forwarding: IP forwarding of nva is on: no data confirms it
${DB}
`,
  "appliance-inside: a packet through an appliance": `
delivered (assumed): delivered to db in spoke2
${WEB}
${NVA}
${DB}
`,
  "appliance-inside: any NIC of the machine may be the way out": `
depends (assumed): DROPPED: only Azure's default None route (10.2.0.0/16) covers it; delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2 4
  route 0.0.0.0/0 VirtualAppliance 10.0.1.4
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 nic nva (nva, 10.0.1.4, hub): assumed, then 3
  appliance vm
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
${DB}
4 nic nva-out (nva-out, 10.0.2.4, hub): assumed, dropped
  appliance vm
  route 10.2.0.0/16 None
  appliance-inside (assumed): the appliance forwards, in by nva and out by nva-out
  hop-own-table (documented): DROPPED: only Azure's default None route (10.2.0.0/16) covers it
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva-out forwards it: its filters, NAT and tunnels are unknown
  ends dropped: DROPPED: only Azure's default None route (10.2.0.0/16) covers it
`,
  "appliance-inside: a packet for the appliance itself": `
delivered (inferred): delivered to nva in hub
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 10.0.0.0/16 VNetPeering
  vnet-host (inferred): nva in hub has 10.0.1.4
  hop-own-table (documented): 10.0.0.0/16 wins by longest-prefix
2 host nva (nva, 10.0.1.4, hub): inferred, delivered
  vnet-host (inferred): delivered to nva in hub
  ends delivered: delivered to nva in hub
`,
  "self-next-hop: the appliance's own route names the appliance": `
depends (assumed): loops at nva unless it encapsulates
${WEB}
2 nic nva (nva, 10.0.1.4, hub): assumed, depends
  appliance vm-nva
  route 0.0.0.0/0 VirtualNetworkGateway 10.0.1.4
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  self-next-hop (contested): next hop 10.0.1.4 is nva itself: loops unless nva encapsulates
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
  ends loop: loops at nva unless it encapsulates
  ends unknown: nva may encapsulate; where its tunnel ends is unknown
`,
  "self-next-hop: the appliance's own route names the load balancer before it, as it announced to a Route Server": `
depends (assumed): loops at nva unless it encapsulates
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): assumed, then 3
  rules HA ports; 1 backends
  lb-frontend (documented): HA ports to 1 backend
  assumed load-balancer-probes: its backends are healthy: probes were not read
3 nic nva (nva, 10.0.1.4, hub): assumed, depends
  appliance vm-nva
  route 10.2.0.0/16 VirtualNetworkGateway 10.0.1.99
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  self-next-hop (contested): next hop 10.0.1.99 is ilb, and nva is behind it: loops unless nva encapsulates
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
  ends loop: loops at nva unless it encapsulates
  ends unknown: nva may encapsulate; where its tunnel ends is unknown
`,
  "self-next-hop: a load balancer before another appliance": `
delivered (assumed): delivered to db in spoke2
${WEB}
2 nic nva (nva, 10.0.1.4, hub): assumed, then 3
  appliance vm-nva
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
3 load-balancer ilb (ilb, 10.0.1.99, hub): assumed, then 4
  rules HA ports; 1 backends
  lb-frontend (documented): HA ports to 1 backend
  assumed load-balancer-probes: its backends are healthy: probes were not read
4 nic nva2 (nva2, 10.0.1.5, hub): assumed, then 5
  appliance vm-nva2
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva2 again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva2 forwards it: its filters, NAT and tunnels are unknown
5 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
`,
  "self-next-hop: another appliance as the next hop": `
delivered (assumed): delivered to db in spoke2
${WEB}
2 nic nva (nva, 10.0.1.4, hub): assumed, then 3
  appliance vm-nva
  route 0.0.0.0/0 VirtualAppliance 10.0.1.5
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  next-hop-owner (inferred): 10.0.1.5 is nva2 in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
3 nic nva2 (nva2, 10.0.1.5, hub): assumed, then 4
  appliance vm-nva2
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva2 again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva2 forwards it: its filters, NAT and tunnels are unknown
4 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
`,
  "loop: two appliances that name each other": `
loop (assumed): loops: the packet reaches nva again
${WEB}
2 nic nva (nva, 10.0.1.4, hub): assumed, then 3
  appliance vm-nva
  route 0.0.0.0/0 VirtualAppliance 10.0.1.5
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  next-hop-owner (inferred): 10.0.1.5 is nva2 in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
3 nic nva2 (nva2, 10.0.1.5, hub): assumed, loop, then 2
  appliance vm-nva2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.4
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva2 again
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  loop (inferred): loops: the packet reaches nva again
  assumed appliance-forwards: nva2 forwards it: its filters, NAT and tunnels are unknown
  ends loop: loops: the packet reaches nva again
`,
  "loop: two branches that meet at one host": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2 4
  route 0.0.0.0/0 VirtualAppliance 10.0.1.4 10.0.1.5
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
  next-hop-owner (inferred): 10.0.1.5 is nva2 in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
${NVA}
${DB}
4 nic nva2 (nva2, 10.0.1.5, hub): assumed, then 3
  appliance vm-nva2
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva2 again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva2 forwards it: its filters, NAT and tunnels are unknown
`,
  "lb-frontend: an HA ports rule passes everything": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): assumed, then 3 5
  rules HA ports; 2 backends
  lb-frontend (documented): HA ports to 2 backends
  assumed load-balancer-probes: its backends are healthy: probes were not read
3 nic nva (nva, 10.0.1.4, hub): assumed, then 4
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
4 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
5 nic nva2 (nva2, 10.0.1.5, hub): assumed, then 4
  appliance vm-nva2
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva2 again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva2 forwards it: its filters, NAT and tunnels are unknown
`,
  "lb-frontend: another rule passes its port": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): assumed, then 3 5
  rules Tcp 443; 2 backends
  lb-frontend (documented): Tcp 443 to 2 backends
  assumed load-balancer-probes: its backends are healthy: probes were not read
3 nic nva (nva, 10.0.1.4, hub): assumed, then 4
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
4 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
5 nic nva2 (nva2, 10.0.1.5, hub): assumed, then 4
  appliance vm-nva2
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva2 again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva2 forwards it: its filters, NAT and tunnels are unknown
`,
  "lb-frontend: a rule refuses another port": `
refused (documented): ilb has no rule for tcp 22 on this frontend
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): documented, refused
  rules ; 0 backends
  lb-frontend (documented): ilb has no rule for tcp 22 on this frontend
  ends refused: ilb has no rule for tcp 22 on this frontend
`,
  "lb-frontend: a rule refuses another protocol": `
refused (documented): ilb has no rule for udp 443 on this frontend
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): documented, refused
  rules ; 0 backends
  lb-frontend (documented): ilb has no rule for udp 443 on this frontend
  ends refused: ilb has no rule for udp 443 on this frontend
`,
  "lb-frontend: a pool without backends refuses": `
refused (documented): ilb has no backend for it
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): documented, refused
  rules HA ports; 0 backends
  lb-frontend (documented): ilb has no backend for it
  ends refused: ilb has no backend for it
`,
  "no-table: a rule's pool that was not read has unknown backends": `
unknown (unknown): the backends of ilb are unknown
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): unknown, unknown
  rules HA ports; 0 backends
  no-table (unknown): the backends of ilb are unknown
  ends unknown: the backends of ilb are unknown
`,
  "lb-frontend: NICs name the pool of a rule, although the pool was not read": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): assumed, then 3
  rules HA ports; 1 backends
  lb-frontend (documented): HA ports to 1 backend
  assumed load-balancer-probes: its backends are healthy: probes were not read
3 nic nva (nva, 10.0.1.4, hub): assumed, then 4
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
4 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
`,
  "lb-frontend: an appliance without a load balancer": `
delivered (assumed): delivered to db in spoke2
${WEB}
${NVA}
${DB}
`,
  "firewall: a firewall follows the peerings of its network": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.9.4
  next-hop-owner (inferred): 10.0.9.4 is azfw in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.9.4, hub): assumed, then 3
  route 10.2.0.0/16 VNetPeering
  firewall (inferred): azfw has no effective routes; its subnet's configuration decides
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  assumed firewall-filters: it lets the packet pass: its rules were not read
${DB}
`,
  "firewall: a firewall follows its subnet's route table": `
dropped (assumed): DROPPED: drop (10.2.0.0/16) has next hop None
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.9.4
  next-hop-owner (inferred): 10.0.9.4 is azfw in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.9.4, hub): assumed, dropped
  route 10.2.0.0/16 None
  firewall (inferred): azfw has no effective routes; its subnet's configuration decides
  hop-own-table (documented): DROPPED: drop (10.2.0.0/16) has next hop None
  assumed firewall-filters: it lets the packet pass: its rules were not read
  ends dropped: DROPPED: drop (10.2.0.0/16) has next hop None
`,
  "firewall: learned routes that are missing are unknown, not the Internet": `
unknown (unknown): the learned routes of vpn are missing, and may cover it
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.9.4
  next-hop-owner (inferred): 10.0.9.4 is azfw in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.9.4, hub): unknown, unknown
  route 172.16.0.0/12 None
  firewall (inferred): azfw has no effective routes; its subnet's configuration decides
  no-table (unknown): the learned routes of vpn are missing, and may cover it
  assumed firewall-filters: it lets the packet pass: its rules were not read
  ends unknown: the learned routes of vpn are missing, and may cover it
lacks gateways: vpn
`,
  "firewall: an appliance of a virtual machine": `
delivered (assumed): delivered to db in spoke2
${WEB}
${NVA}
${DB}
`,
  "managed-appliance: an appliance that Azure runs": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.9.4
  next-hop-owner (inferred): 10.0.9.4 is vna in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 managed-appliance vna (vna, 10.0.9.4, hub): assumed, then 3
  route 10.2.0.0/16 VNetPeering
  managed-appliance (observed): vna has no effective routes; its subnet's configuration decides
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  assumed firewall-filters: it lets the packet pass: its rules were not read
${DB}
`,
  "managed-appliance: a firewall": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.9.4
  next-hop-owner (inferred): 10.0.9.4 is azfw in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.9.4, hub): assumed, then 3
  route 10.2.0.0/16 VNetPeering
  firewall (inferred): azfw has no effective routes; its subnet's configuration decides
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  assumed firewall-filters: it lets the packet pass: its rules were not read
${DB}
`,
  "peering-access: access denied by the far side": `
dropped (documented): peering hub-spoke1 has allowVirtualNetworkAccess false and drops everything
1 nic web (web, 10.1.0.4, spoke1): documented, dropped
  route 0.0.0.0/0 VirtualAppliance 10.0.1.4
  peering-access (documented): peering hub-spoke1 has allowVirtualNetworkAccess false and drops everything
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  ends dropped: peering hub-spoke1 has allowVirtualNetworkAccess false and drops everything
`,
  "peering-access: access denied by the near side": `
dropped (documented): peering spoke1-hub has allowVirtualNetworkAccess false and drops everything
1 nic web (web, 10.1.0.4, spoke1): documented, dropped
  route 0.0.0.0/0 VirtualAppliance 10.0.1.4
  peering-access (documented): peering spoke1-hub has allowVirtualNetworkAccess false and drops everything
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  ends dropped: peering spoke1-hub has allowVirtualNetworkAccess false and drops everything
`,
  "peering-access: access denied by a peering that is not on the way": `
delivered (assumed): delivered to db in spoke2
${WEB}
${NVA}
${DB}
`,
  "peering-forwarded: the receiving side refuses forwarded packets": `
dropped (assumed): peering spoke2-hub of spoke2 has allowForwardedTraffic false and drops forwarded packets (without source NAT in the appliance)
${WEB}
2 nic nva (nva, 10.0.1.4, hub): assumed, dropped
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  peering-forwarded (documented): peering spoke2-hub of spoke2 has allowForwardedTraffic false and drops forwarded packets, without source NAT in the appliance
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
  ends dropped: peering spoke2-hub of spoke2 has allowForwardedTraffic false and drops forwarded packets (without source NAT in the appliance)
`,
  "peering-forwarded: the receiving side accepts forwarded packets": `
delivered (assumed): delivered to db in spoke2
${WEB}
${NVA}
${DB}
`,
  "peering-forwarded: a packet of the network's own": `
delivered (inferred): delivered to nva in hub
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 10.0.0.0/16 VNetPeering
  vnet-host (inferred): nva in hub has 10.0.1.4
  hop-own-table (documented): 10.0.0.0/16 wins by longest-prefix
2 host nva (nva, 10.0.1.4, hub): inferred, delivered
  vnet-host (inferred): delivered to nva in hub
  ends delivered: delivered to nva in hub
`,
  "peering-forwarded: the sending side's flag does not matter": `
delivered (assumed): delivered to db in spoke2
${WEB}
${NVA}
${DB}
`,
  "vnet-host: a host in the snapshot": `
delivered (assumed): delivered to db in spoke2
${WEB}
${NVA}
${DB}
`,
  "vnet-host: no such host in the snapshot": `
unknown (unknown): no such host in the snapshot: nothing in spoke2 has 10.2.0.99
${WEB}
2 nic nva (nva, 10.0.1.4, hub): unknown, unknown
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (unknown): no such host in the snapshot: nothing in spoke2 has 10.2.0.99
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
  ends unknown: no such host in the snapshot: nothing in spoke2 has 10.2.0.99
`,
  "vnet-host: a route of the table to None": `
dropped (documented): DROPPED: only Azure's default None route (10.0.0.0/8) covers it
1 nic web (web, 10.1.0.4, spoke1): documented, dropped
  route 10.0.0.0/8 None
  hop-own-table (documented): DROPPED: only Azure's default None route (10.0.0.0/8) covers it
  hop-own-table (documented): 10.0.0.0/8 wins by longest-prefix
  ends dropped: DROPPED: only Azure's default None route (10.0.0.0/8) covers it
`,
  "gateway: an instance of the gateway": `
leaves-azure (inferred): leaves by vpn to BGP peer 192.168.0.4 AS 65001
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): inferred, leaves-azure
  route 192.168.0.0/16 without type to 192.168.0.4, origin EBgp, path 65001, weight 32768
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001 to 192.168.0.4
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001
  leaves-azure (inferred): leaves by vpn to BGP peer 192.168.0.4 AS 65001
  ends leaves-azure: leaves by vpn to BGP peer 192.168.0.4 AS 65001
`,
  "gateway: a Microsoft edge address means the ExpressRoute gateway of the peering": `
leaves-azure (inferred): leaves by ExpressRoute circuit of er
1 nic web (web, 10.1.0.4, spoke1): observed, then 2
  route 172.16.0.0/16 VirtualNetworkGateway 10.63.110.248
  gateway (observed): next hop 10.63.110.248 is a Microsoft edge address outside every network: er is meant, by a peering with useRemoteGateways
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
2 gateway er (er, 10.63.110.248, hub): inferred, leaves-azure
  route 172.16.0.0/16 without type to 10.0.0.6, origin EBgp, path 12076, weight 32769
  gateway-route (inferred): 172.16.0.0/16 EBgp AS 12076 to 10.0.0.6
  gateway-route (inferred): 172.16.0.0/16 EBgp AS 12076
  leaves-azure (inferred): leaves by ExpressRoute circuit of er
  ends leaves-azure: leaves by ExpressRoute circuit of er
`,
  "gateway: an edge address may lie in the address space of a peered network that has no such host": `
leaves-azure (inferred): leaves by ExpressRoute circuit of er
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 172.16.0.0/16 VirtualNetworkGateway 10.2.146.52
  gateway (observed): next hop 10.2.146.52 is a Microsoft edge address outside every network: er is meant, the gateway of its network
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
2 gateway er (er, 10.2.146.52, hub): inferred, leaves-azure
  route 172.16.0.0/16 without type to 10.0.0.6, origin EBgp, path 12076, weight 32769
  gateway-route (inferred): 172.16.0.0/16 EBgp AS 12076 to 10.0.0.6
  gateway-route (inferred): 172.16.0.0/16 EBgp AS 12076
  leaves-azure (inferred): leaves by ExpressRoute circuit of er
  ends leaves-azure: leaves by ExpressRoute circuit of er
`,
  "gateway: an appliance that a Route Server announced": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualNetworkGateway 10.0.1.4
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
${NVA}
${DB}
`,
  "gateway-route: a learned route to another gateway": `
delivered (inferred): delivered to pc in site
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): inferred, then 3
  route 192.168.0.0/16 without type to 192.168.0.4, origin EBgp, path 65001, weight 32768
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001 to 192.168.0.4
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001
3 gateway site-vpn (site-vpn, 192.168.0.4, site): inferred, then 4
  route 192.168.0.0/16 without type to , origin Network, path , weight 32768
  gateway-subnet (observed): inside: 192.168.0.0/16 VnetLocal of the GatewaySubnet
  vnet-host (inferred): pc in site has 192.168.1.4
4 host pc (pc, 192.168.1.4, site): inferred, delivered
  vnet-host (inferred): delivered to pc in site
  ends delivered: delivered to pc in site
`,
  "gateway-route: no learned route covers it": `
no-route (contested): vpn has learned no route to 192.168.1.4, and its network has none
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): contested, no-route
  gateway-route (contested): vpn has learned no route to 192.168.1.4, and its network has none
  ends no-route: vpn has learned no route to 192.168.1.4, and its network has none
`,
  "gateway-route: the highest weight wins before the shorter AS path": `
leaves-azure (inferred): leaves by vpn to BGP peer 192.168.0.4 AS 65001
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): inferred, leaves-azure
  route 192.168.0.0/16 without type to 192.168.0.4, origin EBgp, path 65001-65002, weight 32768
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001 65002 to 192.168.0.4
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001 65002
  leaves-azure (inferred): leaves by vpn to BGP peer 192.168.0.4 AS 65001
  ends leaves-azure: leaves by vpn to BGP peer 192.168.0.4 AS 65001
`,
  "gateway-route: a gateway whose routes are missing": `
unknown (unknown): the learned routes of vpn are missing
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): unknown, unknown
  no-table (unknown): the learned routes of vpn are missing
  ends unknown: the learned routes of vpn are missing
lacks gateways: vpn
`,
  "gateway-recursion: the best route names the gateway's own instance": `
loop (observed): the best route's next hop 10.0.0.5 is vpn itself: loop likely
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): observed, loop
  route 192.168.0.0/16 without type to 192.168.0.4 10.0.0.5, origin EBgp, path 65001, weight 32768
  gateway-recursion (observed): the best route's next hop 10.0.0.5 is vpn itself: loop likely
  ends loop: the best route's next hop 10.0.0.5 is vpn itself: loop likely
`,
  "gateway-recursion: an IBGP route of the other instance beside a better one": `
leaves-azure (inferred): leaves by vpn to BGP peer 192.168.0.4 AS 65001
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): inferred, leaves-azure
  route 192.168.0.0/16 without type to 192.168.0.4, origin EBgp, path 65001, weight 32768
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001 to 192.168.0.4
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001
  leaves-azure (inferred): leaves by vpn to BGP peer 192.168.0.4 AS 65001
  ends leaves-azure: leaves by vpn to BGP peer 192.168.0.4 AS 65001
`,
  "gateway-recursion: an IBGP route of its own instance hides the next hop": `
unknown (unknown): 10.0.0.4 is vpn itself, by IBGP: the table hides the real next hop
1 gateway vpn (vpn, no address, hub): unknown, unknown
  route 172.16.0.0/16 without type to 10.0.0.4, origin IBgp, path , weight 0
  gateway-recursion (unknown): 10.0.0.4 is vpn itself, by IBGP: the table hides the real next hop
  ends unknown: 10.0.0.4 is vpn itself, by IBGP: the table hides the real next hop
`,
  "gateway-recursion: the Route Server's routes say the hidden next hop": `
delivered (assumed): delivered to db in spoke2
1 gateway vpn (vpn, no address, hub): inferred, then 2
  route 10.2.0.0/15 without type to 10.0.0.4, origin IBgp, path , weight 0
  gateway-route (inferred): 10.2.0.0/15 IBgp to 10.0.0.4
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
${NVA}
${DB}
`,
  "gateway-subnet: inbound into the gateway's network": `
delivered (inferred): delivered to nva in hub
1 gateway vpn (vpn, no address, hub): inferred, then 2
  route 10.0.0.0/16 without type to , origin Network, path , weight 32768
  gateway-subnet (observed): inside: 10.0.0.0/16 VnetLocal of the GatewaySubnet
  vnet-host (inferred): nva in hub has 10.0.1.4
2 host nva (nva, 10.0.1.4, hub): inferred, delivered
  vnet-host (inferred): delivered to nva in hub
  ends delivered: delivered to nva in hub
`,
  "gateway-subnet: the GatewaySubnet's route table sends it to an appliance first": `
delivered (assumed): delivered to db in spoke2
1 gateway vpn (vpn, no address, hub): inferred, then 2
  route 10.2.0.0/16 without type to , origin Network, path , weight 32768
  gateway-subnet (observed): the GatewaySubnet's route to-nva decides
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
${NVA}
${DB}
`,
  "gateway-subnet: outbound by a learned route": `
leaves-azure (inferred): leaves by vpn to BGP peer 192.168.0.4 AS 65001
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): inferred, leaves-azure
  route 192.168.0.0/16 without type to 192.168.0.4, origin EBgp, path 65001, weight 32768
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001 to 192.168.0.4
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001
  leaves-azure (inferred): leaves by vpn to BGP peer 192.168.0.4 AS 65001
  ends leaves-azure: leaves by vpn to BGP peer 192.168.0.4 AS 65001
`,
  "hub: a spoke's route to the hub goes on in the hub's table": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): assumed, then 3
  route 10.2.0.0/16 Virtual_Network_Connection to vhub/c2, origin null, path , weight 0
  hub (documented): 10.2.0.0/16 Virtual_Network_Connection in vhub
  hub (documented): vhub sends it to c2
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  assumed hub-router: the connection uses defaultRouteTable: its own table was not read
${DB}
`,
  "next-hop-owner: two owners in a network behind a hub are ambiguous": `
unknown (unknown): 10.2.0.4 is ambiguous: db and double have it
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): unknown, unknown
  route 10.2.0.0/16 Virtual_Network_Connection to vhub/c2, origin null, path , weight 0
  hub (documented): 10.2.0.0/16 Virtual_Network_Connection in vhub
  next-hop-owner (unknown): 10.2.0.4 is ambiguous: db and double have it
  assumed hub-router: the connection uses defaultRouteTable: its own table was not read
  ends unknown: 10.2.0.4 is ambiguous: db and double have it
`,
  "hub: the hub's table has no route": `
no-route (documented): hub vhub has no route to 10.2.0.4
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): documented, no-route
  hub (documented): hub vhub has no route to 10.2.0.4
  ends no-route: hub vhub has no route to 10.2.0.4
`,
  "hub: the firewall of a hub goes on to the hub's own spoke": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 10.0.0.0/8 VirtualNetworkGateway 10.0.0.132
  next-hop-owner (inferred): 10.0.0.132 is azfw1 in hub1
  hop-own-table (documented): 10.0.0.0/8 wins by longest-prefix
2 firewall azfw1 (azfw1, 10.0.0.132, hub1): assumed, then 3
  firewall (inferred): azfw1 has no effective routes; the hub's connections and circuits decide
  hub (inferred): spoke2 is connected to hub1
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  assumed firewall-filters: it lets the packet pass: its rules were not read
${DB}
`,
  "hub: the firewall of a hub goes on to a spoke of another hub, by that hub's firewall": `
delivered (assumed): delivered to far in spoke3
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 10.0.0.0/8 VirtualNetworkGateway 10.0.0.132
  next-hop-owner (inferred): 10.0.0.132 is azfw1 in hub1
  hop-own-table (documented): 10.0.0.0/8 wins by longest-prefix
2 firewall azfw1 (azfw1, 10.0.0.132, hub1): assumed, then 3
  firewall (inferred): azfw1 has no effective routes; the hub's connections and circuits decide
  hub (inferred): spoke3 is connected to hub2
  assumed firewall-filters: it lets the packet pass: its rules were not read
3 hub hub2 (hub2, no address, hub2): documented, then 4
  route 10.0.0.0/8 Azure_Firewall to azfw2, origin null, path , weight 0
  hub (documented): 10.0.0.0/8 Azure_Firewall in hub2
  hub (documented): hub2 sends it to azfw2
4 firewall azfw2 (azfw2, 10.0.0.132, hub2): assumed, then 5
  firewall (inferred): azfw2 has no effective routes; the hub's connections and circuits decide
  hub (inferred): spoke3 is connected to hub2
  vnet-host (inferred): far in spoke3 has 10.3.0.4
  assumed firewall-filters: it lets the packet pass: its rules were not read
5 host far (far, 10.3.0.4, spoke3): inferred, delivered
  vnet-host (inferred): delivered to far in spoke3
  ends delivered: delivered to far in spoke3
`,
  "leaves-azure: the firewall of a hub with routing intent for the Internet": `
leaves-azure (assumed): leaves for the Internet by the firewall of hub1
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualNetworkGateway 10.0.0.132
  next-hop-owner (inferred): 10.0.0.132 is azfw1 in hub1
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw1 (azfw1, 10.0.0.132, hub1): assumed, leaves-azure
  firewall (inferred): azfw1 has no effective routes; the hub's connections and circuits decide
  leaves-azure (inferred): leaves for the Internet by the firewall of hub1
  assumed firewall-filters: it lets the packet pass: its rules were not read
  assumed hub-router: the hub has no default route from a site or circuit: none was read
  ends leaves-azure: leaves for the Internet by the firewall of hub1
`,
  "leaves-azure: the firewall of a hub for a private address that nothing that was read has": `
unknown (unknown): where hub hub1 sends 10.50.0.1 is not known: no circuit that was read has a route to it
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 10.0.0.0/8 VirtualNetworkGateway 10.0.0.132
  next-hop-owner (inferred): 10.0.0.132 is azfw1 in hub1
  hop-own-table (documented): 10.0.0.0/8 wins by longest-prefix
2 firewall azfw1 (azfw1, 10.0.0.132, hub1): unknown, unknown
  firewall (inferred): azfw1 has no effective routes; the hub's connections and circuits decide
  no-table (unknown): where hub hub1 sends 10.50.0.1 is not known: no circuit that was read has a route to it
  assumed firewall-filters: it lets the packet pass: its rules were not read
  ends unknown: where hub hub1 sends 10.50.0.1 is not known: no circuit that was read has a route to it
`,
  "hub: the hub's router as the next hop": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 10.0.0.68
  hub (documented): 10.0.0.68 is vhub in vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): assumed, then 3
  route 10.2.0.0/16 Virtual_Network_Connection to vhub/c2, origin null, path , weight 0
  hub (documented): 10.2.0.0/16 Virtual_Network_Connection in vhub
  hub (documented): vhub sends it to c2
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  assumed hub-router: the connection uses defaultRouteTable: its own table was not read
${DB}
`,
  "hub: a network that is connected to no hub": `
delivered (assumed): delivered to db in spoke2
${WEB}
${NVA}
${DB}
`,
  "leaves-azure: the Internet": `
leaves-azure (inferred): leaves for the Internet
1 nic nva (nva, 10.0.1.4, hub): inferred, leaves-azure
  route 0.0.0.0/0 Internet
  leaves-azure (inferred): leaves for the Internet
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  ends leaves-azure: leaves for the Internet
`,
  "leaves-azure: a site of a gateway without learned routes": `
leaves-azure (inferred): leaves by vpn to site paris
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): inferred, leaves-azure
  leaves-azure (inferred): leaves by vpn to site paris
  ends leaves-azure: leaves by vpn to site paris
lacks gateways: vpn
`,
  "leaves-azure: a private address does not leave for the Internet": `
dropped (documented): NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it
1 nic nva (nva, 10.0.1.4, hub): documented, dropped
  route 0.0.0.0/0 Internet
  hop-own-table (documented): NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  ends dropped: NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it
`,
  "no-table: a stopped appliance's table is missing, so the way is unknown": `
unknown (unknown): the effective routes of nva are missing: its virtual machine does not run
${WEB}
2 nic nva (nva, 10.0.1.4, hub): unknown, unknown
  appliance vm-nva
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  no-table (unknown): the effective routes of nva are missing: its virtual machine does not run
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
  ends unknown: the effective routes of nva are missing: its virtual machine does not run
lacks nics: nva
`,
  "no-table: a hub without a table": `
unknown (unknown): the route tables of hub vhub are missing
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): unknown, unknown
  no-table (unknown): the route tables of hub vhub are missing
  ends unknown: the route tables of hub vhub are missing
lacks hubs: vhub
`,
  "no-table: no table is missing": `
delivered (assumed): delivered to db in spoke2
${WEB}
${NVA}
${DB}
`,
  "hop-own-table: Azure's own address": `
delivered (inferred): delivered to the Azure host
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  hop-own-table (documented): answered by the Azure host, not by a route
  hop-own-table (documented): platform
2 host the Azure host (no id, 168.63.129.16, no network): inferred, delivered
  vnet-host (inferred): delivered to the Azure host
  ends delivered: delivered to the Azure host
`,
  "hop-own-table: no row covers it": `
no-route (inferred): NOT SENT: no row is IPv6, so the subnet has no IPv6
1 nic web (web, 10.1.0.4, spoke1): inferred, no-route
  hop-own-table (inferred): NOT SENT: no row is IPv6, so the subnet has no IPv6
  hop-own-table (inferred): no-route
  ends no-route: NOT SENT: no row is IPv6, so the subnet has no IPv6
`,
  "hop-own-table: a user route without an appliance to go to": `
dropped (documented): DROPPED: udr-10.2.0.0/16 (10.2.0.0/16) has next hop None
1 nic web (web, 10.1.0.4, spoke1): documented, dropped
  route 10.2.0.0/16 None
  hop-own-table (documented): DROPPED: udr-10.2.0.0/16 (10.2.0.0/16) has next hop None
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  ends dropped: DROPPED: udr-10.2.0.0/16 (10.2.0.0/16) has next hop None
`,
  "hop-own-table: a service endpoint": `
delivered (inferred): delivered to service endpoint
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 20.60.0.0/16 VirtualNetworkServiceEndpoint
  hop-own-table (documented): service endpoint (20.60.0.0/16)
  hop-own-table (documented): 20.60.0.0/16 wins by longest-prefix
2 host service endpoint (no id, 20.60.0.1, no network): inferred, delivered
  vnet-host (inferred): delivered to service endpoint
  ends delivered: delivered to service endpoint
`,
  "hop-own-table: a route to an appliance has no address": `
unknown (documented): VirtualAppliance without an address
1 nic web (web, 10.1.0.4, spoke1): documented, unknown
  route 0.0.0.0/0 VirtualAppliance
  hop-own-table (documented): NOT DELIVERED: udr-0.0.0.0/0 (0.0.0.0/0) points to an appliance without an address
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  ends unknown: VirtualAppliance without an address
`,
  "hop-own-table: a contested row": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 10.2.0.0/16 VirtualAppliance 10.0.1.4
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
  hop-own-table (documented): 10.2.0.0/16 wins by source-precedence
${NVA}
${DB}
`,
  "no-table: a next hop type that nobody knows": `
unknown (unknown): next hop type Teleport is not known
1 nic web (web, 10.1.0.4, spoke1): unknown, unknown
  route 10.2.0.0/16 Teleport
  no-table (unknown): next hop type Teleport is not known
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  ends unknown: next hop type Teleport is not known
`,
  "next-hop-owner: a next hop that is no address": `
unknown (unknown): next hop 'nva01' is not an address
1 nic web (web, 10.1.0.4, spoke1): unknown, unknown
  route 0.0.0.0/0 VirtualAppliance nva01
  next-hop-owner (unknown): next hop 'nva01' is not an address
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  ends unknown: next hop 'nva01' is not an address
`,
  "next-hop-owner: two next hops, of which one is no address": `
depends (unknown): delivered to db in spoke2; next hop 'nva01' is not an address
1 nic web (web, 10.1.0.4, spoke1): unknown, unknown, then 2
  route 0.0.0.0/0 VirtualApplianceEcmp 10.0.1.4 nva01
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
  next-hop-owner (unknown): next hop 'nva01' is not an address
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  ends unknown: next hop 'nva01' is not an address
${NVA}
${DB}
`,
  "next-hop-owner: a peering with an unknown network has the next hop": `
unknown (unknown): next hop 10.50.1.4 is in far that was not read
1 nic web (web, 10.1.0.4, spoke1): unknown, unknown
  route 0.0.0.0/0 VirtualAppliance 10.50.1.4
  next-hop-owner (unknown): next hop 10.50.1.4 is in far that was not read
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  ends unknown: next hop 10.50.1.4 is in far that was not read
`,
  "peering-access: a peering with an unknown network that denies access has the next hop": `
dropped (documented): peering spoke1-/x/far has allowVirtualNetworkAccess false and drops everything
1 nic web (web, 10.1.0.4, spoke1): documented, dropped
  route 0.0.0.0/0 VirtualAppliance 10.50.1.4
  peering-access (documented): peering spoke1-/x/far has allowVirtualNetworkAccess false and drops everything
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  ends dropped: peering spoke1-/x/far has allowVirtualNetworkAccess false and drops everything
`,
  "next-hop-owner: a peering row that no peering explains has the next hop": `
unknown (unknown): next hop 10.50.1.4 is in a network that was not read
1 nic web (web, 10.1.0.4, spoke1): unknown, unknown
  route 0.0.0.0/0 VirtualAppliance 10.50.1.4
  next-hop-owner (unknown): next hop 10.50.1.4 is in a network that was not read
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  ends unknown: next hop 10.50.1.4 is in a network that was not read
`,
  "next-hop-owner: a next hop of a gateway's prefix": `
unknown (unknown): unknown owner of next hop 10.50.1.4
1 nic web (web, 10.1.0.4, spoke1): unknown, unknown
  route 0.0.0.0/0 VirtualAppliance 10.50.1.4
  next-hop-owner (unknown): unknown owner of next hop 10.50.1.4
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  ends unknown: unknown owner of next hop 10.50.1.4
`,
  "next-hop-owner: a Route Server as the next hop": `
dropped (inferred): 10.0.1.100 is Route Server rs, which forwards no packets
1 nic web (web, 10.1.0.4, spoke1): inferred, dropped
  route 0.0.0.0/0 VirtualAppliance 10.0.1.100
  next-hop-owner (inferred): 10.0.1.100 is Route Server rs, which forwards no packets
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  ends dropped: 10.0.1.100 is Route Server rs, which forwards no packets
`,
  "next-hop-owner: an appliance without a virtual machine": `
delivered (assumed): delivered to db in spoke2
${WEB}
2 nic nva (nva, 10.0.1.4, hub): assumed, then 3
  appliance nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
${DB}
`,
  "gateway: an appliance route to a gateway's instance": `
unknown (unknown): the learned routes of vpn are missing
1 nic web (web, 10.1.0.4, spoke1): observed, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.0.4
  gateway (observed): 10.0.0.4 is vpn in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): unknown, unknown
  no-table (unknown): the learned routes of vpn are missing
  ends unknown: the learned routes of vpn are missing
lacks gateways: vpn
`,
  "vnet-host: a peering with an unknown network has the destination": `
delivered (assumed): delivered to the network of 10.50.1.4
1 nic web (web, 10.1.0.4, spoke1): assumed, then 2
  route 10.50.0.0/16 VNetPeering
  vnet-host (inferred): the route leads to far of 10.50.1.4
  hop-own-table (documented): 10.50.0.0/16 wins by longest-prefix
  assumed host-exists: far is unknown, so a host with 10.50.1.4 is assumed
2 host 10.50.1.4 (no id, 10.50.1.4, far): assumed, delivered
  vnet-host (assumed): delivered to the network of 10.50.1.4
  ends delivered: delivered to the network of 10.50.1.4
`,
  "vnet-host: a network that nothing describes has the destination": `
delivered (assumed): delivered to the network of 10.50.1.4
1 nic web (web, 10.1.0.4, spoke1): assumed, then 2
  route 10.50.0.0/16 VNetPeering
  vnet-host (inferred): the route leads to the network of 10.50.1.4
  hop-own-table (documented): 10.50.0.0/16 wins by longest-prefix
  assumed host-exists: the network is unknown, so a host with 10.50.1.4 is assumed
2 host 10.50.1.4 (no id, 10.50.1.4, no network): assumed, delivered
  vnet-host (assumed): delivered to the network of 10.50.1.4
  ends delivered: delivered to the network of 10.50.1.4
`,
  "peering-access: a peering that denies access, to the destination itself": `
dropped (documented): peering spoke1-hub has allowVirtualNetworkAccess false and drops everything
1 nic web (web, 10.1.0.4, spoke1): documented, dropped
  route 10.0.0.0/16 VNetPeering
  peering-access (documented): peering spoke1-hub has allowVirtualNetworkAccess false and drops everything
  hop-own-table (documented): 10.0.0.0/16 wins by longest-prefix
  ends dropped: peering spoke1-hub has allowVirtualNetworkAccess false and drops everything
`,
  "peering-access: a peering with an unknown network that denies access": `
dropped (documented): peering spoke1-/x/far has allowVirtualNetworkAccess false and drops everything
1 nic web (web, 10.1.0.4, spoke1): documented, dropped
  route 10.50.0.0/16 VNetPeering
  peering-access (documented): peering spoke1-/x/far has allowVirtualNetworkAccess false and drops everything
  hop-own-table (documented): 10.50.0.0/16 wins by longest-prefix
  ends dropped: peering spoke1-/x/far has allowVirtualNetworkAccess false and drops everything
`,
  "vnet-host: a connected group whose one network has the destination": `
delivered (inferred): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 10.2.0.0/16 ConnectedGroup
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
`,
  "vnet-host: a connected group of which two networks have the destination": `
delivered (assumed): delivered to the network of 10.2.0.4
1 nic web (web, 10.1.0.4, spoke1): assumed, then 2
  route 10.2.0.0/16 ConnectedGroup
  vnet-host (inferred): the route leads to the network of 10.2.0.4
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed host-exists: the network is unknown, so a host with 10.2.0.4 is assumed
2 host 10.2.0.4 (no id, 10.2.0.4, no network): assumed, delivered
  vnet-host (assumed): delivered to the network of 10.2.0.4
  ends delivered: delivered to the network of 10.2.0.4
`,
  "vnet-host: a host whose machine is stopped": `
delivered (assumed): delivered to db in spoke2
${WEB}
2 nic nva (nva, 10.0.1.4, hub): assumed, then 3
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva-vm forwards it: its filters, NAT and tunnels are unknown
  problem not-running: virtual machine nva-vm is stopped
3 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  problem not-running: its virtual machine is deallocated
  ends delivered: delivered to db in spoke2
`,
  "vnet-host: a private endpoint with the destination": `
delivered (inferred): delivered to pe in hub
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 10.0.1.9/32 InterfaceEndpoint
  vnet-host (inferred): a private endpoint has the address: its route is active
  hop-own-table (documented): 10.0.1.9/32 wins by longest-prefix
2 host pe (pe, 10.0.1.9, hub): inferred, delivered
  vnet-host (inferred): delivered to pe in hub
  ends delivered: delivered to pe in hub
`,
  "vnet-host: a private endpoint that was not read": `
delivered (inferred): delivered to a private endpoint
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 10.0.1.9/32 InterfaceEndpoint
  vnet-host (inferred): a private endpoint has the address: its route is active
  hop-own-table (documented): 10.0.1.9/32 wins by longest-prefix
2 host a private endpoint (no id, 10.0.1.9, no network): inferred, delivered
  vnet-host (inferred): delivered to a private endpoint
  ends delivered: delivered to a private endpoint
`,
  "peering-access: a private endpoint behind a peering that denies access": `
dropped (documented): peering hub-spoke1 has allowVirtualNetworkAccess false and drops everything
1 nic web (web, 10.1.0.4, spoke1): documented, dropped
  route 10.0.1.9/32 InterfaceEndpoint
  peering-access (documented): peering hub-spoke1 has allowVirtualNetworkAccess false and drops everything
  hop-own-table (documented): 10.0.1.9/32 wins by longest-prefix
  ends dropped: peering hub-spoke1 has allowVirtualNetworkAccess false and drops everything
`,
  "vnet-host: another NIC of the appliance has the destination": `
delivered (inferred): delivered to nva-out in hub
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2 4
  route 10.0.2.0/24 VirtualAppliance 10.0.1.4
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
  hop-own-table (documented): 10.0.2.0/24 wins by longest-prefix
2 nic nva (nva, 10.0.1.4, hub): inferred, then 3
  appliance vm
  vnet-host (inferred): nva-out of the same machine has 10.0.2.4
3 host nva-out (nva-out, 10.0.2.4, hub): inferred, delivered
  vnet-host (inferred): delivered to nva-out in hub
  ends delivered: delivered to nva-out in hub
4 nic nva-out (nva-out, 10.0.2.4, hub): inferred, then 3
  appliance vm
  vnet-host (inferred): nva-out of the same machine has 10.0.2.4
`,
  "ip-forwarding: the other NIC of an appliance without IP forwarding": `
depends (assumed): nva-out has no IP forwarding and drops packets that are not its own; delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2 4
  route 0.0.0.0/0 VirtualAppliance 10.0.1.4
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 nic nva (nva, 10.0.1.4, hub): assumed, then 3
  appliance vm
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
${DB}
4 nic nva-out (nva-out, 10.0.2.4, hub): documented, dropped
  appliance vm
  ip-forwarding (documented): nva-out has no IP forwarding and drops packets that are not its own
  ends dropped: nva-out has no IP forwarding and drops packets that are not its own
`,
  "appliance-inside: two NICs whose IP forwarding nothing says": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2 4
  route 0.0.0.0/0 VirtualAppliance 10.0.1.4
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 nic nva (nva, 10.0.1.4, hub): assumed, then 3
  appliance vm
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
  assumed ip-forwarding: IP forwarding of nva is on: no data confirms it
${DB}
4 nic nva-out (nva-out, 10.0.2.4, hub): assumed, then 3
  appliance vm
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, in by nva and out by nva-out
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva-out forwards it: its filters, NAT and tunnels are unknown
  assumed ip-forwarding: IP forwarding of nva is on: no data confirms it
  assumed ip-forwarding: IP forwarding of nva-out is on: no data confirms it
`,
  "peering-forwarded: a peering whose other side was not read": `
delivered (assumed): delivered to db in spoke2
${WEB}
2 nic nva (nva, 10.0.1.4, hub): assumed, then 3
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
  assumed peering-flags: spoke2 accepts forwarded packets of hub: its side of the peering is not in the snapshot
${DB}
`,
  "no-table: the reason that Azure gives for a table that is missing": `
unknown (unknown): the effective routes of nva are missing: no permission to read them
${WEB}
2 nic nva (nva, 10.0.1.4, hub): unknown, unknown
  appliance vm-nva
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  no-table (unknown): the effective routes of nva are missing: no permission to read them
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
  ends unknown: the effective routes of nva are missing: no permission to read them
lacks nics: nva
`,
  "lb-frontend: rules that were not read": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): assumed, then 3 5
  rules ; 2 backends
  lb-frontend (documented): passes to 2 backends
  assumed load-balancer-probes: its backends are healthy: probes were not read
  assumed load-balancer-rules: ilb passes it: its rules were not read
3 nic nva (nva, 10.0.1.4, hub): assumed, then 4
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
4 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
5 nic nva2 (nva2, 10.0.1.5, hub): assumed, then 4
  appliance vm-nva2
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva2 again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva2 forwards it: its filters, NAT and tunnels are unknown
`,
  "no-table: neither rules nor backends were read": `
unknown (unknown): the backends of ilb are unknown
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): unknown, unknown
  rules ; 0 backends
  no-table (unknown): the backends of ilb are unknown
  ends unknown: the backends of ilb are unknown
`,
  "lb-frontend: a rule for one port, where no port is given": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): assumed, then 3 5
  rules Tcp 443, Udp 53; 2 backends
  lb-frontend (documented): Tcp 443, Udp 53 to 2 backends
  assumed load-balancer-probes: its backends are healthy: probes were not read
  assumed load-balancer-rules: the port fits a rule of ilb (Tcp 443, Udp 53): give --port
3 nic nva (nva, 10.0.1.4, hub): assumed, then 4
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
4 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
5 nic nva2 (nva2, 10.0.1.5, hub): assumed, then 4
  appliance vm-nva2
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva2 again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva2 forwards it: its filters, NAT and tunnels are unknown
`,
  "lb-frontend: a rule for one port of the protocol that is given": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): assumed, then 3 5
  rules Udp 53; 2 backends
  lb-frontend (documented): Udp 53 to 2 backends
  assumed load-balancer-probes: its backends are healthy: probes were not read
  assumed load-balancer-rules: the port fits a rule of ilb (Udp 53): give --port
3 nic nva (nva, 10.0.1.4, hub): assumed, then 4
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
4 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
5 nic nva2 (nva2, 10.0.1.5, hub): assumed, then 4
  appliance vm-nva2
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva2 again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva2 forwards it: its filters, NAT and tunnels are unknown
`,
  "lb-frontend: no rule for icmp": `
refused (documented): ilb has no rule for icmp on this frontend
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): documented, refused
  rules ; 0 backends
  lb-frontend (documented): ilb has no rule for icmp on this frontend
  ends refused: ilb has no rule for icmp on this frontend
`,
  "lb-frontend: a rule for every port of a protocol": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): assumed, then 3 5
  rules Tcp 0; 2 backends
  lb-frontend (documented): Tcp 0 to 2 backends
  assumed load-balancer-probes: its backends are healthy: probes were not read
3 nic nva (nva, 10.0.1.4, hub): assumed, then 4
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
4 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
5 nic nva2 (nva2, 10.0.1.5, hub): assumed, then 4
  appliance vm-nva2
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva2 again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva2 forwards it: its filters, NAT and tunnels are unknown
`,
  "lb-frontend: no rule for a port, where no protocol is given": `
refused (documented): ilb has no rule for tcp 22 on this frontend
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): documented, refused
  rules ; 0 backends
  lb-frontend (documented): ilb has no rule for tcp 22 on this frontend
  ends refused: ilb has no rule for tcp 22 on this frontend
`,
  "lb-frontend: rules of another frontend": `
refused (documented): ilb has no rule for this packet on this frontend
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): documented, refused
  rules ; 0 backends
  lb-frontend (documented): ilb has no rule for this packet on this frontend
  ends refused: ilb has no rule for this packet on this frontend
`,
  "lb-frontend: a reply, where only a service has a rule": `
refused (inferred): ilb has no rule for a reply, to a port that the client chose, on this frontend
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): inferred, refused
  rules ; 0 backends
  lb-frontend (inferred): ilb has no rule for a reply, to a port that the client chose, on this frontend
  ends refused: ilb has no rule for a reply, to a port that the client chose, on this frontend
`,
  "lb-frontend: a reply, where a rule has every port of a protocol": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): assumed, then 3 5
  rules Tcp 0; 2 backends
  lb-frontend (documented): Tcp 0 to 2 backends
  assumed load-balancer-probes: its backends are healthy: probes were not read
  assumed load-balancer-rules: the port fits a rule of ilb (Tcp 0): give --port
3 nic nva (nva, 10.0.1.4, hub): assumed, then 4
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
4 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
5 nic nva2 (nva2, 10.0.1.5, hub): assumed, then 4
  appliance vm-nva2
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva2 again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva2 forwards it: its filters, NAT and tunnels are unknown
`,
  "lb-frontend: a pool by addresses": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): assumed, then 3
  rules HA ports; 1 backends
  lb-frontend (documented): HA ports to 1 backend
  assumed load-balancer-probes: its backends are healthy: probes were not read
3 nic nva (nva, 10.0.1.4, hub): assumed, then 4
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
4 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
`,
  "lb-frontend: a load balancer with the destination": `
delivered (assumed): delivered to nva in hub; delivered to nva2 in hub
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.0.0.0/16 VNetPeering
  lb-frontend (documented): ilb in hub has 10.0.1.99
  hop-own-table (documented): 10.0.0.0/16 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): assumed, then 3 4
  rules HA ports; 2 backends
  lb-frontend (documented): HA ports to 2 backends
  assumed load-balancer-probes: its backends are healthy: probes were not read
3 host nva (nva, 10.0.1.99, hub): inferred, delivered
  vnet-host (inferred): delivered to nva in hub
  ends delivered: delivered to nva in hub
4 host nva2 (nva2, 10.0.1.99, hub): inferred, delivered
  vnet-host (inferred): delivered to nva2 in hub
  ends delivered: delivered to nva2 in hub
`,
  "self-next-hop: a load balancer before the appliance, by the address of its pool": `
depends (assumed): loops at nva unless it encapsulates
${WEB}
2 nic nva (nva, 10.0.1.4, hub): assumed, depends
  appliance vm-nva
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  self-next-hop (contested): next hop 10.0.1.99 is ilb, and nva is behind it: loops unless nva encapsulates
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
  ends loop: loops at nva unless it encapsulates
  ends unknown: nva may encapsulate; where its tunnel ends is unknown
`,
  "firewall: a firewall whose subnet was not read": `
unknown (unknown): hub gone was not read
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): assumed, then 3
  route 10.2.0.0/16 Azure_Firewall to lost, origin null, path , weight 0
  hub (documented): 10.2.0.0/16 Azure_Firewall in vhub
  hub (documented): vhub sends it to lost
  assumed hub-router: the connection uses defaultRouteTable: its own table was not read
3 firewall lost (lost, 10.0.0.132, no network): unknown, unknown
  firewall (inferred): lost has no effective routes; the hub's connections and circuits decide
  no-table (unknown): hub gone was not read
  assumed firewall-filters: it lets the packet pass: its rules were not read
  ends unknown: hub gone was not read
`,
  "firewall: a learned route of the network's gateway": `
unknown (unknown): the learned routes of vpn and er are missing, and may cover it
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.9.4
  next-hop-owner (inferred): 10.0.9.4 is azfw in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.9.4, hub): unknown, unknown
  route 172.16.0.0/12 None
  firewall (inferred): azfw has no effective routes; its subnet's configuration decides
  no-table (unknown): the learned routes of vpn and er are missing, and may cover it
  assumed firewall-filters: it lets the packet pass: its rules were not read
  ends unknown: the learned routes of vpn and er are missing, and may cover it
lacks gateways: vpn
lacks gateways: er
`,
  "firewall: a route table that refuses learned routes": `
leaves-azure (assumed): leaves for the Internet
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.9.4
  next-hop-owner (inferred): 10.0.9.4 is azfw in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.9.4, hub): assumed, leaves-azure
  route 0.0.0.0/0 Internet
  firewall (inferred): azfw has no effective routes; its subnet's configuration decides
  leaves-azure (inferred): leaves for the Internet
  assumed firewall-filters: it lets the packet pass: its rules were not read
  ends leaves-azure: leaves for the Internet
`,
  "firewall: a user route of its subnet for everything, while learned routes are missing": `
leaves-azure (assumed): leaves for the Internet
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.9.4
  next-hop-owner (inferred): 10.0.9.4 is azfw in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.9.4, hub): assumed, leaves-azure
  route 0.0.0.0/0 Internet
  firewall (inferred): azfw has no effective routes; its subnet's configuration decides
  leaves-azure (inferred): leaves for the Internet
  assumed firewall-filters: it lets the packet pass: its rules were not read
  ends leaves-azure: leaves for the Internet
`,
  "firewall: a learned route of a gateway with tables": `
leaves-azure (assumed): leaves by vpn to BGP peer 192.168.0.4 AS 65001
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.9.4
  next-hop-owner (inferred): 10.0.9.4 is azfw in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.9.4, hub): assumed, then 3
  route 172.16.0.0/16 VirtualNetworkGateway 10.0.0.4
  firewall (inferred): azfw has no effective routes; its subnet's configuration decides
  gateway (observed): 10.0.0.4 is vpn in hub
  assumed firewall-filters: it lets the packet pass: its rules were not read
3 gateway vpn (vpn, 10.0.0.4, hub): inferred, leaves-azure
  route 172.16.0.0/16 without type to 192.168.0.4, origin EBgp, path 65001, weight 32768
  gateway-route (inferred): 172.16.0.0/16 EBgp AS 65001 to 192.168.0.4
  gateway-route (inferred): 172.16.0.0/16 EBgp AS 65001
  leaves-azure (inferred): leaves by vpn to BGP peer 192.168.0.4 AS 65001
  ends leaves-azure: leaves by vpn to BGP peer 192.168.0.4 AS 65001
`,
  "firewall: a route that an appliance announces to the Route Server": `
delivered (assumed): delivered to nva in hub
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.9.4
  next-hop-owner (inferred): 10.0.9.4 is azfw in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.9.4, hub): assumed, then 3
  route 172.16.0.0/16 VirtualNetworkGateway 10.0.1.4
  firewall (inferred): azfw has no effective routes; its subnet's configuration decides
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
  assumed firewall-filters: it lets the packet pass: its rules were not read
3 nic nva (nva, 10.0.1.4, hub): inferred, then 4
  appliance vm-nva
  vnet-host (inferred): nva of the same machine has 172.16.0.1
4 host nva (nva, 172.16.0.1, hub): inferred, delivered
  vnet-host (inferred): delivered to nva in hub
  ends delivered: delivered to nva in hub
`,
  "hub: a firewall in a hub that was not read": `
unknown (unknown): hub gone was not read
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): assumed, then 3
  route 10.2.0.0/16 Azure_Firewall to lost, origin null, path , weight 0
  hub (documented): 10.2.0.0/16 Azure_Firewall in vhub
  hub (documented): vhub sends it to lost
  assumed hub-router: the connection uses defaultRouteTable: its own table was not read
3 firewall lost (lost, 10.0.0.132, no network): unknown, unknown
  firewall (inferred): lost has no effective routes; the hub's connections and circuits decide
  no-table (unknown): hub gone was not read
  assumed firewall-filters: it lets the packet pass: its rules were not read
  ends unknown: hub gone was not read
`,
  "leaves-azure: a firewall in a hub, by the circuit of the hub": `
leaves-azure (assumed): leaves by circuit c1 to 172.31.0.1 AS 65001
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualNetworkGateway 10.0.0.132
  next-hop-owner (inferred): 10.0.0.132 is azfw in vhub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.0.132, vhub): assumed, leaves-azure
  firewall (inferred): azfw has no effective routes; the hub's connections and circuits decide
  leaves-azure (inferred): leaves by circuit c1 to 172.31.0.1 AS 65001
  assumed firewall-filters: it lets the packet pass: its rules were not read
  ends leaves-azure: leaves by circuit c1 to 172.31.0.1 AS 65001
`,
  "hub: a firewall in a hub, by the circuit of another hub": `
leaves-azure (assumed): leaves by circuit c1 to 172.31.0.1 AS 65001
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualNetworkGateway 10.0.0.132
  next-hop-owner (inferred): 10.0.0.132 is azfw in vhub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.0.132, vhub): assumed, then 3
  firewall (inferred): azfw has no effective routes; the hub's connections and circuits decide
  hub (inferred): a circuit of vhub2 has the route
  assumed firewall-filters: it lets the packet pass: its rules were not read
3 hub vhub2 (vhub2, no address, vhub2): assumed, leaves-azure
  hub (inferred): a circuit of vhub2 has the route
  leaves-azure (inferred): leaves by circuit c1 to 172.31.0.1 AS 65001
  assumed hub-router: vhub2 uses the circuit's route: its own tables were not read
  ends leaves-azure: leaves by circuit c1 to 172.31.0.1 AS 65001
lacks hubs: vhub2
`,
  "leaves-azure: a firewall in a hub, by circuits that lead into no hub": `
leaves-azure (assumed): leaves by circuit c1 or c2
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualNetworkGateway 10.0.0.132
  next-hop-owner (inferred): 10.0.0.132 is azfw in vhub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.0.132, vhub): assumed, leaves-azure
  firewall (inferred): azfw has no effective routes; the hub's connections and circuits decide
  leaves-azure (inferred): leaves by circuit c1 or c2
  assumed firewall-filters: it lets the packet pass: its rules were not read
  assumed circuit: the circuit is connected to this hub
  ends leaves-azure: leaves by circuit c1 or c2
`,
  "leaves-azure: a public address by a firewall in a hub, where no circuit has a route": `
leaves-azure (assumed): leaves for the Internet by the firewall of vhub
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualNetworkGateway 10.0.0.132
  next-hop-owner (inferred): 10.0.0.132 is azfw in vhub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.0.132, vhub): assumed, leaves-azure
  firewall (inferred): azfw has no effective routes; the hub's connections and circuits decide
  leaves-azure (inferred): leaves for the Internet by the firewall of vhub
  assumed firewall-filters: it lets the packet pass: its rules were not read
  assumed hub-router: the hub has no default route from a site or circuit: none was read
  ends leaves-azure: leaves for the Internet by the firewall of vhub
`,
  "leaves-azure: a public address by a firewall in a hub with a circuit that has the route": `
leaves-azure (assumed): leaves by circuit c1 to 172.31.0.1 AS ?
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualNetworkGateway 10.0.0.132
  next-hop-owner (inferred): 10.0.0.132 is azfw in vhub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.0.132, vhub): assumed, leaves-azure
  firewall (inferred): azfw has no effective routes; the hub's connections and circuits decide
  leaves-azure (inferred): leaves by circuit c1 to 172.31.0.1 AS ?
  assumed firewall-filters: it lets the packet pass: its rules were not read
  ends leaves-azure: leaves by circuit c1 to 172.31.0.1 AS ?
`,
  "hub: a hub without tables whose circuit has the route": `
leaves-azure (assumed): leaves by circuit c1 to 172.31.0.1 AS 65001
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 172.16.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): assumed, leaves-azure
  hub (inferred): a circuit of vhub has the route
  leaves-azure (inferred): leaves by circuit c1 to 172.31.0.1 AS 65001
  assumed hub-router: vhub uses the circuit's route: its own tables were not read
  ends leaves-azure: leaves by circuit c1 to 172.31.0.1 AS 65001
lacks hubs: vhub
`,
  "hub: a table of the connection comes before the default one": `
delivered (inferred): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): inferred, then 3
  route 10.2.0.0/16 Virtual_Network_Connection to vhub/c2, origin null, path , weight 0
  hub (documented): 10.2.0.0/16 Virtual_Network_Connection in vhub
  hub (documented): vhub sends it to c2
  vnet-host (inferred): db in spoke2 has 10.2.0.4
${DB}
`,
  "hub: a table of no connection, where neither it nor the default one was read": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): assumed, then 3
  route 10.2.0.0/16 Virtual_Network_Connection to vhub/c2, origin null, path , weight 0
  hub (documented): 10.2.0.0/16 Virtual_Network_Connection in vhub
  hub (documented): vhub sends it to c2
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  assumed hub-router: the connection uses this table: its own table was not read
${DB}
`,
  "hub: a firewall in a hub that is connected to a network that was not read too": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualNetworkGateway 10.0.0.132
  next-hop-owner (inferred): 10.0.0.132 is azfw in vhub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.0.132, vhub): assumed, then 3
  firewall (inferred): azfw has no effective routes; the hub's connections and circuits decide
  hub (inferred): spoke2 is connected to vhub
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  assumed firewall-filters: it lets the packet pass: its rules were not read
${DB}
`,
  "hub: the router of the second of two hubs, whose table of its connection decides": `
delivered (inferred): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 10.9.0.68
  hub (documented): 10.9.0.68 is vhub2 in vhub2
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub2 (vhub2, no address, vhub2): inferred, then 3
  route 10.2.0.0/16 Virtual_Network_Connection to vhub2/spoke2, origin null, path , weight 0
  hub (documented): 10.2.0.0/16 Virtual_Network_Connection in vhub2
  hub (documented): vhub2 sends it to spoke2
  vnet-host (inferred): db in spoke2 has 10.2.0.4
${DB}
`,
  "leaves-azure: of two sites the one that has the destination, although its prefix is shorter": `
leaves-azure (inferred): leaves by vpn to site wide
1 gateway vpn (vpn, no address, hub): inferred, leaves-azure
  leaves-azure (inferred): leaves by vpn to site wide
  ends leaves-azure: leaves by vpn to site wide
lacks gateways: vpn
`,
  "peering-forwarded: a peering whose other side does not say it": `
delivered (assumed): delivered to db in spoke2
${WEB}
2 nic nva (nva, 10.0.1.4, hub): assumed, then 3
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
  assumed peering-flags: spoke2 accepts forwarded packets of hub: its side of the peering is not in the snapshot
${DB}
`,
  "hub: the default table comes before that of another connection": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): assumed, then 3
  route 10.2.0.0/16 Virtual_Network_Connection to vhub/c2, origin null, path , weight 0
  hub (documented): 10.2.0.0/16 Virtual_Network_Connection in vhub
  hub (documented): vhub sends it to c2
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  assumed hub-router: the connection uses defaultRouteTable: its own table was not read
${DB}
`,
  "leaves-azure: a circuit whose routes have no AS path": `
leaves-azure (assumed): leaves by circuit c1 to 172.31.0.1 AS ?
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualNetworkGateway 10.0.0.132
  next-hop-owner (inferred): 10.0.0.132 is azfw in vhub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.0.132, vhub): assumed, leaves-azure
  firewall (inferred): azfw has no effective routes; the hub's connections and circuits decide
  leaves-azure (inferred): leaves by circuit c1 to 172.31.0.1 AS ?
  assumed firewall-filters: it lets the packet pass: its rules were not read
  ends leaves-azure: leaves by circuit c1 to 172.31.0.1 AS ?
`,
  "lb-frontend: a pool by addresses, of a frontend without a subnet beside one with it": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): assumed, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  assumed address-map: ilb has 10.0.1.99 according to the address map; no network confirms it
2 load-balancer ilb (ilb, 10.0.1.99, no network): assumed, then 3
  rules HA ports; 1 backends
  lb-frontend (documented): HA ports to 1 backend
  assumed load-balancer-probes: its backends are healthy: probes were not read
3 nic nva (nva, 10.0.1.4, hub): assumed, then 4
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
4 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
`,
  "gateway: one next hop of no instance, with gateways of two kinds": `
depends (unknown): leaves by the ExpressRoute circuit of er; the learned routes of vpn are missing
1 nic web (web, 10.1.0.4, spoke1): assumed, then 2 3
  route 172.16.0.0/16 VirtualNetworkGateway 20.0.0.1
  gateway (observed): next hop 20.0.0.1 names no instance: vpn is meant, by a peering with useRemoteGateways
  gateway (observed): next hop 20.0.0.1 names no instance: er is meant, by a peering with useRemoteGateways
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
  assumed gateway-by-peering: next hop 20.0.0.1 names no instance: it may mean any of vpn and er
2 gateway vpn (vpn, 20.0.0.1, hub): unknown, unknown
  no-table (unknown): the learned routes of vpn are missing
  ends unknown: the learned routes of vpn are missing
3 gateway er (er, 20.0.0.1, hub): assumed, leaves-azure
  leaves-azure (inferred): leaves by the ExpressRoute circuit of er
  assumed circuit: er has the route: its learned routes were not read
  ends leaves-azure: leaves by the ExpressRoute circuit of er
lacks gateways: vpn
lacks gateways: er
`,
  "firewall: private space beside a user route of its subnet": `
dropped (assumed): DROPPED: only Azure's default None route (172.16.0.0/12) covers it
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.9.4
  next-hop-owner (inferred): 10.0.9.4 is azfw in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.9.4, hub): assumed, dropped
  route 172.16.0.0/12 None
  firewall (inferred): azfw has no effective routes; its subnet's configuration decides
  hop-own-table (documented): DROPPED: only Azure's default None route (172.16.0.0/12) covers it
  assumed firewall-filters: it lets the packet pass: its rules were not read
  ends dropped: DROPPED: only Azure's default None route (172.16.0.0/12) covers it
`,
  "firewall: private space below a user route of its subnet for everything": `
dropped (assumed): NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.9.4
  next-hop-owner (inferred): 10.0.9.4 is azfw in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.9.4, hub): assumed, then 3
  route 0.0.0.0/0 VirtualAppliance 10.0.1.4
  firewall (inferred): azfw has no effective routes; its subnet's configuration decides
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
  assumed firewall-filters: it lets the packet pass: its rules were not read
3 nic nva (nva, 10.0.1.4, hub): assumed, dropped
  appliance vm-nva
  route 0.0.0.0/0 Internet
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  hop-own-table (documented): NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
  ends dropped: NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it
`,
  "gateway: both public addresses of the gateway": `
unknown (unknown): the learned routes of vpn are missing
1 nic web (web, 10.1.0.4, spoke1): observed, then 2
  route 172.16.0.0/16 VirtualNetworkGateway 20.0.0.1 20.0.0.2
  gateway (observed): next hops 20.0.0.1, 20.0.0.2 are public addresses of vpn
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 20.0.0.1, hub): unknown, unknown
  no-table (unknown): the learned routes of vpn are missing
  ends unknown: the learned routes of vpn are missing
lacks gateways: vpn
`,
  "gateway: a public address of one gateway, one of another, and one of neither": `
unknown (unknown): the learned routes of vpn are missing; the learned routes of vpn2 are missing
1 nic web (web, 10.1.0.4, spoke1): assumed, then 2 3
  route 172.16.0.0/16 VirtualNetworkGateway 20.0.0.1 20.0.0.2 20.0.0.3
  gateway (observed): next hop 20.0.0.1 is a public address of vpn
  gateway (observed): next hop 20.0.0.2 is a public address of vpn2
  gateway (observed): next hop 20.0.0.3 names no instance: vpn is meant, by a peering with useRemoteGateways
  gateway (observed): next hop 20.0.0.3 names no instance: vpn2 is meant, by a peering with useRemoteGateways
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
  assumed gateway-by-peering: next hop 20.0.0.3 names no instance: it may mean any of vpn and vpn2
2 gateway vpn (vpn, 20.0.0.1, hub): unknown, unknown
  no-table (unknown): the learned routes of vpn are missing
  ends unknown: the learned routes of vpn are missing
3 gateway vpn2 (vpn2, 20.0.0.2, hub): unknown, unknown
  no-table (unknown): the learned routes of vpn2 are missing
  ends unknown: the learned routes of vpn2 are missing
lacks gateways: vpn
lacks gateways: vpn2
`,
  "lb-frontend: HA ports beside a rule for one port, where no port is given": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 load-balancer ilb (ilb, 10.0.1.99, hub): assumed, then 3 5
  rules HA ports, Tcp 443; 2 backends
  lb-frontend (documented): HA ports, Tcp 443 to 2 backends
  assumed load-balancer-probes: its backends are healthy: probes were not read
3 nic nva (nva, 10.0.1.4, hub): assumed, then 4
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
4 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
5 nic nva2 (nva2, 10.0.1.5, hub): assumed, then 4
  appliance vm-nva2
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva2 again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva2 forwards it: its filters, NAT and tunnels are unknown
`,
  "leaves-azure: a circuit of the hub with a next hop that is no address": `
leaves-azure (assumed): leaves by circuit c1 to 172.31.0.1 AS 65001
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualNetworkGateway 10.0.0.132
  next-hop-owner (inferred): 10.0.0.132 is azfw in vhub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.0.132, vhub): assumed, leaves-azure
  firewall (inferred): azfw has no effective routes; the hub's connections and circuits decide
  leaves-azure (inferred): leaves by circuit c1 to 172.31.0.1 AS 65001
  assumed firewall-filters: it lets the packet pass: its rules were not read
  ends leaves-azure: leaves by circuit c1 to 172.31.0.1 AS 65001
`,
  "gateway-route: equal-cost peers that are two gateways": `
unknown (unknown): the learned routes of paris are missing; the learned routes of rome are missing
1 gateway vpn (vpn, no address, hub): inferred, then 2 3
  route 172.16.0.0/16 without type to 192.168.0.4 192.168.0.5, origin EBgp, path , weight 32768
  gateway-route (inferred): 172.16.0.0/16 EBgp to 192.168.0.4, 192.168.0.5
  gateway-route (inferred): 172.16.0.0/16 EBgp
  remark equal-cost: 2 equal-cost next hops (ECMP)
2 gateway paris (paris, 192.168.0.4, no network): unknown, unknown
  no-table (unknown): the learned routes of paris are missing
  ends unknown: the learned routes of paris are missing
3 gateway rome (rome, 192.168.0.5, no network): unknown, unknown
  no-table (unknown): the learned routes of rome are missing
  ends unknown: the learned routes of rome are missing
lacks gateways: paris
lacks gateways: rome
`,
  "hub: a route to another hub": `
unknown (unknown): the route tables of hub vhub2 are missing
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): assumed, then 3
  route 10.2.0.0/16 Remote_Hub to vhub2, origin null, path , weight 0
  hub (documented): 10.2.0.0/16 Remote_Hub in vhub
  hub (documented): vhub sends it to vhub2
  assumed hub-router: the connection uses defaultRouteTable: its own table was not read
3 hub vhub2 (vhub2, no address, vhub2): unknown, unknown
  no-table (unknown): the route tables of hub vhub2 are missing
  ends unknown: the route tables of hub vhub2 are missing
lacks hubs: vhub2
`,
  "hub: a route to a firewall in the hub": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): assumed, then 3
  route 10.2.0.0/16 Azure_Firewall to azfw, origin null, path , weight 0
  hub (documented): 10.2.0.0/16 Azure_Firewall in vhub
  hub (documented): vhub sends it to azfw
  assumed hub-router: the connection uses defaultRouteTable: its own table was not read
3 firewall azfw (azfw, 10.0.0.132, vhub): assumed, then 4
  firewall (inferred): azfw has no effective routes; the hub's connections and circuits decide
  hub (inferred): spoke2 is connected to vhub
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  assumed firewall-filters: it lets the packet pass: its rules were not read
4 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
`,
  "leaves-azure: a hub's route to a gateway for VPN": `
leaves-azure (assumed): leaves by vpn1 of hub vhub
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): assumed, leaves-azure
  route 10.2.0.0/16 VPN_S2S_Gateway to /x/vpn1, origin null, path , weight 0
  hub (documented): 10.2.0.0/16 VPN_S2S_Gateway in vhub
  hub (documented): vhub sends it to vpn1
  leaves-azure (inferred): leaves by vpn1 of hub vhub
  assumed hub-router: the connection uses defaultRouteTable: its own table was not read
  ends leaves-azure: leaves by vpn1 of hub vhub
`,
  "hub: a route without a next hop": `
unknown (unknown): next hop Mystery of vhub is not known
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): unknown, unknown
  route 10.2.0.0/16 Mystery to , origin null, path , weight 0
  hub (documented): 10.2.0.0/16 Mystery in vhub
  hub (unknown): next hop Mystery of vhub is not known
  assumed hub-router: the connection uses defaultRouteTable: its own table was not read
  ends unknown: next hop Mystery of vhub is not known
`,
  "leaves-azure: a hub's route to a gateway that it does not name": `
leaves-azure (assumed): leaves by VPN_S2S_Gateway of hub vhub
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): assumed, leaves-azure
  route 10.2.0.0/16 VPN_S2S_Gateway to , origin null, path , weight 0
  hub (documented): 10.2.0.0/16 VPN_S2S_Gateway in vhub
  hub (documented): vhub sends it to VPN_S2S_Gateway
  leaves-azure (inferred): leaves by VPN_S2S_Gateway of hub vhub
  assumed hub-router: the connection uses defaultRouteTable: its own table was not read
  ends leaves-azure: leaves by VPN_S2S_Gateway of hub vhub
`,
  "hub: a route to something that is not known": `
unknown (unknown): next hop thing of vhub is not known
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): unknown, unknown
  route 10.2.0.0/16 Mystery to /x/thing, origin null, path , weight 0
  hub (documented): 10.2.0.0/16 Mystery in vhub
  hub (unknown): next hop thing of vhub is not known
  assumed hub-router: the connection uses defaultRouteTable: its own table was not read
  ends unknown: next hop thing of vhub is not known
`,
  "vnet-host: a network behind a hub without the host": `
unknown (unknown): no such host in the snapshot: nothing in spoke2 has 10.2.0.99
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 10.2.0.0/16 VirtualNetworkGateway 20.0.0.1
  hub (documented): next hop 20.0.0.1 leads to hub vhub
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): unknown, unknown
  route 10.2.0.0/16 Virtual_Network_Connection to vhub/c2, origin null, path , weight 0
  hub (documented): 10.2.0.0/16 Virtual_Network_Connection in vhub
  hub (documented): vhub sends it to c2
  vnet-host (unknown): no such host in the snapshot: nothing in spoke2 has 10.2.0.99
  assumed hub-router: the connection uses defaultRouteTable: its own table was not read
  ends unknown: no such host in the snapshot: nothing in spoke2 has 10.2.0.99
`,
  "gateway: a public address of the gateway": `
unknown (unknown): the learned routes of vpn are missing
1 nic web (web, 10.1.0.4, spoke1): observed, then 2
  route 172.16.0.0/16 VirtualNetworkGateway 20.0.0.1
  gateway (observed): next hop 20.0.0.1 is a public address of vpn
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 20.0.0.1, hub): unknown, unknown
  no-table (unknown): the learned routes of vpn are missing
  ends unknown: the learned routes of vpn are missing
lacks gateways: vpn
`,
  "gateway: a next hop of no instance, with gateways of two kinds": `
depends (unknown): leaves by the ExpressRoute circuit of er; the learned routes of vpn are missing
1 nic web (web, 10.1.0.4, spoke1): assumed, then 2 3
  route 172.16.0.0/16 VirtualNetworkGateway 20.0.0.1 20.0.0.2 20.0.0.3
  gateway (observed): next hops 20.0.0.1 and 2 more name no instance: vpn is meant, by a peering with useRemoteGateways
  gateway (observed): next hops 20.0.0.1 and 2 more name no instance: er is meant, by a peering with useRemoteGateways
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
  assumed gateway-by-peering: next hops 20.0.0.1 and 2 more name no instance: they may mean any of vpn and er
2 gateway vpn (vpn, 20.0.0.1, hub): unknown, unknown
  no-table (unknown): the learned routes of vpn are missing
  ends unknown: the learned routes of vpn are missing
3 gateway er (er, 20.0.0.1, hub): assumed, leaves-azure
  leaves-azure (inferred): leaves by the ExpressRoute circuit of er
  assumed circuit: er has the route: its learned routes were not read
  ends leaves-azure: leaves by the ExpressRoute circuit of er
lacks gateways: vpn
lacks gateways: er
`,
  "gateway: a user route to a gateway means one for VPN": `
unknown (unknown): the learned routes of vpn are missing
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 172.16.0.0/16 VirtualNetworkGateway
  gateway (observed): a route without a next hop address names no instance: vpn is meant, the gateway of its network
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, no address, hub): unknown, unknown
  no-table (unknown): the learned routes of vpn are missing
  ends unknown: the learned routes of vpn are missing
lacks gateways: vpn
`,
  "gateway: edge addresses, where no gateway is for ExpressRoute": `
unknown (unknown): the learned routes of vpn are missing
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 172.16.0.0/16 VirtualNetworkGateway 10.63.110.248 10.63.110.249
  gateway (observed): next hops 10.63.110.248, 10.63.110.249 are Microsoft edge addresses outside every network: vpn is meant, the gateway of its network
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.63.110.248, hub): unknown, unknown
  no-table (unknown): the learned routes of vpn are missing
  ends unknown: the learned routes of vpn are missing
lacks gateways: vpn
`,
  "gateway: edge addresses, where no gateway was read": `
leaves-azure (assumed): leaves by ExpressRoute: next hops 10.63.110.248, 10.63.110.249 are Microsoft edge addresses
1 nic web (web, 10.1.0.4, spoke1): observed, then 2
  route 172.16.0.0/16 VirtualNetworkGateway 10.63.110.248 10.63.110.249
  gateway (observed): next hops 10.63.110.248, 10.63.110.249 lead to a gateway that was not read
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
2 gateway an ExpressRoute gateway (no id, 10.63.110.248, no network): assumed, leaves-azure
  gateway (observed): leaves by ExpressRoute: next hops 10.63.110.248, 10.63.110.249 are Microsoft edge addresses
  leaves-azure (inferred): leaves by ExpressRoute: next hops 10.63.110.248, 10.63.110.249 are Microsoft edge addresses
  assumed circuit: 10.63.110.248, 10.63.110.249 are outside every network of the table, like Microsoft's edge routers
  ends leaves-azure: leaves by ExpressRoute: next hops 10.63.110.248, 10.63.110.249 are Microsoft edge addresses
`,
  "gateway: one edge address, where no gateway was read": `
leaves-azure (assumed): leaves by ExpressRoute: next hop 10.63.110.248 is a Microsoft edge address
1 nic web (web, 10.1.0.4, spoke1): observed, then 2
  route 172.16.0.0/16 VirtualNetworkGateway 10.63.110.248
  gateway (observed): next hop 10.63.110.248 leads to a gateway that was not read
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
2 gateway an ExpressRoute gateway (no id, 10.63.110.248, no network): assumed, leaves-azure
  gateway (observed): leaves by ExpressRoute: next hop 10.63.110.248 is a Microsoft edge address
  leaves-azure (inferred): leaves by ExpressRoute: next hop 10.63.110.248 is a Microsoft edge address
  assumed circuit: 10.63.110.248 is outside every network of the table, like Microsoft's edge routers
  ends leaves-azure: leaves by ExpressRoute: next hop 10.63.110.248 is a Microsoft edge address
`,
  "gateway: a public next hop, where no gateway was read": `
unknown (unknown): the gateway with next hop 20.0.0.1 and its routes were not read
1 nic web (web, 10.1.0.4, spoke1): observed, then 2
  route 172.16.0.0/16 VirtualNetworkGateway 20.0.0.1
  gateway (observed): next hop 20.0.0.1 leads to a gateway that was not read
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
2 gateway a gateway (no id, 20.0.0.1, no network): unknown, unknown
  no-table (unknown): the gateway with next hop 20.0.0.1 and its routes were not read
  ends unknown: the gateway with next hop 20.0.0.1 and its routes were not read
`,
  "gateway: public next hops, where no gateway was read": `
unknown (unknown): the gateway with next hops 20.0.0.1, 20.0.0.2 and its routes were not read
1 nic web (web, 10.1.0.4, spoke1): observed, then 2
  route 172.16.0.0/16 VirtualNetworkGateway 20.0.0.1 20.0.0.2
  gateway (observed): next hops 20.0.0.1, 20.0.0.2 lead to a gateway that was not read
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
2 gateway a gateway (no id, 20.0.0.1, no network): unknown, unknown
  no-table (unknown): the gateway with next hops 20.0.0.1, 20.0.0.2 and its routes were not read
  ends unknown: the gateway with next hops 20.0.0.1, 20.0.0.2 and its routes were not read
`,
  "gateway: no next hop address, and no gateway was read": `
unknown (unknown): the gateway and its routes were not read
1 nic web (web, 10.1.0.4, spoke1): observed, then 2
  route 172.16.0.0/16 VirtualNetworkGateway
  gateway (observed): a route without a next hop address leads to a gateway that was not read
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
2 gateway a gateway (no id, no address, no network): unknown, unknown
  no-table (unknown): the gateway and its routes were not read
  ends unknown: the gateway and its routes were not read
`,
  "gateway: an instance and a public address": `
unknown (unknown): the learned routes of vpn are missing; the gateway with next hop 20.0.0.1 and its routes were not read
1 nic web (web, 10.1.0.4, spoke1): observed, then 2 3
  route 172.16.0.0/16 VirtualNetworkGateway 10.0.0.4 20.0.0.1
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): next hop 20.0.0.1 leads to a gateway that was not read
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): unknown, unknown
  no-table (unknown): the learned routes of vpn are missing
  ends unknown: the learned routes of vpn are missing
3 gateway a gateway (no id, 20.0.0.1, no network): unknown, unknown
  no-table (unknown): the gateway with next hop 20.0.0.1 and its routes were not read
  ends unknown: the gateway with next hop 20.0.0.1 and its routes were not read
lacks gateways: vpn
`,
  "hub: next hops that name no instance, from a network that is connected to a hub": `
unknown (unknown): the route tables of hub vhub are missing
1 nic web (web, 10.1.0.4, spoke1): documented, then 2
  route 172.16.0.0/16 VirtualNetworkGateway 20.0.0.1 20.0.0.2
  hub (documented): next hops 20.0.0.1, 20.0.0.2 lead to hub vhub
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
2 hub vhub (vhub, no address, vhub): unknown, unknown
  no-table (unknown): the route tables of hub vhub are missing
  ends unknown: the route tables of hub vhub are missing
lacks hubs: vhub
`,
  "gateway-route: a gateway at the other end of a tunnel has the destination": `
delivered (inferred): delivered to site-vpn in site
1 gateway vpn (vpn, no address, hub): inferred, then 2
  route 192.168.0.4/32 without type to , origin Network, path , weight 32768
  gateway-route (inferred): 192.168.0.4 is site-vpn, at the other end of a tunnel
2 gateway site-vpn (site-vpn, 192.168.0.4, site): inferred, then 3
  gateway-subnet (observed): inside: 192.168.0.0/16 VnetLocal of the GatewaySubnet
  vnet-host (inferred): site-vpn has 192.168.0.4 itself
3 host site-vpn (no id, 192.168.0.4, site): inferred, delivered
  vnet-host (inferred): delivered to site-vpn in site
  ends delivered: delivered to site-vpn in site
`,
  "gateway-route: a route of the gateway's own that leads nowhere known": `
unknown (unknown): 192.168.0.0/16 Network is vpn's own route, but leads to an unknown network or site
1 gateway vpn (vpn, no address, hub): unknown, unknown
  route 192.168.0.0/16 without type to , origin Network, path , weight 32768
  gateway-route (unknown): 192.168.0.0/16 Network is vpn's own route, but leads to an unknown network or site
  ends unknown: 192.168.0.0/16 Network is vpn's own route, but leads to an unknown network or site
`,
  "leaves-azure: a route of the gateway's own to a site": `
leaves-azure (inferred): leaves by vpn to site near
1 gateway vpn (vpn, no address, hub): inferred, leaves-azure
  route 192.168.0.0/16 without type to , origin Network, path , weight 32768
  leaves-azure (inferred): leaves by vpn to site near
  ends leaves-azure: leaves by vpn to site near
`,
  "leaves-azure: the site with the longest prefix, whatever the order": `
leaves-azure (inferred): leaves by vpn to site near
1 gateway vpn (vpn, no address, hub): inferred, leaves-azure
  leaves-azure (inferred): leaves by vpn to site near
  ends leaves-azure: leaves by vpn to site near
lacks gateways: vpn
`,
  "leaves-azure: the circuit of a gateway without learned routes": `
leaves-azure (assumed): leaves by the ExpressRoute circuit of er
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 172.16.0.0/16 VirtualNetworkGateway 10.0.0.12
  gateway (observed): 10.0.0.12 is er in hub
  hop-own-table (documented): 172.16.0.0/16 wins by longest-prefix
2 gateway er (er, 10.0.0.12, hub): assumed, leaves-azure
  leaves-azure (inferred): leaves by the ExpressRoute circuit of er
  assumed circuit: er has the route: its learned routes were not read
  ends leaves-azure: leaves by the ExpressRoute circuit of er
lacks gateways: er
`,
  "gateway-route: a connected gateway without learned routes, whose network has the destination": `
unknown (unknown): no such host in the snapshot: nothing in site has 192.168.1.4
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): assumed, then 3
  gateway-route (inferred): connected to site-vpn, whose network has 192.168.1.4
  assumed gateway-connection: vpn has the route: its learned routes were not read
3 gateway site-vpn (site-vpn, no address, site): unknown, unknown
  gateway-subnet (observed): inside: 192.168.0.0/16 VnetLocal of the GatewaySubnet
  vnet-host (unknown): no such host in the snapshot: nothing in site has 192.168.1.4
  ends unknown: no such host in the snapshot: nothing in site has 192.168.1.4
lacks gateways: vpn
`,
  "gateway-route: gateways that nothing connects but the address of a BGP peer": `
delivered (assumed): delivered to pc in site
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): assumed, then 3
  route 192.168.0.0/16 without type to 192.168.0.4, origin EBgp, path 65001, weight 32768
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001 to 192.168.0.4
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001
  assumed gateway-connection: gateways are connected as the addresses of their BGP peers say: no connection was read
3 gateway site-vpn (site-vpn, 192.168.0.4, site): inferred, then 4
  route 192.168.0.0/16 without type to , origin Network, path , weight 32768
  gateway-subnet (observed): inside: 192.168.0.0/16 VnetLocal of the GatewaySubnet
  vnet-host (inferred): pc in site has 192.168.1.4
4 host pc (pc, 192.168.1.4, site): inferred, delivered
  vnet-host (inferred): delivered to pc in site
  ends delivered: delivered to pc in site
`,
  "gateway-route: a BGP peer that is a site": `
leaves-azure (inferred): leaves by vpn to site paris
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): inferred, leaves-azure
  route 192.168.0.0/16 without type to 192.168.0.4, origin EBgp, path 65001, weight 32768
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001 to 192.168.0.4
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001
  leaves-azure (inferred): leaves by vpn to site paris
  ends leaves-azure: leaves by vpn to site paris
`,
  "gateway-route: a BGP peer in the gateway's network": `
delivered (inferred): delivered to nva in hub
1 gateway vpn (vpn, no address, hub): inferred, then 2
  route 172.16.0.0/16 without type to 10.0.1.4, origin EBgp, path 65010, weight 32768
  gateway-route (inferred): 172.16.0.0/16 EBgp AS 65010 to 10.0.1.4
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
2 nic nva (nva, 10.0.1.4, hub): inferred, then 3
  appliance vm-nva
  vnet-host (inferred): nva of the same machine has 172.16.0.1
3 host nva (nva, 172.16.0.1, hub): inferred, delivered
  vnet-host (inferred): delivered to nva in hub
  ends delivered: delivered to nva in hub
`,
  "gateway-route: equal-cost peers, without AS path or address": `
leaves-azure (inferred): leaves by vpn to BGP peer 192.168.0.4; leaves by vpn to BGP peer 192.168.0.5; leaves by vpn to BGP peer peer
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): inferred, leaves-azure
  route 192.168.0.0/16 without type to 192.168.0.4 192.168.0.5 peer, origin EBgp, path , weight 32768
  gateway-route (inferred): 192.168.0.0/16 EBgp to 192.168.0.4 and 2 more
  gateway-route (inferred): 192.168.0.0/16 EBgp
  leaves-azure (inferred): leaves by vpn to BGP peer 192.168.0.4
  leaves-azure (inferred): leaves by vpn to BGP peer 192.168.0.5
  leaves-azure (inferred): leaves by vpn to BGP peer peer
  remark equal-cost: 3 equal-cost next hops (ECMP)
  ends leaves-azure: leaves by vpn to BGP peer 192.168.0.4
  ends leaves-azure: leaves by vpn to BGP peer 192.168.0.5
  ends leaves-azure: leaves by vpn to BGP peer peer
`,
  "gateway-route: a learned route without a next hop": `
leaves-azure (inferred): leaves by vpn to its peer AS 65001
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): inferred, leaves-azure
  route 192.168.0.0/16 without type to , origin EBgp, path 65001, weight 32768
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001 to its peer
  gateway-route (inferred): 192.168.0.0/16 EBgp AS 65001
  leaves-azure (inferred): leaves by vpn to its peer AS 65001
  ends leaves-azure: leaves by vpn to its peer AS 65001
`,
  "gateway-subnet: a peering of the gateway's network": `
delivered (inferred): delivered to db in spoke2
1 gateway vpn (vpn, no address, hub): inferred, then 2
  gateway-subnet (observed): inside: 10.2.0.0/16 VNetPeering of the GatewaySubnet
  vnet-host (inferred): db in spoke2 has 10.2.0.4
2 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
`,
  "gateway-subnet: a learned route that is longer than the network's": `
leaves-azure (inferred): leaves by vpn to BGP peer 192.168.0.4 AS 65001
1 gateway vpn (vpn, no address, hub): inferred, leaves-azure
  route 10.2.0.0/24 without type to 192.168.0.4, origin EBgp, path 65001, weight 32768
  gateway-route (inferred): 10.2.0.0/24 EBgp AS 65001 to 192.168.0.4
  gateway-route (inferred): 10.2.0.0/24 EBgp AS 65001
  leaves-azure (inferred): leaves by vpn to BGP peer 192.168.0.4 AS 65001
  ends leaves-azure: leaves by vpn to BGP peer 192.168.0.4 AS 65001
`,
  "gateway-subnet: a learned route that is as long as the network's": `
delivered (inferred): delivered to db in spoke2
1 gateway vpn (vpn, no address, hub): inferred, then 2
  route 10.2.0.0/16 without type to 192.168.0.4, origin EBgp, path 65001, weight 32768
  gateway-subnet (observed): inside: 10.2.0.0/16 VNetPeering of the GatewaySubnet
  vnet-host (inferred): db in spoke2 has 10.2.0.4
2 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
`,
  "self-next-hop: a load balancer before the other NIC of the appliance": `
depends (assumed): loops at nva unless it encapsulates; nva-in has no IP forwarding and drops packets that are not its own
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2 3
  route 0.0.0.0/0 VirtualAppliance 10.0.1.4
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 nic nva (nva, 10.0.1.4, hub): assumed, depends
  appliance vm
  route 0.0.0.0/0 VirtualAppliance 10.0.1.99
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  self-next-hop (contested): next hop 10.0.1.99 is ilb, and nva is behind it: loops unless nva encapsulates
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
  ends loop: loops at nva unless it encapsulates
  ends unknown: nva may encapsulate; where its tunnel ends is unknown
3 nic nva-in (nva-in, 10.0.2.4, hub): documented, dropped
  appliance VM
  ip-forwarding (documented): nva-in has no IP forwarding and drops packets that are not its own
  ends dropped: nva-in has no IP forwarding and drops packets that are not its own
`,
  "ip-forwarding: an appliance of two NICs, without IP forwarding on the one that it arrives at": `
dropped (inferred): nva has no IP forwarding and drops packets that are not its own
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.1.4
  next-hop-owner (inferred): 10.0.1.4 is nva in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 nic nva (nva, 10.0.1.4, hub): documented, dropped
  appliance vm
  ip-forwarding (documented): nva has no IP forwarding and drops packets that are not its own
  ends dropped: nva has no IP forwarding and drops packets that are not its own
`,
  "firewall: a firewall whose subnet has a route to a load balancer": `
delivered (assumed): delivered to db in spoke2
1 nic web (web, 10.1.0.4, spoke1): inferred, then 2
  route 0.0.0.0/0 VirtualAppliance 10.0.9.4
  next-hop-owner (inferred): 10.0.9.4 is azfw in hub
  hop-own-table (documented): 0.0.0.0/0 wins by longest-prefix
2 firewall azfw (azfw, 10.0.9.4, hub): assumed, then 3
  route 10.2.0.0/16 VirtualAppliance 10.0.1.99
  firewall (inferred): azfw has no effective routes; its subnet's configuration decides
  lb-frontend (documented): 10.0.1.99 is ilb in hub
  assumed firewall-filters: it lets the packet pass: its rules were not read
3 load-balancer ilb (ilb, 10.0.1.99, hub): assumed, then 4
  rules HA ports; 1 backends
  lb-frontend (documented): HA ports to 1 backend
  assumed load-balancer-probes: its backends are healthy: probes were not read
4 nic nva (nva, 10.0.1.4, hub): assumed, then 5
  appliance vm-nva
  route 10.2.0.0/16 VNetPeering
  appliance-inside (assumed): the appliance forwards, and the packet leaves by nva again
  vnet-host (inferred): db in spoke2 has 10.2.0.4
  peering-forwarded (documented): spoke2 accepts forwarded packets: spoke2-hub has allowForwardedTraffic
  hop-own-table (documented): 10.2.0.0/16 wins by longest-prefix
  assumed appliance-forwards: nva forwards it: its filters, NAT and tunnels are unknown
5 host db (db, 10.2.0.4, spoke2): inferred, delivered
  vnet-host (inferred): delivered to db in spoke2
  ends delivered: delivered to db in spoke2
`,
  "gateway-route: of connected gateways without learned routes, those whose network has it": `
unknown (unknown): no such host in the snapshot: nothing in site has 192.168.1.4
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): assumed, then 3
  gateway-route (inferred): connected to site-vpn, whose network has 192.168.1.4
  assumed gateway-connection: vpn has the route: its learned routes were not read
3 gateway site-vpn (site-vpn, no address, site): unknown, unknown
  gateway-subnet (observed): inside: 192.168.0.0/16 VnetLocal of the GatewaySubnet
  vnet-host (unknown): no such host in the snapshot: nothing in site has 192.168.1.4
  ends unknown: no such host in the snapshot: nothing in site has 192.168.1.4
lacks gateways: vpn
`,
  "gateway-route: gateways that nothing connects, without learned routes": `
unknown (unknown): the learned routes of vpn are missing
1 nic nva (nva, 10.0.1.4, hub): observed, then 2
  route 192.168.0.0/16 VirtualNetworkGateway 10.0.0.4 10.0.0.5
  gateway (observed): 10.0.0.4 is vpn in hub
  gateway (observed): 10.0.0.5 is vpn in hub
  hop-own-table (documented): 192.168.0.0/16 wins by longest-prefix
2 gateway vpn (vpn, 10.0.0.4, hub): unknown, unknown
  no-table (unknown): the learned routes of vpn are missing
  ends unknown: the learned routes of vpn are missing
lacks gateways: vpn
`,
  "leaves-azure: of sites with the same prefix the first": `
leaves-azure (inferred): leaves by vpn to site paris
1 gateway vpn (vpn, no address, hub): inferred, leaves-azure
  leaves-azure (inferred): leaves by vpn to site paris
  ends leaves-azure: leaves by vpn to site paris
lacks gateways: vpn
`,
  "gateway-route: a gateway is not at the other end of its own tunnel": `
delivered (inferred): delivered to vpn
1 gateway vpn (vpn, no address, no network): inferred, then 2
  route 172.22.0.0/16 without type to , origin Network, path , weight 32768
  vnet-host (inferred): vpn has 172.22.0.4 itself
2 host vpn (no id, 172.22.0.4, no network): inferred, delivered
  vnet-host (inferred): delivered to vpn
  ends delivered: delivered to vpn
`,
};
