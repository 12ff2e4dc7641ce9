import { armJson } from "./arm-json.ts";
import type { Form } from "./form.ts";
import type { JsonDocument } from "./json-document.ts";
import { otherJson, unknownJson } from "./other-json.ts";
import { powershellJson } from "./powershell-json.ts";

/** The forms of a JSON document. */
export const JSON_FORMS: readonly Form<JsonDocument>[] = [armJson, powershellJson, otherJson, unknownJson];

/** The forms of any other text. They are loaded for text that is not JSON, so that they cost other starts nothing. */
export async function textForms(): Promise<readonly Form<string>[]> {
  const [{ portalCsv }, { unknownText }] = await Promise.all([import("./portal-csv.ts"), import("./unknown-text.ts")]);
  return [portalCsv, unknownText];
}
