import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../store/temporary-directory.ts";
import { transcript } from "../../transcript.ts";

const row = (source: string, prefixes: string, nextHopType: string, more: object = {}) => ({
  ...{ source, state: "Active", addressPrefix: prefixes.split(" "), nextHopType, nextHopIpAddress: [], ...more },
});
const TABLE = JSON.stringify([
  row("Default", "10.0.0.0/16 fd00::/48", "VnetLocal"),
  row("Default", "10.0.0.0/8", "None"),
  row("Default", "100.64.0.0/10 192.168.0.0/16", "None"),
  row("Default", "172.16.0.0/12", "None", { state: "Invalid" }),
  row("Default", "20.0.0.0/24 20.0.4.0/24", "VirtualNetworkServiceEndpoint"),
  row("Default", "20.0.8.0/24 99.0.0.0/24 20.0.9.0/24", "VirtualNetworkServiceEndpoint"),
  row("Default", "99.1.0.0/24", "VirtualNetworkServiceEndpoint"),
  row("Default", "20.0.12.0/24", "VirtualNetworkServiceEndpoint"),
  row("Default", "0.0.0.0/0", "Internet", { state: "Invalid", disableBgpRoutePropagation: false }),
  row("User", "0.0.0.0/0", "VirtualAppliance", {
    ...{
      name: "to-nva",
      nextHopIpAddress: ["10.0.9.4", "10.0.9.5"],
      hasBgpOverride: true,
      disableBgpRoutePropagation: true,
    },
  }),
  row("User", "30.0.0.0/8", "None", { name: "to-none", hasBgpOverride: false }),
  row("User", "40.0.0.0/24 40.0.1.0/24", "Internet", { name: "by-tag", destinationServiceTags: ["Sql", "Storage"] }),
  row("VirtualNetworkGateway", "10.8.0.0/16", "VirtualNetworkGateway", { nextHopIpAddress: ["10.0.0.4"] }),
]);
const scratch = temporaryDirectory();
const tags = join(scratch, "ServiceTags_Public_20260105.json");
writeFileSync(
  tags,
  JSON.stringify({
    ...{ changeNumber: 7, cloud: "Public" },
    values: [
      ["Storage", "", ["20.0.0.0/16"]],
      ["Storage.WestEurope", "westeurope", ["20.0.0.0/24", "20.0.4.0/24"]],
    ].map(([name, region, addressPrefixes]) => ({
      ...{ name, id: name },
      properties: { changeNumber: 7, region, platform: "Azure", systemService: "AzureStorage", addressPrefixes },
    })),
  }),
);
const asked = ["routes", "-f", "-", "--tags", tags];

test("a route table: folded, expanded, in every form and width", async () => {
  const text = await transcript(asked, {
    ...{
      forms: ["", "--expand", "-o short", "-o csv", "-o wide", "-o ndjson"],
      widths: [34, 44, 60, 80, 100, 160],
      stdin: TABLE,
    },
  });
  expect(text).toBe(`
>
SOURCE                 STATE    PREFIX          NEXT HOP TYPE                  NEXT HOP IP         NAME     SERVICE TAG                     ENDPOINT
Default                Invalid  0.0.0.0/0       Internet                       -                   -        -                               -
User                   Active   0.0.0.0/0       VirtualAppliance               10.0.9.4, 10.0.9.5  to-nva   -                               -
Default                Active   10.0.0.0/16 +1  VnetLocal                      -                   -        -                               -
VirtualNetworkGateway  Active   10.8.0.0/16     VirtualNetworkGateway          10.0.0.4            -        -                               -
Default                Active   20.0.0.0/24 +1  VirtualNetworkServiceEndpoint  -                   -        Storage.WestEurope  2 prefixes  Microsoft.Storage
Default                Active   20.0.8.0/24 +2  VirtualNetworkServiceEndpoint  -                   -        Storage  2 of 3 prefixes        Microsoft.Storage
Default                Active   20.0.12.0/24    VirtualNetworkServiceEndpoint  -                   -        Storage                         Microsoft.Storage
User                   Active   30.0.0.0/8      None                           -                   to-none  -                               -
User                   Active   40.0.0.0/24 +1  Internet                       -                   by-tag   Sql, Storage  2 prefixes        -
Default                Active   99.1.0.0/24     VirtualNetworkServiceEndpoint  -                   -        -                               -
Default                Active   3 prefixes      None                           -                   -        -                               -
Default                Invalid  172.16.0.0/12   None                           -                   -        -                               -

> --expand
SOURCE                 STATE    PREFIX          NEXT HOP TYPE                  NEXT HOP IP         NAME     SERVICE TAG         ENDPOINT
Default                Invalid  0.0.0.0/0       Internet                       -                   -        -                   -
User                   Active   0.0.0.0/0       VirtualAppliance               10.0.9.4, 10.0.9.5  to-nva   -                   -
Default                Active   10.0.0.0/8      None                           -                   -        -                   -
Default                Active   10.0.0.0/16     VnetLocal                      -                   -        -                   -
Default                Active   fd00::/48       VnetLocal                      -                   -        -                   -
VirtualNetworkGateway  Active   10.8.0.0/16     VirtualNetworkGateway          10.0.0.4            -        -                   -
Default                Active   20.0.0.0/24     VirtualNetworkServiceEndpoint  -                   -        Storage.WestEurope  Microsoft.Storage
Default                Active   20.0.4.0/24     VirtualNetworkServiceEndpoint  -                   -        Storage.WestEurope  Microsoft.Storage
Default                Active   20.0.8.0/24     VirtualNetworkServiceEndpoint  -                   -        Storage             Microsoft.Storage
Default                Active   20.0.9.0/24     VirtualNetworkServiceEndpoint  -                   -        Storage             Microsoft.Storage
Default                Active   99.0.0.0/24     VirtualNetworkServiceEndpoint  -                   -        -                   Microsoft.Storage
Default                Active   20.0.12.0/24    VirtualNetworkServiceEndpoint  -                   -        Storage             Microsoft.Storage
User                   Active   30.0.0.0/8      None                           -                   to-none  -                   -
User                   Active   40.0.0.0/24     Internet                       -                   by-tag   Sql, Storage        -
User                   Active   40.0.1.0/24     Internet                       -                   by-tag   Sql, Storage        -
Default                Active   99.1.0.0/24     VirtualNetworkServiceEndpoint  -                   -        -                   -
Default                Active   100.64.0.0/10   None                           -                   -        -                   -
Default                Active   192.168.0.0/16  None                           -                   -        -                   -
Default                Invalid  172.16.0.0/12   None                           -                   -        -                   -

> -o short
0.0.0.0/0  Internet  Default  Invalid
0.0.0.0/0  VirtualAppliance 10.0.9.4 10.0.9.5  User to-nva
10.0.0.0/8  None  Default
10.0.0.0/16 +1  VnetLocal  Default
10.8.0.0/16  VirtualNetworkGateway 10.0.0.4  VirtualNetworkGateway
20.0.0.0/24 +1  VirtualNetworkServiceEndpoint  Default  Storage.WestEurope
20.0.8.0/24 +2  VirtualNetworkServiceEndpoint  Default  Storage
20.0.12.0/24  VirtualNetworkServiceEndpoint  Default  Storage
30.0.0.0/8  None  User to-none
40.0.0.0/24 +1  Internet  User by-tag
99.1.0.0/24  VirtualNetworkServiceEndpoint  Default
100.64.0.0/10 +1  None  Default
172.16.0.0/12  None  Default  Invalid

> -o csv
source,state,addressPrefix,nextHopType,nextHopIpAddress,name,serviceTag,serviceEndpoint,destinationServiceTags,disableBgpRoutePropagation,hasBgpOverride
Default,Invalid,0.0.0.0/0,Internet,,,,,,false,
User,Active,0.0.0.0/0,VirtualAppliance,"10.0.9.4,10.0.9.5",to-nva,,,,true,true
Default,Active,10.0.0.0/8,None,,,,,,,
Default,Active,10.0.0.0/16,VnetLocal,,,,,,,
Default,Active,fd00::/48,VnetLocal,,,,,,,
VirtualNetworkGateway,Active,10.8.0.0/16,VirtualNetworkGateway,10.0.0.4,,,,,,
Default,Active,20.0.0.0/24,VirtualNetworkServiceEndpoint,,,Storage.WestEurope,Microsoft.Storage,,,
Default,Active,20.0.4.0/24,VirtualNetworkServiceEndpoint,,,Storage.WestEurope,Microsoft.Storage,,,
Default,Active,20.0.8.0/24,VirtualNetworkServiceEndpoint,,,Storage,Microsoft.Storage,,,
Default,Active,20.0.9.0/24,VirtualNetworkServiceEndpoint,,,Storage,Microsoft.Storage,,,
Default,Active,99.0.0.0/24,VirtualNetworkServiceEndpoint,,,,Microsoft.Storage,,,
Default,Active,20.0.12.0/24,VirtualNetworkServiceEndpoint,,,Storage,Microsoft.Storage,,,
User,Active,30.0.0.0/8,None,,to-none,,,,,false
User,Active,40.0.0.0/24,Internet,,by-tag,,,"Sql,Storage",,
User,Active,40.0.1.0/24,Internet,,by-tag,,,"Sql,Storage",,
Default,Active,99.1.0.0/24,VirtualNetworkServiceEndpoint,,,,,,,
Default,Active,100.64.0.0/10,None,,,,,,,
Default,Active,192.168.0.0/16,None,,,,,,,
Default,Invalid,172.16.0.0/12,None,,,,,,,

> -o wide
SOURCE                 STATE    ADDRESS PREFIX  NEXT HOP TYPE                  NEXT HOP IP ADDRESS  NAME     SERVICE TAG         SERVICE ENDPOINT   DESTINATION SERVICE TAGS  DISABLE BGP ROUTE PROPAGATION  HAS BGP OVERRIDE
Default                Invalid  0.0.0.0/0       Internet                       -                    -        -                   -                  -                         false                          -
User                   Active   0.0.0.0/0       VirtualAppliance               10.0.9.4,10.0.9.5    to-nva   -                   -                  -                         true                           true
Default                Active   10.0.0.0/8      None                           -                    -        -                   -                  -                         -                              -
Default                Active   10.0.0.0/16     VnetLocal                      -                    -        -                   -                  -                         -                              -
Default                Active   fd00::/48       VnetLocal                      -                    -        -                   -                  -                         -                              -
VirtualNetworkGateway  Active   10.8.0.0/16     VirtualNetworkGateway          10.0.0.4             -        -                   -                  -                         -                              -
Default                Active   20.0.0.0/24     VirtualNetworkServiceEndpoint  -                    -        Storage.WestEurope  Microsoft.Storage  -                         -                              -
Default                Active   20.0.4.0/24     VirtualNetworkServiceEndpoint  -                    -        Storage.WestEurope  Microsoft.Storage  -                         -                              -
Default                Active   20.0.8.0/24     VirtualNetworkServiceEndpoint  -                    -        Storage             Microsoft.Storage  -                         -                              -
Default                Active   20.0.9.0/24     VirtualNetworkServiceEndpoint  -                    -        Storage             Microsoft.Storage  -                         -                              -
Default                Active   99.0.0.0/24     VirtualNetworkServiceEndpoint  -                    -        -                   Microsoft.Storage  -                         -                              -
Default                Active   20.0.12.0/24    VirtualNetworkServiceEndpoint  -                    -        Storage             Microsoft.Storage  -                         -                              -
User                   Active   30.0.0.0/8      None                           -                    to-none  -                   -                  -                         -                              false
User                   Active   40.0.0.0/24     Internet                       -                    by-tag   -                   -                  Sql,Storage               -                              -
User                   Active   40.0.1.0/24     Internet                       -                    by-tag   -                   -                  Sql,Storage               -                              -
Default                Active   99.1.0.0/24     VirtualNetworkServiceEndpoint  -                    -        -                   -                  -                         -                              -
Default                Active   100.64.0.0/10   None                           -                    -        -                   -                  -                         -                              -
Default                Active   192.168.0.0/16  None                           -                    -        -                   -                  -                         -                              -
Default                Invalid  172.16.0.0/12   None                           -                    -        -                   -                  -                         -                              -

> -o ndjson
{"name":null,"source":"Default","state":"Invalid","addressPrefix":["0.0.0.0/0"],"nextHopType":"Internet","nextHopIpAddress":[],"disableBgpRoutePropagation":false,"hasBgpOverride":null,"destinationServiceTags":[],"tagMap":null,"serviceTag":null,"serviceEndpoint":null,"prefixes":[{"addressPrefix":"0.0.0.0/0","serviceTag":null}]}
{"name":"to-nva","source":"User","state":"Active","addressPrefix":["0.0.0.0/0"],"nextHopType":"VirtualAppliance","nextHopIpAddress":["10.0.9.4","10.0.9.5"],"disableBgpRoutePropagation":true,"hasBgpOverride":true,"destinationServiceTags":[],"tagMap":null,"serviceTag":null,"serviceEndpoint":null,"prefixes":[{"addressPrefix":"0.0.0.0/0","serviceTag":null}]}
{"name":null,"source":"Default","state":"Active","addressPrefix":["10.0.0.0/8"],"nextHopType":"None","nextHopIpAddress":[],"disableBgpRoutePropagation":null,"hasBgpOverride":null,"destinationServiceTags":[],"tagMap":null,"serviceTag":null,"serviceEndpoint":null,"prefixes":[{"addressPrefix":"10.0.0.0/8","serviceTag":null}]}
{"name":null,"source":"Default","state":"Active","addressPrefix":["10.0.0.0/16","fd00::/48"],"nextHopType":"VnetLocal","nextHopIpAddress":[],"disableBgpRoutePropagation":null,"hasBgpOverride":null,"destinationServiceTags":[],"tagMap":null,"serviceTag":null,"serviceEndpoint":null,"prefixes":[{"addressPrefix":"10.0.0.0/16","serviceTag":null},{"addressPrefix":"fd00::/48","serviceTag":null}]}
{"name":null,"source":"VirtualNetworkGateway","state":"Active","addressPrefix":["10.8.0.0/16"],"nextHopType":"VirtualNetworkGateway","nextHopIpAddress":["10.0.0.4"],"disableBgpRoutePropagation":null,"hasBgpOverride":null,"destinationServiceTags":[],"tagMap":null,"serviceTag":null,"serviceEndpoint":null,"prefixes":[{"addressPrefix":"10.8.0.0/16","serviceTag":null}]}
{"name":null,"source":"Default","state":"Active","addressPrefix":["20.0.0.0/24","20.0.4.0/24"],"nextHopType":"VirtualNetworkServiceEndpoint","nextHopIpAddress":[],"disableBgpRoutePropagation":null,"hasBgpOverride":null,"destinationServiceTags":[],"tagMap":null,"serviceTag":{"name":"Storage.WestEurope","matched":2,"total":2},"serviceEndpoint":"Microsoft.Storage","prefixes":[{"addressPrefix":"20.0.0.0/24","serviceTag":"Storage.WestEurope"},{"addressPrefix":"20.0.4.0/24","serviceTag":"Storage.WestEurope"}]}
{"name":null,"source":"Default","state":"Active","addressPrefix":["20.0.8.0/24","99.0.0.0/24","20.0.9.0/24"],"nextHopType":"VirtualNetworkServiceEndpoint","nextHopIpAddress":[],"disableBgpRoutePropagation":null,"hasBgpOverride":null,"destinationServiceTags":[],"tagMap":null,"serviceTag":{"name":"Storage","matched":2,"total":3},"serviceEndpoint":"Microsoft.Storage","prefixes":[{"addressPrefix":"20.0.8.0/24","serviceTag":"Storage"},{"addressPrefix":"20.0.9.0/24","serviceTag":"Storage"},{"addressPrefix":"99.0.0.0/24","serviceTag":null}]}
{"name":null,"source":"Default","state":"Active","addressPrefix":["20.0.12.0/24"],"nextHopType":"VirtualNetworkServiceEndpoint","nextHopIpAddress":[],"disableBgpRoutePropagation":null,"hasBgpOverride":null,"destinationServiceTags":[],"tagMap":null,"serviceTag":{"name":"Storage","matched":1,"total":1},"serviceEndpoint":"Microsoft.Storage","prefixes":[{"addressPrefix":"20.0.12.0/24","serviceTag":"Storage"}]}
{"name":"to-none","source":"User","state":"Active","addressPrefix":["30.0.0.0/8"],"nextHopType":"None","nextHopIpAddress":[],"disableBgpRoutePropagation":null,"hasBgpOverride":false,"destinationServiceTags":[],"tagMap":null,"serviceTag":null,"serviceEndpoint":null,"prefixes":[{"addressPrefix":"30.0.0.0/8","serviceTag":null}]}
{"name":"by-tag","source":"User","state":"Active","addressPrefix":["40.0.0.0/24","40.0.1.0/24"],"nextHopType":"Internet","nextHopIpAddress":[],"disableBgpRoutePropagation":null,"hasBgpOverride":null,"destinationServiceTags":["Sql","Storage"],"tagMap":null,"serviceTag":null,"serviceEndpoint":null,"prefixes":[{"addressPrefix":"40.0.0.0/24","serviceTag":null},{"addressPrefix":"40.0.1.0/24","serviceTag":null}]}
{"name":null,"source":"Default","state":"Active","addressPrefix":["99.1.0.0/24"],"nextHopType":"VirtualNetworkServiceEndpoint","nextHopIpAddress":[],"disableBgpRoutePropagation":null,"hasBgpOverride":null,"destinationServiceTags":[],"tagMap":null,"serviceTag":null,"serviceEndpoint":null,"prefixes":[{"addressPrefix":"99.1.0.0/24","serviceTag":null}]}
{"name":null,"source":"Default","state":"Active","addressPrefix":["100.64.0.0/10","192.168.0.0/16"],"nextHopType":"None","nextHopIpAddress":[],"disableBgpRoutePropagation":null,"hasBgpOverride":null,"destinationServiceTags":[],"tagMap":null,"serviceTag":null,"serviceEndpoint":null,"prefixes":[{"addressPrefix":"100.64.0.0/10","serviceTag":null},{"addressPrefix":"192.168.0.0/16","serviceTag":null}]}
{"name":null,"source":"Default","state":"Invalid","addressPrefix":["172.16.0.0/12"],"nextHopType":"None","nextHopIpAddress":[],"disableBgpRoutePropagation":null,"hasBgpOverride":null,"destinationServiceTags":[],"tagMap":null,"serviceTag":null,"serviceEndpoint":null,"prefixes":[{"addressPrefix":"172.16.0.0/12","serviceTag":null}]}

> on a terminal of 34 columns
⟨2⟩SOURCE         Default⟨22⟩
⟨2⟩STATE          Invalid⟨22⟩
⟨2⟩PREFIX         0.0.0.0/0⟨22⟩
⟨2⟩NEXT HOP TYPE  Internet⟨22⟩

SOURCE         User
STATE          Active
PREFIX         0.0.0.0/0
NEXT HOP TYPE  VirtualAppliance
NEXT HOP IP    10.0.9.4, 10.0.9.5
NAME           to-nva

SOURCE         Default
STATE          Active
PREFIX         10.0.0.0/16 +1
NEXT HOP TYPE  VnetLocal

SOURCE
    VirtualNetworkGateway
STATE          Active
PREFIX         10.8.0.0/16
NEXT HOP TYPE
    VirtualNetworkGateway
NEXT HOP IP    10.0.0.4

SOURCE         Default
STATE          Active
PREFIX         20.0.0.0/24 +1
NEXT HOP TYPE
    VirtualNetworkServiceEndpoint
SERVICE TAG
    Storage.WestEurope  2 prefixes
ENDPOINT       Microsoft.Storage

SOURCE         Default
STATE          Active
PREFIX         20.0.8.0/24 +2
NEXT HOP TYPE
    VirtualNetworkServiceEndpoint
SERVICE TAG
    Storage  2 of 3 prefixes
ENDPOINT       Microsoft.Storage

SOURCE         Default
STATE          Active
PREFIX         20.0.12.0/24
NEXT HOP TYPE
    VirtualNetworkServiceEndpoint
SERVICE TAG    Storage
ENDPOINT       Microsoft.Storage

⟨31⟩SOURCE         User⟨39⟩
⟨31⟩STATE          Active⟨39⟩
⟨31⟩PREFIX         30.0.0.0/8⟨39⟩
⟨31⟩NEXT HOP TYPE  None⟨39⟩
⟨31⟩NAME           to-none⟨39⟩

SOURCE         User
STATE          Active
PREFIX         40.0.0.0/24 +1
NEXT HOP TYPE  Internet
NAME           by-tag
SERVICE TAG
    Sql, Storage  2 prefixes

SOURCE         Default
STATE          Active
PREFIX         99.1.0.0/24
NEXT HOP TYPE
    VirtualNetworkServiceEndpoint

⟨31⟩SOURCE         Default⟨39⟩
⟨31⟩STATE          Active⟨39⟩
⟨31⟩PREFIX         3 prefixes⟨39⟩
⟨31⟩NEXT HOP TYPE  None⟨39⟩

⟨2⟩SOURCE         Default⟨22⟩
⟨2⟩STATE          Invalid⟨22⟩
⟨2⟩PREFIX         172.16.0.0/12⟨22⟩
⟨2⟩NEXT HOP TYPE  None⟨22⟩

> on a terminal of 44 columns
⟨1⟩PREFIX                 NEXT HOP⟨22⟩
⟨2⟩0.0.0.0/0              Internet (Invalid)⟨22⟩
0.0.0.0/0              VirtualAppliance
                       10.0.9.4, 10.0.9.5,
                       to-nva
10.0.0.0/16 +1         VnetLocal
10.8.0.0/16            VirtualNetworkGateway
                       10.0.0.4
20.0.0.0/24 +1         service endpoint
                       Storage.WestEurope
20.0.8.0/24 +2         service endpoint
                       Storage, 2 of 3
                       prefixes
20.0.12.0/24           service endpoint
                       Storage
⟨31⟩30.0.0.0/8             None, to-none⟨39⟩
40.0.0.0/24 +1 (Sql,   Internet, by-tag
Storage)
99.1.0.0/24            service endpoint
⟨31⟩3 prefixes             None⟨39⟩
⟨2⟩172.16.0.0/12          None (Invalid)⟨22⟩
⟨2⟩hidden at 44 columns: SOURCE, ENDPOINT (-o⟨22⟩
⟨2⟩    wide shows all)⟨22⟩

> on a terminal of 60 columns
⟨1⟩PREFIX                         NEXT HOP⟨22⟩
⟨2⟩0.0.0.0/0                      Internet (Invalid)⟨22⟩
0.0.0.0/0                      VirtualAppliance 10.0.9.4,
                               10.0.9.5, to-nva
10.0.0.0/16 +1                 VnetLocal
10.8.0.0/16                    VirtualNetworkGateway
                               10.0.0.4
20.0.0.0/24 +1                 service endpoint
                               Storage.WestEurope
20.0.8.0/24 +2                 service endpoint Storage, 2
                               of 3 prefixes
20.0.12.0/24                   service endpoint Storage
⟨31⟩30.0.0.0/8                     None, to-none⟨39⟩
40.0.0.0/24 +1 (Sql, Storage)  Internet, by-tag
99.1.0.0/24                    service endpoint
⟨31⟩3 prefixes                     None⟨39⟩
⟨2⟩172.16.0.0/12                  None (Invalid)⟨22⟩
⟨2⟩hidden at 60 columns: SOURCE, ENDPOINT (-o wide shows all)⟨22⟩

> on a terminal of 80 columns
⟨1⟩PREFIX                       NEXT HOP                      SOURCE⟨22⟩
⟨2⟩0.0.0.0/0                    Internet (Invalid)            Default⟨22⟩
0.0.0.0/0                    VirtualAppliance 10.0.9.4,    User
                             10.0.9.5, to-nva
10.0.0.0/16 +1               VnetLocal                     Default
10.8.0.0/16                  VirtualNetworkGateway         VirtualNetworkGateway
                             10.0.0.4
20.0.0.0/24 +1               service endpoint              Default
                             Storage.WestEurope
20.0.8.0/24 +2               service endpoint Storage, 2   Default
                             of 3 prefixes
20.0.12.0/24                 service endpoint Storage      Default
⟨31⟩30.0.0.0/8                   None, to-none                 User⟨39⟩
40.0.0.0/24 +1 (Sql,         Internet, by-tag              User
Storage)
99.1.0.0/24                  service endpoint              Default
⟨31⟩3 prefixes                   None                          Default⟨39⟩
⟨2⟩172.16.0.0/12                None (Invalid)                Default⟨22⟩
⟨2⟩hidden at 80 columns: ENDPOINT (-o wide shows all)⟨22⟩

> on a terminal of 100 columns
⟨1⟩PREFIX                         NEXT HOP                                   SOURCE⟨22⟩
⟨2⟩0.0.0.0/0                      Internet (Invalid)                         Default⟨22⟩
0.0.0.0/0                      VirtualAppliance 10.0.9.4, 10.0.9.5        User to-nva
10.0.0.0/16 +1                 VnetLocal                                  Default
10.8.0.0/16                    VirtualNetworkGateway 10.0.0.4             VirtualNetworkGateway
20.0.0.0/24 +1                 service endpoint Storage.WestEurope        Default
20.0.8.0/24 +2                 service endpoint Storage, 2 of 3 prefixes  Default
20.0.12.0/24                   service endpoint Storage                   Default
⟨31⟩30.0.0.0/8                     None                                       User to-none⟨39⟩
40.0.0.0/24 +1 (Sql, Storage)  Internet                                   User by-tag
99.1.0.0/24                    service endpoint                           Default
⟨31⟩3 prefixes                     None                                       Default⟨39⟩
⟨2⟩172.16.0.0/12                  None (Invalid)                             Default⟨22⟩
⟨2⟩hidden at 100 columns: ENDPOINT (-o wide shows all)⟨22⟩

> on a terminal of 160 columns
⟨1⟩SOURCE                 STATE    PREFIX          NEXT HOP TYPE                  NEXT HOP IP         NAME     SERVICE TAG                     ENDPOINT⟨22⟩
⟨2⟩Default                Invalid  0.0.0.0/0       Internet                       -                   -        -                               -⟨22⟩
User                   Active   0.0.0.0/0       VirtualAppliance               10.0.9.4, 10.0.9.5  to-nva   -                               -
Default                Active   10.0.0.0/16 +1  VnetLocal                      -                   -        -                               -
VirtualNetworkGateway  Active   10.8.0.0/16     VirtualNetworkGateway          10.0.0.4            -        -                               -
Default                Active   20.0.0.0/24 +1  VirtualNetworkServiceEndpoint  -                   -        Storage.WestEurope  2 prefixes  Microsoft.Storage
Default                Active   20.0.8.0/24 +2  VirtualNetworkServiceEndpoint  -                   -        Storage  2 of 3 prefixes        Microsoft.Storage
Default                Active   20.0.12.0/24    VirtualNetworkServiceEndpoint  -                   -        Storage                         Microsoft.Storage
⟨31⟩User                   Active   30.0.0.0/8      None                           -                   to-none  -                               -⟨39⟩
User                   Active   40.0.0.0/24 +1  Internet                       -                   by-tag   Sql, Storage  2 prefixes        -
Default                Active   99.1.0.0/24     VirtualNetworkServiceEndpoint  -                   -        -                               -
⟨31⟩Default                Active   3 prefixes      None                           -                   -        -                               -⟨39⟩
⟨2⟩Default                Invalid  172.16.0.0/12   None                           -                   -        -                               -⟨22⟩
`);
});

test("expanded on a narrow terminal", async () => {
  const text = await transcript([...asked, "--expand"], { forms: [], widths: [44, 70], stdin: TABLE });
  expect(text).toBe(`
> on a terminal of 44 columns
⟨1⟩PREFIX                 NEXT HOP⟨22⟩
⟨2⟩0.0.0.0/0              Internet (Invalid)⟨22⟩
0.0.0.0/0              VirtualAppliance
                       10.0.9.4, 10.0.9.5,
                       to-nva
⟨31⟩10.0.0.0/8             None⟨39⟩
10.0.0.0/16            VnetLocal
fd00::/48              VnetLocal
10.8.0.0/16            VirtualNetworkGateway
                       10.0.0.4
20.0.0.0/24            service endpoint
                       Storage.WestEurope
20.0.4.0/24            service endpoint
                       Storage.WestEurope
20.0.8.0/24            service endpoint
                       Storage
20.0.9.0/24            service endpoint
                       Storage
99.0.0.0/24            service endpoint
                       Microsoft.Storage
20.0.12.0/24           service endpoint
                       Storage
⟨31⟩30.0.0.0/8             None, to-none⟨39⟩
40.0.0.0/24 (Sql,      Internet, by-tag
Storage)
40.0.1.0/24 (Sql,      Internet, by-tag
Storage)
99.1.0.0/24            service endpoint
⟨31⟩100.64.0.0/10          None⟨39⟩
⟨31⟩192.168.0.0/16         None⟨39⟩
⟨2⟩172.16.0.0/12          None (Invalid)⟨22⟩
⟨2⟩hidden at 44 columns: SOURCE, ENDPOINT (-o⟨22⟩
⟨2⟩    wide shows all)⟨22⟩

> on a terminal of 70 columns
⟨1⟩PREFIX                  NEXT HOP                 SOURCE⟨22⟩
⟨2⟩0.0.0.0/0               Internet (Invalid)       Default⟨22⟩
0.0.0.0/0               VirtualAppliance         User
                        10.0.9.4, 10.0.9.5,
                        to-nva
⟨31⟩10.0.0.0/8              None                     Default⟨39⟩
10.0.0.0/16             VnetLocal                Default
fd00::/48               VnetLocal                Default
10.8.0.0/16             VirtualNetworkGateway    VirtualNetworkGateway
                        10.0.0.4
20.0.0.0/24             service endpoint         Default
                        Storage.WestEurope
20.0.4.0/24             service endpoint         Default
                        Storage.WestEurope
20.0.8.0/24             service endpoint         Default
                        Storage
20.0.9.0/24             service endpoint         Default
                        Storage
99.0.0.0/24             service endpoint         Default
                        Microsoft.Storage
20.0.12.0/24            service endpoint         Default
                        Storage
⟨31⟩30.0.0.0/8              None, to-none            User⟨39⟩
40.0.0.0/24 (Sql,       Internet, by-tag         User
Storage)
40.0.1.0/24 (Sql,       Internet, by-tag         User
Storage)
99.1.0.0/24             service endpoint         Default
⟨31⟩100.64.0.0/10           None                     Default⟨39⟩
⟨31⟩192.168.0.0/16          None                     Default⟨39⟩
⟨2⟩172.16.0.0/12           None (Invalid)           Default⟨22⟩
⟨2⟩hidden at 70 columns: ENDPOINT (-o wide shows all)⟨22⟩
`);
});

test("chosen columns, sorted rows, no headings", async () => {
  const text = await transcript(asked, {
    ...{
      forms: [
        "--columns source,addressPrefix,hasBgpOverride",
        "--columns prefix,next-hop-type --sort -prefix",
        "--sort name,-addressPrefix",
        "--no-headers",
        "--columns hasBgpOverride,disableBgpRoutePropagation,destinationServiceTags --sort source -o csv",
        "--sort serviceTag -o tsv",
        "--no-headers -o csv",
        "--no-headers -o markdown",
        "--no-headers -o wide --columns name,source",
      ],
      widths: [],
      stdin: TABLE,
    },
  });
  expect(text).toBe(`
> --columns source,addressPrefix,hasBgpOverride
SOURCE                 PREFIX          HAS BGP OVERRIDE
Default                0.0.0.0/0       -
User                   0.0.0.0/0       true
Default                10.0.0.0/16 +1  -
VirtualNetworkGateway  10.8.0.0/16     -
Default                20.0.0.0/24 +1  -
Default                20.0.8.0/24 +2  -
Default                20.0.12.0/24    -
User                   30.0.0.0/8      false
User                   40.0.0.0/24 +1  -
Default                99.1.0.0/24     -
Default                3 prefixes      -
Default                172.16.0.0/12   -

> --columns prefix,next-hop-type --sort -prefix
PREFIX          NEXT HOP TYPE
3 prefixes      None
172.16.0.0/12   None
99.1.0.0/24     VirtualNetworkServiceEndpoint
40.0.0.0/24 +1  Internet
30.0.0.0/8      None
20.0.12.0/24    VirtualNetworkServiceEndpoint
20.0.8.0/24 +2  VirtualNetworkServiceEndpoint
20.0.0.0/24 +1  VirtualNetworkServiceEndpoint
10.8.0.0/16     VirtualNetworkGateway
10.0.0.0/16 +1  VnetLocal
0.0.0.0/0       Internet
0.0.0.0/0       VirtualAppliance

> --sort name,-addressPrefix
SOURCE                 STATE    PREFIX          NEXT HOP TYPE                  NEXT HOP IP         NAME     SERVICE TAG                     ENDPOINT
User                   Active   40.0.0.0/24 +1  Internet                       -                   by-tag   Sql, Storage  2 prefixes        -
User                   Active   30.0.0.0/8      None                           -                   to-none  -                               -
User                   Active   0.0.0.0/0       VirtualAppliance               10.0.9.4, 10.0.9.5  to-nva   -                               -
Default                Active   3 prefixes      None                           -                   -        -                               -
Default                Invalid  172.16.0.0/12   None                           -                   -        -                               -
Default                Active   99.1.0.0/24     VirtualNetworkServiceEndpoint  -                   -        -                               -
Default                Active   20.0.12.0/24    VirtualNetworkServiceEndpoint  -                   -        Storage                         Microsoft.Storage
Default                Active   20.0.8.0/24 +2  VirtualNetworkServiceEndpoint  -                   -        Storage  2 of 3 prefixes        Microsoft.Storage
Default                Active   20.0.0.0/24 +1  VirtualNetworkServiceEndpoint  -                   -        Storage.WestEurope  2 prefixes  Microsoft.Storage
VirtualNetworkGateway  Active   10.8.0.0/16     VirtualNetworkGateway          10.0.0.4            -        -                               -
Default                Active   10.0.0.0/16 +1  VnetLocal                      -                   -        -                               -
Default                Invalid  0.0.0.0/0       Internet                       -                   -        -                               -

> --no-headers
Default                Invalid  0.0.0.0/0       Internet                       -                   -        -                               -
User                   Active   0.0.0.0/0       VirtualAppliance               10.0.9.4, 10.0.9.5  to-nva   -                               -
Default                Active   10.0.0.0/16 +1  VnetLocal                      -                   -        -                               -
VirtualNetworkGateway  Active   10.8.0.0/16     VirtualNetworkGateway          10.0.0.4            -        -                               -
Default                Active   20.0.0.0/24 +1  VirtualNetworkServiceEndpoint  -                   -        Storage.WestEurope  2 prefixes  Microsoft.Storage
Default                Active   20.0.8.0/24 +2  VirtualNetworkServiceEndpoint  -                   -        Storage  2 of 3 prefixes        Microsoft.Storage
Default                Active   20.0.12.0/24    VirtualNetworkServiceEndpoint  -                   -        Storage                         Microsoft.Storage
User                   Active   30.0.0.0/8      None                           -                   to-none  -                               -
User                   Active   40.0.0.0/24 +1  Internet                       -                   by-tag   Sql, Storage  2 prefixes        -
Default                Active   99.1.0.0/24     VirtualNetworkServiceEndpoint  -                   -        -                               -
Default                Active   3 prefixes      None                           -                   -        -                               -
Default                Invalid  172.16.0.0/12   None                           -                   -        -                               -

> --columns hasBgpOverride,disableBgpRoutePropagation,destinationServiceTags --sort source -o csv
hasBgpOverride,disableBgpRoutePropagation,destinationServiceTags
,false,
,,
,,
,,
,,
,,
,,
,,
,,
,,
,,
,,
,,
,,
true,true,
false,,
,,"Sql,Storage"
,,"Sql,Storage"
,,

> --sort serviceTag -o tsv
Default	Active	20.0.8.0/24	VirtualNetworkServiceEndpoint	-	-	Storage	Microsoft.Storage	-	-	-
Default	Active	20.0.9.0/24	VirtualNetworkServiceEndpoint	-	-	Storage	Microsoft.Storage	-	-	-
Default	Active	20.0.12.0/24	VirtualNetworkServiceEndpoint	-	-	Storage	Microsoft.Storage	-	-	-
Default	Active	20.0.0.0/24	VirtualNetworkServiceEndpoint	-	-	Storage.WestEurope	Microsoft.Storage	-	-	-
Default	Active	20.0.4.0/24	VirtualNetworkServiceEndpoint	-	-	Storage.WestEurope	Microsoft.Storage	-	-	-
Default	Invalid	0.0.0.0/0	Internet	-	-	-	-	-	false	-
User	Active	0.0.0.0/0	VirtualAppliance	10.0.9.4,10.0.9.5	to-nva	-	-	-	true	true
Default	Active	10.0.0.0/8	None	-	-	-	-	-	-	-
Default	Active	10.0.0.0/16	VnetLocal	-	-	-	-	-	-	-
Default	Active	fd00::/48	VnetLocal	-	-	-	-	-	-	-
VirtualNetworkGateway	Active	10.8.0.0/16	VirtualNetworkGateway	10.0.0.4	-	-	-	-	-	-
Default	Active	99.0.0.0/24	VirtualNetworkServiceEndpoint	-	-	-	Microsoft.Storage	-	-	-
User	Active	30.0.0.0/8	None	-	to-none	-	-	-	-	false
User	Active	40.0.0.0/24	Internet	-	by-tag	-	-	Sql,Storage	-	-
User	Active	40.0.1.0/24	Internet	-	by-tag	-	-	Sql,Storage	-	-
Default	Active	99.1.0.0/24	VirtualNetworkServiceEndpoint	-	-	-	-	-	-	-
Default	Active	100.64.0.0/10	None	-	-	-	-	-	-	-
Default	Active	192.168.0.0/16	None	-	-	-	-	-	-	-
Default	Invalid	172.16.0.0/12	None	-	-	-	-	-	-	-

> --no-headers -o csv
Default,Invalid,0.0.0.0/0,Internet,,,,,,false,
User,Active,0.0.0.0/0,VirtualAppliance,"10.0.9.4,10.0.9.5",to-nva,,,,true,true
Default,Active,10.0.0.0/8,None,,,,,,,
Default,Active,10.0.0.0/16,VnetLocal,,,,,,,
Default,Active,fd00::/48,VnetLocal,,,,,,,
VirtualNetworkGateway,Active,10.8.0.0/16,VirtualNetworkGateway,10.0.0.4,,,,,,
Default,Active,20.0.0.0/24,VirtualNetworkServiceEndpoint,,,Storage.WestEurope,Microsoft.Storage,,,
Default,Active,20.0.4.0/24,VirtualNetworkServiceEndpoint,,,Storage.WestEurope,Microsoft.Storage,,,
Default,Active,20.0.8.0/24,VirtualNetworkServiceEndpoint,,,Storage,Microsoft.Storage,,,
Default,Active,20.0.9.0/24,VirtualNetworkServiceEndpoint,,,Storage,Microsoft.Storage,,,
Default,Active,99.0.0.0/24,VirtualNetworkServiceEndpoint,,,,Microsoft.Storage,,,
Default,Active,20.0.12.0/24,VirtualNetworkServiceEndpoint,,,Storage,Microsoft.Storage,,,
User,Active,30.0.0.0/8,None,,to-none,,,,,false
User,Active,40.0.0.0/24,Internet,,by-tag,,,"Sql,Storage",,
User,Active,40.0.1.0/24,Internet,,by-tag,,,"Sql,Storage",,
Default,Active,99.1.0.0/24,VirtualNetworkServiceEndpoint,,,,,,,
Default,Active,100.64.0.0/10,None,,,,,,,
Default,Active,192.168.0.0/16,None,,,,,,,
Default,Invalid,172.16.0.0/12,None,,,,,,,

> --no-headers -o markdown
| Default | Invalid | 0.0.0.0/0 | Internet |  |  |  |  |  | false |  |
| User | Active | 0.0.0.0/0 | VirtualAppliance | 10.0.9.4,10.0.9.5 | to-nva |  |  |  | true | true |
| Default | Active | 10.0.0.0/8 | None |  |  |  |  |  |  |  |
| Default | Active | 10.0.0.0/16 | VnetLocal |  |  |  |  |  |  |  |
| Default | Active | fd00::/48 | VnetLocal |  |  |  |  |  |  |  |
| VirtualNetworkGateway | Active | 10.8.0.0/16 | VirtualNetworkGateway | 10.0.0.4 |  |  |  |  |  |  |
| Default | Active | 20.0.0.0/24 | VirtualNetworkServiceEndpoint |  |  | Storage.WestEurope | Microsoft.Storage |  |  |  |
| Default | Active | 20.0.4.0/24 | VirtualNetworkServiceEndpoint |  |  | Storage.WestEurope | Microsoft.Storage |  |  |  |
| Default | Active | 20.0.8.0/24 | VirtualNetworkServiceEndpoint |  |  | Storage | Microsoft.Storage |  |  |  |
| Default | Active | 20.0.9.0/24 | VirtualNetworkServiceEndpoint |  |  | Storage | Microsoft.Storage |  |  |  |
| Default | Active | 99.0.0.0/24 | VirtualNetworkServiceEndpoint |  |  |  | Microsoft.Storage |  |  |  |
| Default | Active | 20.0.12.0/24 | VirtualNetworkServiceEndpoint |  |  | Storage | Microsoft.Storage |  |  |  |
| User | Active | 30.0.0.0/8 | None |  | to-none |  |  |  |  | false |
| User | Active | 40.0.0.0/24 | Internet |  | by-tag |  |  | Sql,Storage |  |  |
| User | Active | 40.0.1.0/24 | Internet |  | by-tag |  |  | Sql,Storage |  |  |
| Default | Active | 99.1.0.0/24 | VirtualNetworkServiceEndpoint |  |  |  |  |  |  |  |
| Default | Active | 100.64.0.0/10 | None |  |  |  |  |  |  |  |
| Default | Active | 192.168.0.0/16 | None |  |  |  |  |  |  |  |
| Default | Invalid | 172.16.0.0/12 | None |  |  |  |  |  |  |  |

> --no-headers -o wide --columns name,source
-        Default
to-nva   User
-        Default
-        Default
-        Default
-        VirtualNetworkGateway
-        Default
-        Default
-        Default
-        Default
-        Default
-        Default
to-none  User
by-tag   User
by-tag   User
-        Default
-        Default
-        Default
-        Default
`);
});

test("a filter shows the prefix that was searched for", async () => {
  const text = await transcript(asked, {
    ...{ forms: ["--contains 20.0.4.1", "--next-hop None", "--state invalid", "--tag Storage"], stdin: TABLE },
  });
  expect(text).toBe(`
> --contains 20.0.4.1
SOURCE   STATE    PREFIX          NEXT HOP TYPE                  NEXT HOP IP         NAME    SERVICE TAG                     ENDPOINT
Default  Invalid  0.0.0.0/0       Internet                       -                   -       -                               -
User     Active   0.0.0.0/0       VirtualAppliance               10.0.9.4, 10.0.9.5  to-nva  -                               -
Default  Active   20.0.4.0/24 +1  VirtualNetworkServiceEndpoint  -                   -       Storage.WestEurope  2 prefixes  Microsoft.Storage

> --next-hop None
SOURCE   STATE    PREFIX            NEXT HOP TYPE  NEXT HOP IP  NAME     SERVICE TAG  ENDPOINT
Default  Active   10.0.0.0/8        None           -            -        -            -
User     Active   30.0.0.0/8        None           -            to-none  -            -
Default  Active   100.64.0.0/10 +1  None           -            -        -            -
Default  Invalid  172.16.0.0/12     None           -            -        -            -

> --state invalid
SOURCE   STATE    PREFIX         NEXT HOP TYPE  NEXT HOP IP  NAME  SERVICE TAG  ENDPOINT
Default  Invalid  0.0.0.0/0      Internet       -            -     -            -
Default  Invalid  172.16.0.0/12  None           -            -     -            -

> --tag Storage
SOURCE   STATE   PREFIX          NEXT HOP TYPE                  NEXT HOP IP  NAME    SERVICE TAG                     ENDPOINT
Default  Active  20.0.0.0/24 +1  VirtualNetworkServiceEndpoint  -            -       Storage.WestEurope  2 prefixes  Microsoft.Storage
Default  Active  20.0.8.0/24 +2  VirtualNetworkServiceEndpoint  -            -       Storage  2 of 3 prefixes        Microsoft.Storage
Default  Active  20.0.12.0/24    VirtualNetworkServiceEndpoint  -            -       Storage                         Microsoft.Storage
User     Active  40.0.0.0/24 +1  Internet                       -            by-tag  Sql, Storage  2 prefixes        -
`);
});
