import { expect, test } from "vitest";
import { transcript } from "../transcript.ts";

const tuple = (...fields: readonly (string | number)[]) => fields.join(",");
const FLOWS = JSON.stringify({
  records: [
    {
      macAddress: "000D3AF8801A",
      flowLogVersion: 4,
      flowRecords: {
        flows: [
          {
            flowGroups: [
              {
                rule: "AllowOut",
                flowTuples: [
                  tuple(1663146003599, "10.0.0.6", "191.239.203.1", 23956, 443, 6, "O", "B", "NX", 0, 0, 0, 0),
                  tuple(1663146003606, "10.0.0.6", "8.8.8.8", 23957, 53, 17, "O", "E", "NX", 3, 767, 2, 1580),
                  tuple(1663146003606, "10.0.0.6", "bad", 23957, 53, 17, "O", "E", "NX", 3, 767, 2, 1580),
                  tuple(1663146003637, "10.0.0.7", "10.0.0.6", 22730, 443, 6, "I", "D", "NX", 0, 0, 0, 0),
                ],
              },
            ],
          },
        ],
      },
    },
  ],
});

test("a flow log is answered tuple by tuple, in every form and width", async () => {
  const text = await transcript(["whichroute", "--flow-log", "-", "--sample", "udr-and-endpoint"], {
    ...{ forms: ["", "-o short", "-o csv", "-o ndjson", "-o yaml"], widths: [40, 80, 140], stdin: FLOWS },
  });
  expect(text).toBe(`
>
TIME                      DIRECTION  SOURCE ADDRESS  SOURCE PORT  DESTINATION ADDRESS  DESTINATION PORT  PROTOCOL  DECISION  STATE   DESTINATION                                                 VERDICT  NEXT HOP TYPE                  NEXT HOP IP ADDRESS  SERVICE TAG         ADDRESS PREFIX    NAME    RULE            CERTAINTY   MAC ADDRESS   SECURITY RULE  PACKETS TO DESTINATION  BYTES TO DESTINATION  PACKETS TO SOURCE  BYTES TO SOURCE  ERROR
2022-09-14T09:00:03.599Z  outbound   10.0.0.6        23956        191.239.203.1        443               TCP       allowed   begin   191.239.203.1                                               forward  VirtualNetworkServiceEndpoint  -                    Storage.WestEurope  191.239.203.0/28  -       longest-prefix  documented  000D3AF8801A  AllowOut       0                       0                     0                  0                -
2022-09-14T09:00:03.606Z  outbound   10.0.0.6        23957        8.8.8.8              53                UDP       allowed   end     8.8.8.8                                                     drop     None                           10.10.10.10          -                   0.0.0.0/0         to-nva  longest-prefix  documented  000D3AF8801A  AllowOut       3                       767                   2                  1580             -
-                         -          -               -            -                    -                 -         -         -       1663146003606,10.0.0.6,bad,23957,53,17,O,E,NX,3,767,2,1580  -        -                              -                    -                   -                 -       -               -           -             -              -                       -                     -                  -                address-syntax
2022-09-14T09:00:03.637Z  inbound    10.0.0.7        22730        10.0.0.6             443               TCP       denied    denied  10.0.0.7                                                    forward  VnetLocal                      -                    -                   10.0.0.0/16       -       longest-prefix  documented  000D3AF8801A  AllowOut       0                       0                     0                  0                -
exit code 2

> -o short
2022-09-14T09:00:03.599Z  outbound  10.0.0.6  23956  191.239.203.1  443  TCP  allowed  begin  191.239.203.1  forward  VirtualNetworkServiceEndpoint  -  Storage.WestEurope  191.239.203.0/28  -  longest-prefix  documented  000D3AF8801A  AllowOut  0  0  0  0  -
2022-09-14T09:00:03.606Z  outbound  10.0.0.6  23957  8.8.8.8  53  UDP  allowed  end  8.8.8.8  drop  None  10.10.10.10  -  0.0.0.0/0  to-nva  longest-prefix  documented  000D3AF8801A  AllowOut  3  767  2  1580  -
-  -  -  -  -  -  -  -  -  1663146003606,10.0.0.6,bad,23957,53,17,O,E,NX,3,767,2,1580  -  -  -  -  -  -  -  -  -  -  -  -  -  -  address-syntax
2022-09-14T09:00:03.637Z  inbound  10.0.0.7  22730  10.0.0.6  443  TCP  denied  denied  10.0.0.7  forward  VnetLocal  -  -  10.0.0.0/16  -  longest-prefix  documented  000D3AF8801A  AllowOut  0  0  0  0  -
exit code 2

> -o csv
time,direction,sourceAddress,sourcePort,destinationAddress,destinationPort,protocol,decision,state,destination,verdict,nextHopType,nextHopIpAddress,serviceTag,addressPrefix,name,rule,certainty,macAddress,securityRule,packetsToDestination,bytesToDestination,packetsToSource,bytesToSource,error
2022-09-14T09:00:03.599Z,outbound,10.0.0.6,23956,191.239.203.1,443,TCP,allowed,begin,191.239.203.1,forward,VirtualNetworkServiceEndpoint,,Storage.WestEurope,191.239.203.0/28,,longest-prefix,documented,000D3AF8801A,AllowOut,0,0,0,0,
2022-09-14T09:00:03.606Z,outbound,10.0.0.6,23957,8.8.8.8,53,UDP,allowed,end,8.8.8.8,drop,None,10.10.10.10,,0.0.0.0/0,to-nva,longest-prefix,documented,000D3AF8801A,AllowOut,3,767,2,1580,
,,,,,,,,,"1663146003606,10.0.0.6,bad,23957,53,17,O,E,NX,3,767,2,1580",,,,,,,,,,,,,,,address-syntax
2022-09-14T09:00:03.637Z,inbound,10.0.0.7,22730,10.0.0.6,443,TCP,denied,denied,10.0.0.7,forward,VnetLocal,,,10.0.0.0/16,,longest-prefix,documented,000D3AF8801A,AllowOut,0,0,0,0,
exit code 2

> -o ndjson
{"record":1,"tuple":1,"format":"vnet-v4","time":"2022-09-14T09:00:03.599Z","sourceAddress":"10.0.0.6","destinationAddress":"191.239.203.1","sourcePort":23956,"destinationPort":443,"protocol":"TCP","direction":"outbound","decision":"allowed","state":"begin","encryption":"NX","packetsToDestination":0,"bytesToDestination":0,"packetsToSource":0,"bytesToSource":0,"lookedUp":"destination","macAddress":"000D3AF8801A","securityRule":"AllowOut","resourceId":null,"destination":"191.239.203.1","verdict":"forward","rule":"longest-prefix","certainty":"documented","addressPrefix":"191.239.203.0/28","name":null,"nextHopType":"VirtualNetworkServiceEndpoint","nextHopIpAddress":[],"serviceTag":"Storage.WestEurope"}
{"record":1,"tuple":2,"format":"vnet-v4","time":"2022-09-14T09:00:03.606Z","sourceAddress":"10.0.0.6","destinationAddress":"8.8.8.8","sourcePort":23957,"destinationPort":53,"protocol":"UDP","direction":"outbound","decision":"allowed","state":"end","encryption":"NX","packetsToDestination":3,"bytesToDestination":767,"packetsToSource":2,"bytesToSource":1580,"lookedUp":"destination","macAddress":"000D3AF8801A","securityRule":"AllowOut","resourceId":null,"destination":"8.8.8.8","verdict":"drop","rule":"longest-prefix","certainty":"documented","addressPrefix":"0.0.0.0/0","name":"to-nva","nextHopType":"None","nextHopIpAddress":["10.10.10.10"],"serviceTag":null}
{"record":1,"tuple":3,"destination":"1663146003606,10.0.0.6,bad,23957,53,17,O,E,NX,3,767,2,1580","error":{"code":"address-syntax","message":"record 1, tuple 3: 'bad' is not an IPv4 or IPv6 address","hint":"write one like 10.0.0.4 or 2001:db8::1"}}
{"record":1,"tuple":4,"format":"vnet-v4","time":"2022-09-14T09:00:03.637Z","sourceAddress":"10.0.0.7","destinationAddress":"10.0.0.6","sourcePort":22730,"destinationPort":443,"protocol":"TCP","direction":"inbound","decision":"denied","state":"denied","encryption":"NX","packetsToDestination":0,"bytesToDestination":0,"packetsToSource":0,"bytesToSource":0,"lookedUp":"source","macAddress":"000D3AF8801A","securityRule":"AllowOut","resourceId":null,"destination":"10.0.0.7","verdict":"forward","rule":"longest-prefix","certainty":"documented","addressPrefix":"10.0.0.0/16","name":null,"nextHopType":"VnetLocal","nextHopIpAddress":[],"serviceTag":null}
exit code 2

> -o yaml
schemaVersion: "1.0"
flows:
  - record: 1
    tuple: 1
    format: vnet-v4
    time: "2022-09-14T09:00:03.599Z"
    sourceAddress: 10.0.0.6
    destinationAddress: 191.239.203.1
    sourcePort: 23956
    destinationPort: 443
    protocol: TCP
    direction: outbound
    decision: allowed
    state: begin
    encryption: NX
    packetsToDestination: 0
    bytesToDestination: 0
    packetsToSource: 0
    bytesToSource: 0
    lookedUp: destination
    macAddress: 000D3AF8801A
    securityRule: AllowOut
    resourceId: null
    destination: 191.239.203.1
    verdict: forward
    rule: longest-prefix
    certainty: documented
    addressPrefix: 191.239.203.0/28
    name: null
    nextHopType: VirtualNetworkServiceEndpoint
    nextHopIpAddress: []
    serviceTag: Storage.WestEurope
  - record: 1
    tuple: 2
    format: vnet-v4
    time: "2022-09-14T09:00:03.606Z"
    sourceAddress: 10.0.0.6
    destinationAddress: 8.8.8.8
    sourcePort: 23957
    destinationPort: 53
    protocol: UDP
    direction: outbound
    decision: allowed
    state: end
    encryption: NX
    packetsToDestination: 3
    bytesToDestination: 767
    packetsToSource: 2
    bytesToSource: 1580
    lookedUp: destination
    macAddress: 000D3AF8801A
    securityRule: AllowOut
    resourceId: null
    destination: 8.8.8.8
    verdict: drop
    rule: longest-prefix
    certainty: documented
    addressPrefix: 0.0.0.0/0
    name: to-nva
    nextHopType: None
    nextHopIpAddress:
      - 10.10.10.10
    serviceTag: null
  - record: 1
    tuple: 3
    destination: 1663146003606,10.0.0.6,bad,23957,53,17,O,E,NX,3,767,2,1580
    error:
      code: address-syntax
      message: "record 1, tuple 3: 'bad' is not an IPv4 or IPv6 address"
      hint: write one like 10.0.0.4 or 2001:db8::1
  - record: 1
    tuple: 4
    format: vnet-v4
    time: "2022-09-14T09:00:03.637Z"
    sourceAddress: 10.0.0.7
    destinationAddress: 10.0.0.6
    sourcePort: 22730
    destinationPort: 443
    protocol: TCP
    direction: inbound
    decision: denied
    state: denied
    encryption: NX
    packetsToDestination: 0
    bytesToDestination: 0
    packetsToSource: 0
    bytesToSource: 0
    lookedUp: source
    macAddress: 000D3AF8801A
    securityRule: AllowOut
    resourceId: null
    destination: 10.0.0.7
    verdict: forward
    rule: longest-prefix
    certainty: documented
    addressPrefix: 10.0.0.0/16
    name: null
    nextHopType: VnetLocal
    nextHopIpAddress: []
    serviceTag: null
routeTable:
  kind: sample
  name: udr-and-endpoint
  format: arm
  fetchedAt: null
  note: "An excerpt: the article shows one prefix of each service endpoint row and mentions 68 and 78 more."
serviceTagFile:
  cloud: Public
  changeNumber: "279"
  numbering: weekly-file
  file: embedded sample
  date: "2023-11-06"
  note: "An excerpt of Microsoft's file: 5 of its tags, with the prefixes that the sample routes need."
exit code 2

> on a terminal of 40 columns
TIME
    2022-09-14T09:00:03.599Z
DIRECTION               outbound
SOURCE ADDRESS          10.0.0.6
SOURCE PORT             23956
DESTINATION ADDRESS     191.239.203.1
DESTINATION PORT        443
PROTOCOL                TCP
DECISION                allowed
STATE                   begin
DESTINATION             191.239.203.1
VERDICT                 forward
NEXT HOP TYPE
    VirtualNetworkServiceEndpoint
SERVICE TAG
    Storage.WestEurope
ADDRESS PREFIX          191.239.203.0/28
RULE                    longest-prefix
CERTAINTY               documented
MAC ADDRESS             000D3AF8801A
SECURITY RULE           AllowOut
PACKETS TO DESTINATION  0
BYTES TO DESTINATION    0
PACKETS TO SOURCE       0
BYTES TO SOURCE         0

TIME
    2022-09-14T09:00:03.606Z
DIRECTION               outbound
SOURCE ADDRESS          10.0.0.6
SOURCE PORT             23957
DESTINATION ADDRESS     8.8.8.8
DESTINATION PORT        53
PROTOCOL                UDP
DECISION                allowed
STATE                   end
DESTINATION             8.8.8.8
VERDICT                 drop
NEXT HOP TYPE           None
NEXT HOP IP ADDRESS     10.10.10.10
ADDRESS PREFIX          0.0.0.0/0
NAME                    to-nva
RULE                    longest-prefix
CERTAINTY               documented
MAC ADDRESS             000D3AF8801A
SECURITY RULE           AllowOut
PACKETS TO DESTINATION  3
BYTES TO DESTINATION    767
PACKETS TO SOURCE       2
BYTES TO SOURCE         1580

DESTINATION
1663146003606,10.0.0.6,bad,23957,53,17,O,E,NX,3,767,2,1580
ERROR                   address-syntax

TIME
    2022-09-14T09:00:03.637Z
DIRECTION               inbound
SOURCE ADDRESS          10.0.0.7
SOURCE PORT             22730
DESTINATION ADDRESS     10.0.0.6
DESTINATION PORT        443
PROTOCOL                TCP
DECISION                denied
STATE                   denied
DESTINATION             10.0.0.7
VERDICT                 forward
NEXT HOP TYPE           VnetLocal
ADDRESS PREFIX          10.0.0.0/16
RULE                    longest-prefix
CERTAINTY               documented
MAC ADDRESS             000D3AF8801A
SECURITY RULE           AllowOut
PACKETS TO DESTINATION  0
BYTES TO DESTINATION    0
PACKETS TO SOURCE       0
BYTES TO SOURCE         0
exit code 2

> on a terminal of 80 columns
TIME                    2022-09-14T09:00:03.599Z
DIRECTION               outbound
SOURCE ADDRESS          10.0.0.6
SOURCE PORT             23956
DESTINATION ADDRESS     191.239.203.1
DESTINATION PORT        443
PROTOCOL                TCP
DECISION                allowed
STATE                   begin
DESTINATION             191.239.203.1
VERDICT                 forward
NEXT HOP TYPE           VirtualNetworkServiceEndpoint
SERVICE TAG             Storage.WestEurope
ADDRESS PREFIX          191.239.203.0/28
RULE                    longest-prefix
CERTAINTY               documented
MAC ADDRESS             000D3AF8801A
SECURITY RULE           AllowOut
PACKETS TO DESTINATION  0
BYTES TO DESTINATION    0
PACKETS TO SOURCE       0
BYTES TO SOURCE         0

TIME                    2022-09-14T09:00:03.606Z
DIRECTION               outbound
SOURCE ADDRESS          10.0.0.6
SOURCE PORT             23957
DESTINATION ADDRESS     8.8.8.8
DESTINATION PORT        53
PROTOCOL                UDP
DECISION                allowed
STATE                   end
DESTINATION             8.8.8.8
VERDICT                 drop
NEXT HOP TYPE           None
NEXT HOP IP ADDRESS     10.10.10.10
ADDRESS PREFIX          0.0.0.0/0
NAME                    to-nva
RULE                    longest-prefix
CERTAINTY               documented
MAC ADDRESS             000D3AF8801A
SECURITY RULE           AllowOut
PACKETS TO DESTINATION  3
BYTES TO DESTINATION    767
PACKETS TO SOURCE       2
BYTES TO SOURCE         1580

DESTINATION
    1663146003606,10.0.0.6,bad,23957,53,17,O,E,NX,3,767,2,1580
ERROR                   address-syntax

TIME                    2022-09-14T09:00:03.637Z
DIRECTION               inbound
SOURCE ADDRESS          10.0.0.7
SOURCE PORT             22730
DESTINATION ADDRESS     10.0.0.6
DESTINATION PORT        443
PROTOCOL                TCP
DECISION                denied
STATE                   denied
DESTINATION             10.0.0.7
VERDICT                 forward
NEXT HOP TYPE           VnetLocal
ADDRESS PREFIX          10.0.0.0/16
RULE                    longest-prefix
CERTAINTY               documented
MAC ADDRESS             000D3AF8801A
SECURITY RULE           AllowOut
PACKETS TO DESTINATION  0
BYTES TO DESTINATION    0
PACKETS TO SOURCE       0
BYTES TO SOURCE         0
exit code 2

> on a terminal of 140 columns
⟨1⟩DESTINATION                                                 VERDICT  NEXT HOP TYPE                  NEXT HOP IP ADDRESS  ERROR⟨22⟩
191.239.203.1                                               forward  VirtualNetworkServiceEndpoint  -                    -
8.8.8.8                                                     drop     None                           10.10.10.10          -
1663146003606,10.0.0.6,bad,23957,53,17,O,E,NX,3,767,2,1580  -        -                              -                    address-syntax
10.0.0.7                                                    forward  VnetLocal                      -                    -
⟨2⟩hidden at 140 columns: TIME, DIRECTION, SOURCE ADDRESS, SOURCE PORT, DESTINATION ADDRESS, DESTINATION PORT, PROTOCOL, DECISION, STATE,⟨22⟩
⟨2⟩    SERVICE TAG, ADDRESS PREFIX, NAME, RULE, CERTAINTY, MAC ADDRESS, SECURITY RULE, PACKETS TO DESTINATION, BYTES TO DESTINATION, PACKETS TO⟨22⟩
⟨2⟩    SOURCE, BYTES TO SOURCE (-o wide shows all)⟨22⟩
exit code 2
`);
});
