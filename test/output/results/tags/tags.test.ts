import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../../commands/run-in-process.ts";
import { temporaryDirectory } from "../../../store/temporary-directory.ts";
import { printed } from "../../printed.ts";
import { transcript } from "../../transcript.ts";

type Tag = readonly [name: string, region: string, service: string, prefixes: readonly string[]];

const tagFile = (changeNumber: number, tags: readonly Tag[]) =>
  JSON.stringify({
    changeNumber,
    cloud: "Public",
    values: tags.map(([name, region, systemService, addressPrefixes], at) => ({
      ...{ name, id: name },
      properties: { changeNumber: at + 1, region, platform: "Azure", systemService, addressPrefixes },
    })),
  });
const many = (from: number, count: number) => Array.from({ length: count }, (_, k) => `40.${from + 2 * k}.0.0/16`);
const OLD: readonly Tag[] = [
  ["Storage", "", "AzureStorage", ["20.0.0.0/16", "20.2.0.0/24", "2603:1000::/48"]],
  ["Storage.WestEurope", "westeurope", "AzureStorage", ["20.0.0.0/24", "20.0.4.0/23"]],
  ["Sql", "", "AzureSQL", ["30.0.0.0/25", "30.0.0.128/25"]],
  ["Gone", "", "", ["50.0.0.0/24"]],
  ["Wide", "", "AzureWide", many(0, 8)],
];
const NEW: readonly Tag[] = [
  ["Storage", "", "AzureStorage", ["20.0.0.0/16", "20.3.0.0/24", "20.4.0.0/24", "2603:1000::/48"]],
  ["Storage.WestEurope", "westeurope", "AzureStorage", ["20.0.0.0/24", "20.0.4.0/24"]],
  ["Sql", "", "AzureSQL", ["30.0.0.0/24"]],
  ["Fresh", "", "AzureFresh", ["60.0.0.0/24", "60.0.1.0/24"]],
  ["Wide", "", "AzureWide", many(1, 9)],
];
const scratch = temporaryDirectory();
mkdirSync(join(scratch, "old"), { recursive: true });
const [older, newer] = [
  join(scratch, "ServiceTags_Public_20251229.json"),
  join(scratch, "ServiceTags_Public_20260105.json"),
];
writeFileSync(older, tagFile(7, OLD));
writeFileSync(newer, tagFile(8, NEW));
const routes = join(scratch, "routes.json");
const row = (addressPrefix: readonly string[], nextHopType: string, more: object = {}) => ({
  ...{ source: "Default", state: "Active", addressPrefix, nextHopType, nextHopIpAddress: [], ...more },
});
writeFileSync(
  routes,
  JSON.stringify([
    row(["20.0.0.0/24", "20.0.4.0/23"], "VirtualNetworkServiceEndpoint"),
    row(["20.2.0.0/16"], "VirtualAppliance", { source: "User", name: "to-nva", nextHopIpAddress: ["10.0.0.4"] }),
    row(["20.0.0.0/16", "20.2.0.0/24"], "Internet", {
      source: "User",
      name: "by-tag",
      destinationServiceTags: ["Storage"],
    }),
    row(["0.0.0.0/0"], "Internet"),
  ]),
);
const hidden = { [scratch]: "DIR" };
const FORMS = ["", "-o short", "-o csv", "-o wide", "-o ndjson"];

test("look-ups: addresses and prefixes with tags, without, and refused", async () => {
  const text = await transcript(["tags", "lookup", "20.0.0.1", "8.8.8.8", "20.0.4.0/24", "--tags", older], {
    ...{ forms: [...FORMS, "--sort error"], widths: [44, 60], hidden },
  });
  expect(text).toBe(`
>
ADDRESS      SERVICE TAG         PREFIX       REGION      SYSTEM SERVICE
20.0.0.1     Storage.WestEurope  20.0.0.0/24  westeurope  AzureStorage
20.0.0.1     Storage             20.0.0.0/16  -           AzureStorage
8.8.8.8      -                   -            -           -
20.0.4.0/24  Storage.WestEurope  20.0.4.0/23  westeurope  AzureStorage
20.0.4.0/24  Storage             20.0.0.0/16  -           AzureStorage

> -o short
20.0.0.1  Storage.WestEurope, Storage
8.8.8.8  -
20.0.4.0/24  Storage.WestEurope, Storage

> -o csv
address,serviceTag,addressPrefix,region,systemService,error
20.0.0.1,Storage.WestEurope,20.0.0.0/24,westeurope,AzureStorage,
20.0.0.1,Storage,20.0.0.0/16,,AzureStorage,
8.8.8.8,,,,,
20.0.4.0/24,Storage.WestEurope,20.0.4.0/23,westeurope,AzureStorage,
20.0.4.0/24,Storage,20.0.0.0/16,,AzureStorage,

> -o wide
ADDRESS      SERVICE TAG         ADDRESS PREFIX  REGION      SYSTEM SERVICE  ERROR
20.0.0.1     Storage.WestEurope  20.0.0.0/24     westeurope  AzureStorage    -
20.0.0.1     Storage             20.0.0.0/16     -           AzureStorage    -
8.8.8.8      -                   -               -           -               -
20.0.4.0/24  Storage.WestEurope  20.0.4.0/23     westeurope  AzureStorage    -
20.0.4.0/24  Storage             20.0.0.0/16     -           AzureStorage    -

> -o ndjson
{"address":"20.0.0.1","serviceTags":[{"name":"Storage.WestEurope","addressPrefix":"20.0.0.0/24","region":"westeurope","systemService":"AzureStorage"},{"name":"Storage","addressPrefix":"20.0.0.0/16","region":null,"systemService":"AzureStorage"}]}
{"address":"8.8.8.8","serviceTags":[]}
{"address":"20.0.4.0/24","serviceTags":[{"name":"Storage.WestEurope","addressPrefix":"20.0.4.0/23","region":"westeurope","systemService":"AzureStorage"},{"name":"Storage","addressPrefix":"20.0.0.0/16","region":null,"systemService":"AzureStorage"}]}

> --sort error
ADDRESS      SERVICE TAG         PREFIX       REGION      SYSTEM SERVICE
20.0.0.1     Storage.WestEurope  20.0.0.0/24  westeurope  AzureStorage
20.0.0.1     Storage             20.0.0.0/16  -           AzureStorage
8.8.8.8      -                   -            -           -
20.0.4.0/24  Storage.WestEurope  20.0.4.0/23  westeurope  AzureStorage
20.0.4.0/24  Storage             20.0.0.0/16  -           AzureStorage

> on a terminal of 44 columns
⟨1⟩ADDRESS      SERVICE TAG         PREFIX⟨22⟩
20.0.0.1     Storage.WestEurope  20.0.0.0/24
20.0.0.1     Storage             20.0.0.0/16
⟨2⟩8.8.8.8      -                   -⟨22⟩
20.0.4.0/24  Storage.WestEurope  20.0.4.0/23
20.0.4.0/24  Storage             20.0.0.0/16
⟨2⟩hidden at 44 columns: REGION, SYSTEM SERVICE⟨22⟩
⟨2⟩    (-o wide shows all)⟨22⟩

> on a terminal of 60 columns
⟨1⟩ADDRESS      SERVICE TAG         PREFIX       REGION⟨22⟩
20.0.0.1     Storage.WestEurope  20.0.0.0/24  westeurope
20.0.0.1     Storage             20.0.0.0/16  -
⟨2⟩8.8.8.8      -                   -            -⟨22⟩
20.0.4.0/24  Storage.WestEurope  20.0.4.0/23  westeurope
20.0.4.0/24  Storage             20.0.0.0/16  -
⟨2⟩hidden at 60 columns: SYSTEM SERVICE (-o wide shows all)⟨22⟩
`);
  const streamed = await transcript(["tags", "lookup", "-", "--tags", older], {
    ...{ forms: FORMS, widths: [44], stdin: "20.0.0.1\n010.1.1.1\n8.8.8.8\n", hidden },
  });
  expect(streamed).toBe(`
>
ADDRESS    SERVICE TAG         ADDRESS PREFIX  REGION      SYSTEM SERVICE  ERROR
20.0.0.1   Storage.WestEurope  20.0.0.0/24     westeurope  AzureStorage    -
20.0.0.1   Storage             20.0.0.0/16     -           AzureStorage    -
010.1.1.1  -                   -               -           -               address-leading-zero
8.8.8.8    -                   -               -           -               -
exit code 2

> -o short
20.0.0.1  Storage.WestEurope, Storage
010.1.1.1  refused: '010.1.1.1' has a leading zero, which some programs read as octal
8.8.8.8  -
exit code 2

> -o csv
address,serviceTag,addressPrefix,region,systemService,error
20.0.0.1,Storage.WestEurope,20.0.0.0/24,westeurope,AzureStorage,
20.0.0.1,Storage,20.0.0.0/16,,AzureStorage,
010.1.1.1,,,,,address-leading-zero
8.8.8.8,,,,,
exit code 2

> -o wide
ADDRESS    SERVICE TAG         ADDRESS PREFIX  REGION      SYSTEM SERVICE  ERROR
20.0.0.1   Storage.WestEurope  20.0.0.0/24     westeurope  AzureStorage    -
20.0.0.1   Storage             20.0.0.0/16     -           AzureStorage    -
010.1.1.1  -                   -               -           -               address-leading-zero
8.8.8.8    -                   -               -           -               -
exit code 2

> -o ndjson
{"address":"20.0.0.1","serviceTags":[{"name":"Storage.WestEurope","addressPrefix":"20.0.0.0/24","region":"westeurope","systemService":"AzureStorage"},{"name":"Storage","addressPrefix":"20.0.0.0/16","region":null,"systemService":"AzureStorage"}]}
{"address":"010.1.1.1","line":2,"error":{"code":"address-leading-zero","message":"'010.1.1.1' has a leading zero, which some programs read as octal","hint":"write 10.1.1.1"}}
{"address":"8.8.8.8","serviceTags":[]}
exit code 2

> on a terminal of 44 columns
ADDRESS         20.0.0.1
SERVICE TAG     Storage.WestEurope
ADDRESS PREFIX  20.0.0.0/24
REGION          westeurope
SYSTEM SERVICE  AzureStorage

ADDRESS         20.0.0.1
SERVICE TAG     Storage
ADDRESS PREFIX  20.0.0.0/16
SYSTEM SERVICE  AzureStorage

ADDRESS         010.1.1.1
ERROR           address-leading-zero

ADDRESS         8.8.8.8
exit code 2
`);
});

test("the list of tags", async () => {
  const text = await transcript(["tags", "list", "--tags", older], {
    ...{ forms: [...FORMS, "--columns serviceTag,changeNumber", "--sort -changeNumber"], widths: [30, 44, 60], hidden },
  });
  expect(text).toBe(`
>
SERVICE TAG         REGION      SYSTEM SERVICE  IPV4 PREFIXES  IPV6 PREFIXES
Storage             -           AzureStorage    2              1
Storage.WestEurope  westeurope  AzureStorage    2              0
Sql                 -           AzureSQL        2              0
Gone                -           -               1              0
Wide                -           AzureWide       8              0

> -o short
Storage  -  AzureStorage  2  1  1
Storage.WestEurope  westeurope  AzureStorage  2  0  2
Sql  -  AzureSQL  2  0  3
Gone  -  -  1  0  4
Wide  -  AzureWide  8  0  5

> -o csv
serviceTag,region,systemService,ipv4Prefixes,ipv6Prefixes,changeNumber
Storage,,AzureStorage,2,1,1
Storage.WestEurope,westeurope,AzureStorage,2,0,2
Sql,,AzureSQL,2,0,3
Gone,,,1,0,4
Wide,,AzureWide,8,0,5

> -o wide
SERVICE TAG         REGION      SYSTEM SERVICE  IPV4 PREFIXES  IPV6 PREFIXES  CHANGE NUMBER
Storage             -           AzureStorage    2              1              1
Storage.WestEurope  westeurope  AzureStorage    2              0              2
Sql                 -           AzureSQL        2              0              3
Gone                -           -               1              0              4
Wide                -           AzureWide       8              0              5

> -o ndjson
{"name":"Storage","region":null,"systemService":"AzureStorage","changeNumber":"1","networkFeatures":[],"prefixes":{"v4":2,"v6":1}}
{"name":"Storage.WestEurope","region":"westeurope","systemService":"AzureStorage","changeNumber":"2","networkFeatures":[],"prefixes":{"v4":2,"v6":0}}
{"name":"Sql","region":null,"systemService":"AzureSQL","changeNumber":"3","networkFeatures":[],"prefixes":{"v4":2,"v6":0}}
{"name":"Gone","region":null,"systemService":null,"changeNumber":"4","networkFeatures":[],"prefixes":{"v4":1,"v6":0}}
{"name":"Wide","region":null,"systemService":"AzureWide","changeNumber":"5","networkFeatures":[],"prefixes":{"v4":8,"v6":0}}

> --columns serviceTag,changeNumber
SERVICE TAG         CHANGE NUMBER
Storage             1
Storage.WestEurope  2
Sql                 3
Gone                4
Wide                5

> --sort -changeNumber
SERVICE TAG         REGION      SYSTEM SERVICE  IPV4 PREFIXES  IPV6 PREFIXES
Wide                -           AzureWide       8              0
Gone                -           -               1              0
Sql                 -           AzureSQL        2              0
Storage.WestEurope  westeurope  AzureStorage    2              0
Storage             -           AzureStorage    2              1

> on a terminal of 30 columns
⟨1⟩SERVICE TAG         IPV4⟨22⟩
⟨1⟩                    PREFIXES⟨22⟩
Storage             2
Storage.WestEurope  2
Sql                 2
Gone                1
Wide                8
⟨2⟩hidden at 30 columns: REGION,⟨22⟩
⟨2⟩    SYSTEM SERVICE, IPV6⟨22⟩
⟨2⟩    PREFIXES (-o wide shows⟨22⟩
⟨2⟩    all)⟨22⟩

> on a terminal of 44 columns
⟨1⟩SERVICE TAG         REGION      IPV4⟨22⟩
⟨1⟩                                PREFIXES⟨22⟩
Storage             -           2
Storage.WestEurope  westeurope  2
Sql                 -           2
Gone                -           1
Wide                -           8
⟨2⟩hidden at 44 columns: SYSTEM SERVICE, IPV6⟨22⟩
⟨2⟩    PREFIXES (-o wide shows all)⟨22⟩

> on a terminal of 60 columns
⟨1⟩SERVICE TAG         REGION      IPV4 PREFIXES  IPV6 PREFIXES⟨22⟩
Storage             -           2              1
Storage.WestEurope  westeurope  2              0
Sql                 -           2              0
Gone                -           1              0
Wide                -           8              0
⟨2⟩hidden at 60 columns: SYSTEM SERVICE (-o wide shows all)⟨22⟩
`);
});

test("one tag", async () => {
  const text = await transcript(["tags", "show", "Storage.WestEurope", "--tags", older], {
    ...{ forms: FORMS, widths: [44], hidden },
  });
  expect(text).toBe(`
>
service tag       Storage.WestEurope
region            westeurope
system service    AzureStorage
change number     2
network features  -
prefixes          2 IPv4, 0 IPv6

20.0.0.0/24
20.0.4.0/23

> -o short
Storage.WestEurope  20.0.0.0/24  westeurope  AzureStorage
Storage.WestEurope  20.0.4.0/23  westeurope  AzureStorage

> -o csv
serviceTag,addressPrefix,region,systemService
Storage.WestEurope,20.0.0.0/24,westeurope,AzureStorage
Storage.WestEurope,20.0.4.0/23,westeurope,AzureStorage

> -o wide
SERVICE TAG         ADDRESS PREFIX  REGION      SYSTEM SERVICE
Storage.WestEurope  20.0.0.0/24     westeurope  AzureStorage
Storage.WestEurope  20.0.4.0/23     westeurope  AzureStorage

> -o ndjson
{"name":"Storage.WestEurope","region":"westeurope","systemService":"AzureStorage","changeNumber":"2","networkFeatures":[],"prefixes":{"v4":2,"v6":0},"addressPrefixes":["20.0.0.0/24","20.0.4.0/23"]}

> on a terminal of 44 columns
⟨36⟩service tag⟨39⟩       Storage.WestEurope
⟨36⟩region⟨39⟩            westeurope
⟨36⟩system service⟨39⟩    AzureStorage
⟨36⟩change number⟨39⟩     2
⟨36⟩network features⟨39⟩  -
⟨36⟩prefixes⟨39⟩          2 IPv4, 0 IPv6

20.0.0.0/24
20.0.4.0/23
`);
});

test("the difference between two tag files", async () => {
  const text = await transcript(["tags", "diff", older, newer], { forms: [...FORMS, "--expand"], hidden });
  expect(text).toBe(`
>
4 service tags changed: 13 prefixes added, 12 removed
  590,336 IPv4 addresses gained; 524,800 IPv4 addresses lost
  1 tag of these with unchanged addresses, in different prefixes
1 service tag added, with 2 prefixes
1 service tag removed, with 1 prefix

~ Storage  512 IPv4 addresses gained; 256 IPv4 addresses lost
    + 20.3.0.0/24, 20.4.0.0/24
    - 20.2.0.0/24
~ Storage.WestEurope  256 IPv4 addresses lost
    + 20.0.4.0/24
    - 20.0.4.0/23
    lost 20.0.5.0/24
~ Sql  the same addresses
    + 30.0.0.0/24
    - 30.0.0.0/25, 30.0.0.128/25
+ Fresh  512 IPv4 addresses gained
    + 60.0.0.0/24, 60.0.1.0/24
~ Wide  589,824 IPv4 addresses gained; 524,288 IPv4 addresses lost
    + 40.1.0.0/16, 40.3.0.0/16, 40.5.0.0/16, 40.7.0.0/16, 40.9.0.0/16, 40.11.0.0/16 and 3 more
    - 40.0.0.0/16, 40.2.0.0/16, 40.4.0.0/16, 40.6.0.0/16, 40.8.0.0/16, 40.10.0.0/16 and 2 more
- Gone  256 IPv4 addresses lost
    - 50.0.0.0/24

before  DIR/ServiceTags_Public_20251229.json (Public, change number 7, 2025-12-29)
after   DIR/ServiceTags_Public_20260105.json (Public, change number 8, 2026-01-05)

> -o short
~ Storage  +2 -1 prefixes
~ Storage.WestEurope  +1 -1 prefixes
~ Sql  +1 -2 prefixes
+ Fresh  +2 -0 prefixes
~ Wide  +9 -8 prefixes
- Gone  +0 -1 prefixes

> -o csv
serviceTag,tagChange,change,addressPrefix,region,systemService
Storage,changed,added,20.3.0.0/24,,AzureStorage
Storage,changed,added,20.4.0.0/24,,AzureStorage
Storage,changed,removed,20.2.0.0/24,,AzureStorage
Storage,changed,gained,20.3.0.0/24,,AzureStorage
Storage,changed,gained,20.4.0.0/24,,AzureStorage
Storage,changed,lost,20.2.0.0/24,,AzureStorage
Storage.WestEurope,changed,added,20.0.4.0/24,westeurope,AzureStorage
Storage.WestEurope,changed,removed,20.0.4.0/23,westeurope,AzureStorage
Storage.WestEurope,changed,lost,20.0.5.0/24,westeurope,AzureStorage
Sql,changed,added,30.0.0.0/24,,AzureSQL
Sql,changed,removed,30.0.0.0/25,,AzureSQL
Sql,changed,removed,30.0.0.128/25,,AzureSQL
Fresh,added,added,60.0.0.0/24,,AzureFresh
Fresh,added,added,60.0.1.0/24,,AzureFresh
Fresh,added,gained,60.0.0.0/23,,AzureFresh
Wide,changed,added,40.1.0.0/16,,AzureWide
Wide,changed,added,40.3.0.0/16,,AzureWide
Wide,changed,added,40.5.0.0/16,,AzureWide
Wide,changed,added,40.7.0.0/16,,AzureWide
Wide,changed,added,40.9.0.0/16,,AzureWide
Wide,changed,added,40.11.0.0/16,,AzureWide
Wide,changed,added,40.13.0.0/16,,AzureWide
Wide,changed,added,40.15.0.0/16,,AzureWide
Wide,changed,added,40.17.0.0/16,,AzureWide
Wide,changed,removed,40.0.0.0/16,,AzureWide
Wide,changed,removed,40.2.0.0/16,,AzureWide
Wide,changed,removed,40.4.0.0/16,,AzureWide
Wide,changed,removed,40.6.0.0/16,,AzureWide
Wide,changed,removed,40.8.0.0/16,,AzureWide
Wide,changed,removed,40.10.0.0/16,,AzureWide
Wide,changed,removed,40.12.0.0/16,,AzureWide
Wide,changed,removed,40.14.0.0/16,,AzureWide
Wide,changed,gained,40.1.0.0/16,,AzureWide
Wide,changed,gained,40.3.0.0/16,,AzureWide
Wide,changed,gained,40.5.0.0/16,,AzureWide
Wide,changed,gained,40.7.0.0/16,,AzureWide
Wide,changed,gained,40.9.0.0/16,,AzureWide
Wide,changed,gained,40.11.0.0/16,,AzureWide
Wide,changed,gained,40.13.0.0/16,,AzureWide
Wide,changed,gained,40.15.0.0/16,,AzureWide
Wide,changed,gained,40.17.0.0/16,,AzureWide
Wide,changed,lost,40.0.0.0/16,,AzureWide
Wide,changed,lost,40.2.0.0/16,,AzureWide
Wide,changed,lost,40.4.0.0/16,,AzureWide
Wide,changed,lost,40.6.0.0/16,,AzureWide
Wide,changed,lost,40.8.0.0/16,,AzureWide
Wide,changed,lost,40.10.0.0/16,,AzureWide
Wide,changed,lost,40.12.0.0/16,,AzureWide
Wide,changed,lost,40.14.0.0/16,,AzureWide
Gone,removed,removed,50.0.0.0/24,,
Gone,removed,lost,50.0.0.0/24,,

> -o wide
SERVICE TAG         TAG CHANGE  CHANGE   ADDRESS PREFIX  REGION      SYSTEM SERVICE
Storage             changed     added    20.3.0.0/24     -           AzureStorage
Storage             changed     added    20.4.0.0/24     -           AzureStorage
Storage             changed     removed  20.2.0.0/24     -           AzureStorage
Storage             changed     gained   20.3.0.0/24     -           AzureStorage
Storage             changed     gained   20.4.0.0/24     -           AzureStorage
Storage             changed     lost     20.2.0.0/24     -           AzureStorage
Storage.WestEurope  changed     added    20.0.4.0/24     westeurope  AzureStorage
Storage.WestEurope  changed     removed  20.0.4.0/23     westeurope  AzureStorage
Storage.WestEurope  changed     lost     20.0.5.0/24     westeurope  AzureStorage
Sql                 changed     added    30.0.0.0/24     -           AzureSQL
Sql                 changed     removed  30.0.0.0/25     -           AzureSQL
Sql                 changed     removed  30.0.0.128/25   -           AzureSQL
Fresh               added       added    60.0.0.0/24     -           AzureFresh
Fresh               added       added    60.0.1.0/24     -           AzureFresh
Fresh               added       gained   60.0.0.0/23     -           AzureFresh
Wide                changed     added    40.1.0.0/16     -           AzureWide
Wide                changed     added    40.3.0.0/16     -           AzureWide
Wide                changed     added    40.5.0.0/16     -           AzureWide
Wide                changed     added    40.7.0.0/16     -           AzureWide
Wide                changed     added    40.9.0.0/16     -           AzureWide
Wide                changed     added    40.11.0.0/16    -           AzureWide
Wide                changed     added    40.13.0.0/16    -           AzureWide
Wide                changed     added    40.15.0.0/16    -           AzureWide
Wide                changed     added    40.17.0.0/16    -           AzureWide
Wide                changed     removed  40.0.0.0/16     -           AzureWide
Wide                changed     removed  40.2.0.0/16     -           AzureWide
Wide                changed     removed  40.4.0.0/16     -           AzureWide
Wide                changed     removed  40.6.0.0/16     -           AzureWide
Wide                changed     removed  40.8.0.0/16     -           AzureWide
Wide                changed     removed  40.10.0.0/16    -           AzureWide
Wide                changed     removed  40.12.0.0/16    -           AzureWide
Wide                changed     removed  40.14.0.0/16    -           AzureWide
Wide                changed     gained   40.1.0.0/16     -           AzureWide
Wide                changed     gained   40.3.0.0/16     -           AzureWide
Wide                changed     gained   40.5.0.0/16     -           AzureWide
Wide                changed     gained   40.7.0.0/16     -           AzureWide
Wide                changed     gained   40.9.0.0/16     -           AzureWide
Wide                changed     gained   40.11.0.0/16    -           AzureWide
Wide                changed     gained   40.13.0.0/16    -           AzureWide
Wide                changed     gained   40.15.0.0/16    -           AzureWide
Wide                changed     gained   40.17.0.0/16    -           AzureWide
Wide                changed     lost     40.0.0.0/16     -           AzureWide
Wide                changed     lost     40.2.0.0/16     -           AzureWide
Wide                changed     lost     40.4.0.0/16     -           AzureWide
Wide                changed     lost     40.6.0.0/16     -           AzureWide
Wide                changed     lost     40.8.0.0/16     -           AzureWide
Wide                changed     lost     40.10.0.0/16    -           AzureWide
Wide                changed     lost     40.12.0.0/16    -           AzureWide
Wide                changed     lost     40.14.0.0/16    -           AzureWide
Gone                removed     removed  50.0.0.0/24     -           -
Gone                removed     lost     50.0.0.0/24     -           -

> -o ndjson
{"name":"Storage","change":"changed","region":null,"systemService":"AzureStorage","changeNumber":{"before":"1","after":"1"},"added":["20.3.0.0/24","20.4.0.0/24"],"removed":["20.2.0.0/24"],"addresses":{"before":{"v4":"65792","v6":"1208925819614629174706176"},"after":{"v4":"66048","v6":"1208925819614629174706176"}},"gained":{"addresses":{"v4":"512","v6":"0"},"prefixes":["20.3.0.0/24","20.4.0.0/24"]},"lost":{"addresses":{"v4":"256","v6":"0"},"prefixes":["20.2.0.0/24"]},"resummarised":false}
{"name":"Storage.WestEurope","change":"changed","region":"westeurope","systemService":"AzureStorage","changeNumber":{"before":"2","after":"2"},"added":["20.0.4.0/24"],"removed":["20.0.4.0/23"],"addresses":{"before":{"v4":"768","v6":"0"},"after":{"v4":"512","v6":"0"}},"gained":{"addresses":{"v4":"0","v6":"0"},"prefixes":[]},"lost":{"addresses":{"v4":"256","v6":"0"},"prefixes":["20.0.5.0/24"]},"resummarised":false}
{"name":"Sql","change":"changed","region":null,"systemService":"AzureSQL","changeNumber":{"before":"3","after":"3"},"added":["30.0.0.0/24"],"removed":["30.0.0.0/25","30.0.0.128/25"],"addresses":{"before":{"v4":"256","v6":"0"},"after":{"v4":"256","v6":"0"}},"gained":{"addresses":{"v4":"0","v6":"0"},"prefixes":[]},"lost":{"addresses":{"v4":"0","v6":"0"},"prefixes":[]},"resummarised":true}
{"name":"Fresh","change":"added","region":null,"systemService":"AzureFresh","changeNumber":{"before":null,"after":"4"},"added":["60.0.0.0/24","60.0.1.0/24"],"removed":[],"addresses":{"before":{"v4":"0","v6":"0"},"after":{"v4":"512","v6":"0"}},"gained":{"addresses":{"v4":"512","v6":"0"},"prefixes":["60.0.0.0/23"]},"lost":{"addresses":{"v4":"0","v6":"0"},"prefixes":[]},"resummarised":false}
{"name":"Wide","change":"changed","region":null,"systemService":"AzureWide","changeNumber":{"before":"5","after":"5"},"added":["40.1.0.0/16","40.3.0.0/16","40.5.0.0/16","40.7.0.0/16","40.9.0.0/16","40.11.0.0/16","40.13.0.0/16","40.15.0.0/16","40.17.0.0/16"],"removed":["40.0.0.0/16","40.2.0.0/16","40.4.0.0/16","40.6.0.0/16","40.8.0.0/16","40.10.0.0/16","40.12.0.0/16","40.14.0.0/16"],"addresses":{"before":{"v4":"524288","v6":"0"},"after":{"v4":"589824","v6":"0"}},"gained":{"addresses":{"v4":"589824","v6":"0"},"prefixes":["40.1.0.0/16","40.3.0.0/16","40.5.0.0/16","40.7.0.0/16","40.9.0.0/16","40.11.0.0/16","40.13.0.0/16","40.15.0.0/16","40.17.0.0/16"]},"lost":{"addresses":{"v4":"524288","v6":"0"},"prefixes":["40.0.0.0/16","40.2.0.0/16","40.4.0.0/16","40.6.0.0/16","40.8.0.0/16","40.10.0.0/16","40.12.0.0/16","40.14.0.0/16"]},"resummarised":false}
{"name":"Gone","change":"removed","region":null,"systemService":null,"changeNumber":{"before":"4","after":null},"added":[],"removed":["50.0.0.0/24"],"addresses":{"before":{"v4":"256","v6":"0"},"after":{"v4":"0","v6":"0"}},"gained":{"addresses":{"v4":"0","v6":"0"},"prefixes":[]},"lost":{"addresses":{"v4":"256","v6":"0"},"prefixes":["50.0.0.0/24"]},"resummarised":false}

> --expand
4 service tags changed: 13 prefixes added, 12 removed
  590,336 IPv4 addresses gained; 524,800 IPv4 addresses lost
  1 tag of these with unchanged addresses, in different prefixes
1 service tag added, with 2 prefixes
1 service tag removed, with 1 prefix

~ Storage  512 IPv4 addresses gained; 256 IPv4 addresses lost
    + 20.3.0.0/24
    + 20.4.0.0/24
    - 20.2.0.0/24
~ Storage.WestEurope  256 IPv4 addresses lost
    + 20.0.4.0/24
    - 20.0.4.0/23
    lost 20.0.5.0/24
~ Sql  the same addresses
    + 30.0.0.0/24
    - 30.0.0.0/25
    - 30.0.0.128/25
+ Fresh  512 IPv4 addresses gained
    + 60.0.0.0/24
    + 60.0.1.0/24
~ Wide  589,824 IPv4 addresses gained; 524,288 IPv4 addresses lost
    + 40.1.0.0/16
    + 40.3.0.0/16
    + 40.5.0.0/16
    + 40.7.0.0/16
    + 40.9.0.0/16
    + 40.11.0.0/16
    + 40.13.0.0/16
    + 40.15.0.0/16
    + 40.17.0.0/16
    - 40.0.0.0/16
    - 40.2.0.0/16
    - 40.4.0.0/16
    - 40.6.0.0/16
    - 40.8.0.0/16
    - 40.10.0.0/16
    - 40.12.0.0/16
    - 40.14.0.0/16
- Gone  256 IPv4 addresses lost
    - 50.0.0.0/24

before  DIR/ServiceTags_Public_20251229.json (Public, change number 7, 2025-12-29)
after   DIR/ServiceTags_Public_20260105.json (Public, change number 8, 2026-01-05)
`);
});

test("the difference between two tag files, with the routes that it affects", async () => {
  const { out } = await run(["tags", "diff", older, newer, "-f", routes, "-o", "json"]);
  const report = JSON.parse(out.replaceAll(scratch, "DIR"));
  const view = { expandPrefixes: false };
  const text = await printed("tags-diff", report, { view, widths: [null, 60] });
  expect(text).toBe(`
> in a pipe
4 service tags changed: 13 prefixes added, 12 removed
  590,336 IPv4 addresses gained; 524,800 IPv4 addresses lost
  1 tag of these with unchanged addresses, in different prefixes
1 service tag added, with 2 prefixes
1 service tag removed, with 1 prefix

~ Storage  512 IPv4 addresses gained; 256 IPv4 addresses lost
    + 20.3.0.0/24, 20.4.0.0/24
    - 20.2.0.0/24
~ Storage.WestEurope  256 IPv4 addresses lost
    + 20.0.4.0/24
    - 20.0.4.0/23
    lost 20.0.5.0/24
~ Sql  the same addresses
    + 30.0.0.0/24
    - 30.0.0.0/25, 30.0.0.128/25
+ Fresh  512 IPv4 addresses gained
    + 60.0.0.0/24, 60.0.1.0/24
~ Wide  589,824 IPv4 addresses gained; 524,288 IPv4 addresses lost
    + 40.1.0.0/16, 40.3.0.0/16, 40.5.0.0/16, 40.7.0.0/16, 40.9.0.0/16, 40.11.0.0/16 and 3 more
    - 40.0.0.0/16, 40.2.0.0/16, 40.4.0.0/16, 40.6.0.0/16, 40.8.0.0/16, 40.10.0.0/16 and 2 more
- Gone  256 IPv4 addresses lost
    - 50.0.0.0/24

affected routes
  Default  20.0.0.0/24, 20.0.4.0/23  VirtualNetworkServiceEndpoint  Active
      holds the prefixes of Storage.WestEurope (+1 -1 prefixes)
      gains 20.0.4.0/24
      loses 20.0.4.0/23
  User to-nva  20.2.0.0/16  VirtualAppliance 10.0.0.4  Active
      covers changes of Storage (+0 -1 prefixes)
  User by-tag  20.0.0.0/16, 20.2.0.0/24  Internet  Active
      is for the service tag Storage (+2 -1 prefixes)
      gains 20.3.0.0/24, 20.4.0.0/24
      loses 20.2.0.0/24

prediction  once Azure has updated these routes, 512 IPv4 addresses change next hop:

    ADDRESSES  CHANGE                                                     PREFIXES
  ✓ 256 IPv4   service endpoint (Storage.WestEurope) → Internet (by-tag)  20.0.5.0/24; service tags Storage
  ✓ 256 IPv4   Internet (by-tag) → appliance 10.0.0.4 (to-nva)            20.2.0.0/24

before  DIR/ServiceTags_Public_20251229.json (Public, change number 7, 2025-12-29)
after   DIR/ServiceTags_Public_20260105.json (Public, change number 8, 2026-01-05)
routes  DIR/routes.json

> 60 columns
4 service tags changed: 13 prefixes added, 12 removed
  590,336 IPv4 addresses gained; 524,800 IPv4 addresses lost
  1 tag of these with unchanged addresses, in different
      prefixes
1 service tag added, with 2 prefixes
1 service tag removed, with 1 prefix

⟨33⟩~⟨39⟩ ⟨1⟩Storage⟨22⟩  ⟨2⟩512 IPv4 addresses gained; 256 IPv4 addresses
           lost⟨22⟩
    + 20.3.0.0/24, 20.4.0.0/24
    - 20.2.0.0/24
⟨33⟩~⟨39⟩ ⟨1⟩Storage.WestEurope⟨22⟩  ⟨2⟩256 IPv4 addresses lost⟨22⟩
    + 20.0.4.0/24
    - 20.0.4.0/23
    lost 20.0.5.0/24
⟨33⟩~⟨39⟩ ⟨1⟩Sql⟨22⟩  ⟨2⟩the same addresses⟨22⟩
    + 30.0.0.0/24
    - 30.0.0.0/25, 30.0.0.128/25
⟨32⟩+⟨39⟩ ⟨1⟩Fresh⟨22⟩  ⟨2⟩512 IPv4 addresses gained⟨22⟩
    + 60.0.0.0/24, 60.0.1.0/24
⟨33⟩~⟨39⟩ ⟨1⟩Wide⟨22⟩  ⟨2⟩589,824 IPv4 addresses gained; 524,288 IPv4
        addresses lost⟨22⟩
    + 40.1.0.0/16, 40.3.0.0/16, 40.5.0.0/16, 40.7.0.0/16,
        40.9.0.0/16, 40.11.0.0/16 and 3 more
    - 40.0.0.0/16, 40.2.0.0/16, 40.4.0.0/16, 40.6.0.0/16,
        40.8.0.0/16, 40.10.0.0/16 and 2 more
⟨31⟩-⟨39⟩ ⟨1⟩Gone⟨22⟩  ⟨2⟩256 IPv4 addresses lost⟨22⟩
    - 50.0.0.0/24

⟨36⟩affected routes⟨39⟩
  Default  20.0.0.0/24, 20.0.4.0/23
           VirtualNetworkServiceEndpoint  Active
      holds the prefixes of Storage.WestEurope (+1 -1
          prefixes)
      gains 20.0.4.0/24
      loses 20.0.4.0/23
  User to-nva  20.2.0.0/16  VirtualAppliance 10.0.0.4
               Active
      covers changes of Storage (+0 -1 prefixes)
  User by-tag  20.0.0.0/16, 20.2.0.0/24  Internet  Active
      is for the service tag Storage (+2 -1 prefixes)
      gains 20.3.0.0/24, 20.4.0.0/24
      loses 20.2.0.0/24

⟨36⟩prediction⟨39⟩  once Azure has updated these routes, 512 IPv4
            addresses change next hop:

    ⟨2⟩ADDRESSES  CHANGE⟨22⟩
  ⟨32⟩✓⟨39⟩ 256 IPv4   service endpoint (Storage.WestEurope) →
               Internet (by-tag)
      20.0.5.0/24; service tags Storage
  ⟨32⟩✓⟨39⟩ 256 IPv4   Internet (by-tag) → appliance 10.0.0.4
               (to-nva)
      20.2.0.0/24

⟨2⟩before  DIR/ServiceTags_Public_20251229.json (Public, change
        number 7, 2025-12-29)⟨22⟩
⟨2⟩after   DIR/ServiceTags_Public_20260105.json (Public, change
        number 8, 2026-01-05)⟨22⟩
⟨2⟩routes  DIR/routes.json⟨22⟩
`);
  const unmoved = await printed(
    "tags-diff",
    { ...report, moves: [], routes: report.routes.slice(0, 1) },
    { view, widths: [null] },
  );
  expect(unmoved).toBe(`
> in a pipe
4 service tags changed: 13 prefixes added, 12 removed
  590,336 IPv4 addresses gained; 524,800 IPv4 addresses lost
  1 tag of these with unchanged addresses, in different prefixes
1 service tag added, with 2 prefixes
1 service tag removed, with 1 prefix

~ Storage  512 IPv4 addresses gained; 256 IPv4 addresses lost
    + 20.3.0.0/24, 20.4.0.0/24
    - 20.2.0.0/24
~ Storage.WestEurope  256 IPv4 addresses lost
    + 20.0.4.0/24
    - 20.0.4.0/23
    lost 20.0.5.0/24
~ Sql  the same addresses
    + 30.0.0.0/24
    - 30.0.0.0/25, 30.0.0.128/25
+ Fresh  512 IPv4 addresses gained
    + 60.0.0.0/24, 60.0.1.0/24
~ Wide  589,824 IPv4 addresses gained; 524,288 IPv4 addresses lost
    + 40.1.0.0/16, 40.3.0.0/16, 40.5.0.0/16, 40.7.0.0/16, 40.9.0.0/16, 40.11.0.0/16 and 3 more
    - 40.0.0.0/16, 40.2.0.0/16, 40.4.0.0/16, 40.6.0.0/16, 40.8.0.0/16, 40.10.0.0/16 and 2 more
- Gone  256 IPv4 addresses lost
    - 50.0.0.0/24

affected routes
  Default  20.0.0.0/24, 20.0.4.0/23  VirtualNetworkServiceEndpoint  Active
      holds the prefixes of Storage.WestEurope (+1 -1 prefixes)
      gains 20.0.4.0/24
      loses 20.0.4.0/23

no address changes next hop

before  DIR/ServiceTags_Public_20251229.json (Public, change number 7, 2025-12-29)
after   DIR/ServiceTags_Public_20260105.json (Public, change number 8, 2026-01-05)
routes  DIR/routes.json
`);
  const unaffected = await printed("tags-diff", { ...report, moves: [], routes: [] }, { view, widths: [null] });
  expect(unaffected).toBe(`
> in a pipe
4 service tags changed: 13 prefixes added, 12 removed
  590,336 IPv4 addresses gained; 524,800 IPv4 addresses lost
  1 tag of these with unchanged addresses, in different prefixes
1 service tag added, with 2 prefixes
1 service tag removed, with 1 prefix

~ Storage  512 IPv4 addresses gained; 256 IPv4 addresses lost
    + 20.3.0.0/24, 20.4.0.0/24
    - 20.2.0.0/24
~ Storage.WestEurope  256 IPv4 addresses lost
    + 20.0.4.0/24
    - 20.0.4.0/23
    lost 20.0.5.0/24
~ Sql  the same addresses
    + 30.0.0.0/24
    - 30.0.0.0/25, 30.0.0.128/25
+ Fresh  512 IPv4 addresses gained
    + 60.0.0.0/24, 60.0.1.0/24
~ Wide  589,824 IPv4 addresses gained; 524,288 IPv4 addresses lost
    + 40.1.0.0/16, 40.3.0.0/16, 40.5.0.0/16, 40.7.0.0/16, 40.9.0.0/16, 40.11.0.0/16 and 3 more
    - 40.0.0.0/16, 40.2.0.0/16, 40.4.0.0/16, 40.6.0.0/16, 40.8.0.0/16, 40.10.0.0/16 and 2 more
- Gone  256 IPv4 addresses lost
    - 50.0.0.0/24

no route is affected

before  DIR/ServiceTags_Public_20251229.json (Public, change number 7, 2025-12-29)
after   DIR/ServiceTags_Public_20260105.json (Public, change number 8, 2026-01-05)
routes  DIR/routes.json
`);
  const [touched] = report.routes;
  const tags = Array.from({ length: 7 }, (_, k) => ({ ...touched.tags[0], name: `Tag${k}` }));
  const wide = await printed(
    "tags-diff",
    { ...report, moves: [], tags: [], routes: [{ ...touched, touch: "overlap", tags }] },
    { view, widths: [null] },
  );
  expect(wide).toBe(`
> in a pipe
4 service tags changed: 13 prefixes added, 12 removed
  590,336 IPv4 addresses gained; 524,800 IPv4 addresses lost
  1 tag of these with unchanged addresses, in different prefixes
1 service tag added, with 2 prefixes
1 service tag removed, with 1 prefix

affected routes
  Default  20.0.0.0/24, 20.0.4.0/23  VirtualNetworkServiceEndpoint  Active
      covers changes of Tag0, Tag1, Tag2, Tag3, Tag4 and 2 more (+7 -7 prefixes)

no address changes next hop

before  DIR/ServiceTags_Public_20251229.json (Public, change number 7, 2025-12-29)
after   DIR/ServiceTags_Public_20260105.json (Public, change number 8, 2026-01-05)
routes  DIR/routes.json
`);
});

test("a route that only gains prefixes, and one that only loses some", async () => {
  const { out } = await run(["tags", "diff", older, newer, "-f", routes, "-o", "json"]);
  const report = JSON.parse(out.replaceAll(scratch, "DIR"));
  const [touched] = report.routes;
  const tags = [
    { ...touched.tags[0], name: "Gains", added: ["20.0.0.0/24"], removed: [] },
    { ...touched.tags[0], name: "Loses", added: [], removed: ["20.0.1.0/24"] },
  ];
  const text = await printed(
    "tags-diff",
    { ...report, moves: [], tags: [], routes: [{ ...touched, tags }] },
    { view: { expandPrefixes: false }, widths: [null] },
  );
  expect(text).toBe(`
> in a pipe
4 service tags changed: 13 prefixes added, 12 removed
  590,336 IPv4 addresses gained; 524,800 IPv4 addresses lost
  1 tag of these with unchanged addresses, in different prefixes
1 service tag added, with 2 prefixes
1 service tag removed, with 1 prefix

affected routes
  Default  20.0.0.0/24, 20.0.4.0/23  VirtualNetworkServiceEndpoint  Active
      holds the prefixes of Gains, Loses (+1 -1 prefixes)
      gains 20.0.0.0/24
      loses 20.0.1.0/24

no address changes next hop

before  DIR/ServiceTags_Public_20251229.json (Public, change number 7, 2025-12-29)
after   DIR/ServiceTags_Public_20260105.json (Public, change number 8, 2026-01-05)
routes  DIR/routes.json
`);
});

test("two equal tag files", async () => {
  const text = await transcript(["tags", "diff", older, older], { forms: ["", "-o short", "-o csv"], hidden });
  expect(text).toBe(`
>
no service tag changed

before  DIR/ServiceTags_Public_20251229.json (Public, change number 7, 2025-12-29)
after   DIR/ServiceTags_Public_20251229.json (Public, change number 7, 2025-12-29)

> -o short

> -o csv
serviceTag,tagChange,change,addressPrefix,region,systemService
`);
});

const STORED = {
  ...{ file: "ServiceTags_Public_20260105.json", cloud: "Public", changeNumber: "8", date: "2026-01-05" },
  ...{ tags: 5, prefixes: 19, storedAt: "2026-01-06T10:00:00Z" },
};

test("what is stored", async () => {
  const status = {
    cloud: "Public",
    current: STORED,
    previous: { ...STORED, file: "older.json" },
    ageDays: 1,
    stale: false,
  };
  const report = { schemaVersion: "1.0", status: { ...status, path: "DIR/tags" } };
  const formats = ["table", "short", "csv", "ndjson"];
  const text = await printed("tags-status", report, { formats, widths: [44] });
  expect(text).toBe(`
> table
file           ServiceTags_Public_20260105.json
cloud          Public
change number  8
date           2026-01-05
tags           5
prefixes       19
age            1 day
stored         2026-01-06T10:00:00Z
previous       older.json
path           DIR/tags

> short
ServiceTags_Public_20260105.json  Public  8  2026-01-05  5  19  1  false  2026-01-06T10:00:00Z  older.json  DIR/tags

> csv
file,cloud,changeNumber,date,tags,prefixes,ageDays,stale,storedAt,previous,path
ServiceTags_Public_20260105.json,Public,8,2026-01-05,5,19,1,false,2026-01-06T10:00:00Z,older.json,DIR/tags

> ndjson
{"cloud":"Public","current":{"file":"ServiceTags_Public_20260105.json","cloud":"Public","changeNumber":"8","date":"2026-01-05","tags":5,"prefixes":19,"storedAt":"2026-01-06T10:00:00Z"},"previous":{"file":"older.json","cloud":"Public","changeNumber":"8","date":"2026-01-05","tags":5,"prefixes":19,"storedAt":"2026-01-06T10:00:00Z"},"ageDays":1,"stale":false,"path":"DIR/tags"}

> 44 columns
⟨36⟩file⟨39⟩
    ServiceTags_Public_20260105.json
⟨36⟩cloud⟨39⟩          Public
⟨36⟩change number⟨39⟩  8
⟨36⟩date⟨39⟩           2026-01-05
⟨36⟩tags⟨39⟩           5
⟨36⟩prefixes⟨39⟩       19
⟨36⟩age⟨39⟩            1 day
⟨36⟩stored⟨39⟩         2026-01-06T10:00:00Z
⟨36⟩previous⟨39⟩       older.json
⟨36⟩path⟨39⟩           DIR/tags
`);
  const nothing = { cloud: "China", current: null, previous: null, ageDays: null, stale: null, path: "DIR/tags" };
  const empty = await printed("tags-status", { schemaVersion: "1.0", status: nothing }, { formats });
  expect(empty).toBe(`
> table
file           -
cloud          China
change number  -
date           -
tags           -
prefixes       -
age            -
stored         -
previous       -
path           DIR/tags

> short
-  China  -  -  -  -  -  -  -  -  DIR/tags

> csv
file,cloud,changeNumber,date,tags,prefixes,ageDays,stale,storedAt,previous,path
,China,,,,,,,,,DIR/tags

> ndjson
{"cloud":"China","current":null,"previous":null,"ageDays":null,"stale":null,"path":"DIR/tags"}
`);
  const old = await printed(
    "tags-status",
    { ...report, status: { ...report.status, ageDays: 20 } },
    { formats: ["table"] },
  );
  expect(old).toBe(`
> table
file           ServiceTags_Public_20260105.json
cloud          Public
change number  8
date           2026-01-05
tags           5
prefixes       19
age            20 days
stored         2026-01-06T10:00:00Z
previous       older.json
path           DIR/tags
`);
});

test("an update", async () => {
  const update = { ...STORED, changed: true, previousChangeNumber: "7" };
  const formats = ["table", "short", "csv", "ndjson"];
  const text = await printed("tags-update", { schemaVersion: "1.0", update }, { formats });
  expect(text).toBe(`
> table
file           ServiceTags_Public_20260105.json
cloud          Public
change number  8
date           2026-01-05
tags           5
prefixes       19
before         change number 7

> short
ServiceTags_Public_20260105.json  Public  8  2026-01-05  5  19  true  7

> csv
file,cloud,changeNumber,date,tags,prefixes,changed,previousChangeNumber
ServiceTags_Public_20260105.json,Public,8,2026-01-05,5,19,true,7

> ndjson
{"file":"ServiceTags_Public_20260105.json","cloud":"Public","changeNumber":"8","date":"2026-01-05","tags":5,"prefixes":19,"storedAt":"2026-01-06T10:00:00Z","changed":true,"previousChangeNumber":"7"}
`);
  const first = { schemaVersion: "1.0", update: { ...update, previousChangeNumber: null } };
  const same = { schemaVersion: "1.0", update: { ...update, changed: false } };
  const others =
    (await printed("tags-update", first, { formats: ["table"] })) +
    (await printed("tags-update", same, { formats: ["table"] }));
  expect(others).toBe(`
> table
file           ServiceTags_Public_20260105.json
cloud          Public
change number  8
date           2026-01-05
tags           5
prefixes       19
before         none

> table
file           ServiceTags_Public_20260105.json
cloud          Public
change number  8
date           2026-01-05
tags           5
prefixes       19
before         the same file
`);
});

test("the version with its surroundings", async () => {
  const version = {
    program: "1.2.3",
    node: "v20.19.0",
    platform: "linux",
    arch: "x64",
    serviceTags: [],
    cache: { directory: null, state: "ignored", reason: "not a directory" },
  };
  const formats = ["table", "short", "csv", "ndjson"];
  const file = { cloud: "Public", ageDays: 1, stale: false, file: "a.json", changeNumber: "8", date: "2026-01-05" };
  const bare = { cloud: "China", ageDays: null, stale: null, file: "b.json", changeNumber: null, date: null };
  const full = {
    ...version,
    serviceTags: [file, { ...file, ageDays: 2 }, bare],
    cache: { directory: "DIR", state: "in-use", reason: null },
  };
  const text = await printed("version", { schemaVersion: "1.0", version: full }, { formats, widths: [44] });
  expect(text).toBe(`
> table
vnet-explain  1.2.3
Node.js       v20.19.0
platform      linux x64
service tags  a.json (Public, change number 8, 2026-01-05, 1 day old)
service tags  a.json (Public, change number 8, 2026-01-05, 2 days old)
service tags  b.json (China)
cache         DIR (in use)

> short
1.2.3  v20.19.0  linux  x64  a.json,a.json,b.json  DIR  in-use

> csv
program,node,platform,arch,serviceTags,cache,cacheState
1.2.3,v20.19.0,linux,x64,"a.json,a.json,b.json",DIR,in-use

> ndjson
{"program":"1.2.3","node":"v20.19.0","platform":"linux","arch":"x64","serviceTags":[{"cloud":"Public","ageDays":1,"stale":false,"file":"a.json","changeNumber":"8","date":"2026-01-05"},{"cloud":"Public","ageDays":2,"stale":false,"file":"a.json","changeNumber":"8","date":"2026-01-05"},{"cloud":"China","ageDays":null,"stale":null,"file":"b.json","changeNumber":null,"date":null}],"cache":{"directory":"DIR","state":"in-use","reason":null}}

> 44 columns
⟨36⟩vnet-explain⟨39⟩  1.2.3
⟨36⟩Node.js⟨39⟩       v20.19.0
⟨36⟩platform⟨39⟩      linux x64
⟨36⟩service tags⟨39⟩  a.json (Public, change number
              8, 2026-01-05, 1 day old)
⟨36⟩service tags⟨39⟩  a.json (Public, change number
              8, 2026-01-05, 2 days old)
⟨36⟩service tags⟨39⟩  b.json (China)
⟨36⟩cache⟨39⟩         DIR (in use)
`);
  const states =
    (await printed("version", { schemaVersion: "1.0", version }, { formats })) +
    (await printed(
      "version",
      { schemaVersion: "1.0", version: { ...full, cache: { ...full.cache, state: "not-made-yet" } } },
      { formats: ["table"] },
    ));
  expect(states).toBe(`
> table
vnet-explain  1.2.3
Node.js       v20.19.0
platform      linux x64
service tags  none cached: run vnet-explain tags update
cache         no directory (ignored: not a directory)

> short
1.2.3  v20.19.0  linux  x64  -  -  ignored

> csv
program,node,platform,arch,serviceTags,cache,cacheState
1.2.3,v20.19.0,linux,x64,,,ignored

> ndjson
{"program":"1.2.3","node":"v20.19.0","platform":"linux","arch":"x64","serviceTags":[],"cache":{"directory":null,"state":"ignored","reason":"not a directory"}}

> table
vnet-explain  1.2.3
Node.js       v20.19.0
platform      linux x64
service tags  a.json (Public, change number 8, 2026-01-05, 1 day old)
service tags  a.json (Public, change number 8, 2026-01-05, 2 days old)
service tags  b.json (China)
cache         DIR (not created yet)
`);
});

const NOTHING = {
  changed: {
    ...{ tags: 0, prefixesAdded: 0, prefixesRemoved: 0, resummarised: 0 },
    ...{ addressesGained: { v4: "0", v6: "0" }, addressesLost: { v4: "0", v6: "0" } },
  },
  added: { tags: 0, prefixes: 0 },
  removed: { tags: 0, prefixes: 0 },
};

test.each<[totals: object, lines: readonly string[]]>([
  [{}, ["no service tag changed"]],
  [{ added: { tags: 1, prefixes: 1 } }, ["1 service tag added, with 1 prefix"]],
  [{ added: { tags: 1500, prefixes: 2 } }, ["1,500 service tags added, with 2 prefixes"]],
  [{ removed: { tags: 1, prefixes: 1500 } }, ["1 service tag removed, with 1,500 prefixes"]],
  [
    { changed: { ...NOTHING.changed, tags: 1, prefixesAdded: 1, addressesGained: { v4: "256", v6: "0" } } },
    ["1 service tag changed: 1 prefix added, 0 removed", "  256 IPv4 addresses gained; no addresses lost"],
  ],
  [
    { changed: { ...NOTHING.changed, tags: 2, prefixesAdded: 1500, prefixesRemoved: 1500, resummarised: 2 } },
    [
      "2 service tags changed: 1,500 prefixes added, 1,500 removed",
      "  no addresses gained; no addresses lost",
      "  2 tags of these with unchanged addresses, in different prefixes",
    ],
  ],
])("the first lines of a difference count %j", async (totals, lines) => {
  const { out } = await run(["tags", "diff", older, newer, "-o", "json"]);
  const report = { ...JSON.parse(out), totals: { ...NOTHING, ...totals }, tags: [] };
  const text = await printed("tags-diff", report, { view: { expandPrefixes: false }, widths: [null] });
  expect(text.slice(text.indexOf("\n", 1) + 1, text.indexOf("\n\nbefore"))).toBe(lines.join("\n"));
});

const FILE = { file: "f.json", cloud: null, changeNumber: null, date: null, note: null };
const TAG = {
  ...{ name: "A", change: "changed", region: "", systemService: "", added: [], removed: [] },
  gained: { prefixes: [], addresses: { v4: "0", v6: "0" } },
  lost: { prefixes: [], addresses: { v4: "0", v6: "0" } },
};
const covered = (...prefixes: readonly string[]) => ({ prefixes, addresses: { v4: `${prefixes.length}`, v6: "0" } });

test.each<[what: string, tag: object, text: string]>([
  ["nothing but its name", {}, "~ A  the same addresses"],
  [
    "the entries, where they are the addresses in another order",
    { added: ["20.0.1.0/32", "20.0.0.0/32"], gained: covered("20.0.0.0/32", "20.0.1.0/32") },
    "~ A  2 IPv4 addresses gained\n    + 20.0.1.0/32, 20.0.0.0/32",
  ],
  [
    "the addresses too, where the entries differ from them",
    {
      ...{ added: ["20.0.0.0/31"], gained: covered("20.0.0.0/32") },
      ...{ removed: ["30.0.0.0/31"], lost: covered("30.0.0.0/32") },
    },
    "~ A  1 IPv4 address gained; 1 IPv4 address lost\n    + 20.0.0.0/31\n    - 30.0.0.0/31\n    gained 20.0.0.0/32\n    lost 30.0.0.0/32",
  ],
  [
    "the entries alone, where the tag is new",
    { change: "added", added: ["20.0.0.0/31"], gained: covered("20.0.0.0/32") },
    "+ A  1 IPv4 address gained\n    + 20.0.0.0/31",
  ],
  [
    "the entries alone, where the tag is gone",
    { change: "removed", removed: ["20.0.0.0/31"], lost: covered("20.0.0.0/32") },
    "- A  1 IPv4 address lost\n    - 20.0.0.0/31",
  ],
])("a tag of a difference has %s", async (_, tag, text) => {
  const report = { totals: NOTHING, tags: [{ ...TAG, ...tag }], before: FILE, after: FILE, routeTable: null };
  const shown = await printed(
    "tags-diff",
    { ...report, routes: null, moved: null, moves: null },
    {
      ...{ view: { expandPrefixes: false }, widths: [null] },
    },
  );
  expect(shown.slice(shown.indexOf("\n\n") + 2, shown.indexOf("\n\nbefore"))).toBe(text);
});

const TOUCHED = {
  ...{ source: "User", state: "Active", name: "to-fw", addressPrefixes: ["20.0.0.0/8"], nextHopType: "Internet" },
  ...{ nextHopIpAddress: [], touch: "overlap" },
};
const touching = (...names: readonly string[]) => names.map((name) => ({ name, added: ["20.0.0.0/24"], removed: [] }));

test.each<[what: string, route: object, lines: readonly string[]]>([
  [
    "its name and next hops",
    { nextHopType: "VirtualAppliance", nextHopIpAddress: ["10.0.0.4", "10.0.0.5"], tags: touching("A") },
    [
      "  User to-fw  20.0.0.0/8  VirtualAppliance 10.0.0.4, 10.0.0.5  Active",
      "      covers changes of A (+1 -0 prefixes)",
    ],
  ],
  [
    "five tags at most",
    { name: null, tags: touching("A", "B", "C", "D", "E") },
    ["  User  20.0.0.0/8  Internet  Active", "      covers changes of A, B, C, D, E (+5 -0 prefixes)"],
  ],
  [
    "the number of tags beyond five",
    { name: null, tags: touching("A", "B", "C", "D", "E", "F") },
    ["  User  20.0.0.0/8  Internet  Active", "      covers changes of A, B, C, D, E and 1 more (+6 -0 prefixes)"],
  ],
  [
    "the prefixes that it gains, if it is for a tag",
    { name: null, touch: "user-tag", tags: touching("A") },
    [
      "  User  20.0.0.0/8  Internet  Active",
      "      is for the service tag A (+1 -0 prefixes)",
      "      gains 20.0.0.0/24",
    ],
  ],
])("an affected route has %s", async (_, route, lines) => {
  const report = { totals: NOTHING, tags: [], before: FILE, after: FILE, routeTable: null };
  const moved = { v4: "0", v6: "0" };
  const shown = await printed(
    "tags-diff",
    { ...report, routes: [{ ...TOUCHED, ...route }], moved, moves: [] },
    { view: { expandPrefixes: false }, widths: [null] },
  );
  const text = shown.slice(shown.indexOf("affected routes\n"), shown.indexOf("\n\nno address"));
  expect(text).toBe(["affected routes", ...lines].join("\n"));
});

test("routes that no change affects", async () => {
  const report = { totals: NOTHING, tags: [], before: FILE, after: FILE, routeTable: null };
  const moved = { v4: "0", v6: "0" };
  const shown = await printed(
    "tags-diff",
    { ...report, routes: [], moved, moves: [] },
    { view: { expandPrefixes: false }, widths: [null] },
  );
  expect(shown).toContain("no service tag changed\n\nno route is affected\n\nbefore  f.json (unknown cloud)\n");
});

test.each<[moved: object, text: string]>([
  [{ v4: "1", v6: "0" }, "1 IPv4 address changes next hop:"],
  [{ v4: "256", v6: "1" }, "256 IPv4 addresses, 1 IPv6 address change next hop:"],
])("the title of the moves agrees in number: %j", async (moved, text) => {
  const { out } = await run(["tags", "diff", older, newer, "-f", routes, "-o", "json"]);
  const report = { ...JSON.parse(out), moved };
  const shown = await printed("tags-diff", report, { view: { expandPrefixes: false }, widths: [null] });
  expect(shown).toContain(`\nprediction  once Azure has updated these routes, ${text}\n`);
});
