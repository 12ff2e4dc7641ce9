import { FIT } from "../../read/form.ts";
import { yamlValues } from "../../read/yaml.ts";
import { jsonTables } from "./json.ts";
import type { GatewayForm } from "./record-table.ts";
import { titleIn } from "./titles.ts";

/** A field of a row as a key of YAML, in every spelling of JSON. */
const KEY =
  /^[- ]{0,20}(network|Network|neighbor|Neighbor|addressPrefixes|AddressPrefixes|RouteServiceRole_\w+): ?(?!=)/m;

/** How az's document begins. */
const FIRST = /^ {0,20}((nextLink|value|RouteServiceRole_\w+):|- ?[A-Za-z_]\w*:|-\s*$)/;

/** `-o yaml` of az: the same document as its JSON. */
export const yaml: GatewayForm = {
  name: "yaml",
  recognises: (text) =>
    KEY.test(text) && /^[- ]{0,20}(asPath|AsPath|path|locPrf|asn|as|routeOrigin|RouteServiceRole_\w+):/m.test(text)
      ? FIT.typical
      : FIT.none,
  tables: async (text) => {
    const lines = text.split("\n");
    const title = titleIn(
      lines.slice(
        0,
        Math.max(
          0,
          lines.findIndex((line) => FIRST.test(line)),
        ),
      ),
    );
    return (await yamlValues(text, FIRST)).flatMap((value) => jsonTables(value, title));
  },
};
