import { csv } from "./csv.ts";
import { dashTable } from "./dash-table.ts";
import { json } from "./json.ts";
import { list } from "./list.ts";
import type { GatewayForm } from "./record-table.ts";
import { yaml } from "./yaml.ts";

/** The forms in which people have the tables of routers. */
export const GATEWAY_FORMS: readonly GatewayForm[] = [json, dashTable, list, csv, yaml];
