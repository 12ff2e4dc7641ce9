import { azTable } from "./az-table.ts";
import type { Form } from "./form.ts";
import { jsonInText } from "./json/in-text.ts";
import { otherText } from "./other-text.ts";
import { pipeTable } from "./pipe-table.ts";
import { portalCsv } from "./portal-csv.ts";
import { powershellList } from "./powershell-list.ts";
import { powershellTable } from "./powershell-table.ts";
import { unknownText } from "./unknown-text.ts";
import { yaml } from "./yaml.ts";

/** The forms of a text that is not JSON as a whole, and the last, which says why a text fits none. */
export const TEXT_FORMS: readonly Form<string>[] = [
  azTable,
  powershellTable,
  powershellList,
  pipeTable,
  portalCsv,
  jsonInText,
  yaml,
  otherText,
  unknownText,
];
