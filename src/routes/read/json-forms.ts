import { armJson } from "./arm-json.ts";
import type { Form } from "./form.ts";
import type { JsonDocument } from "./json-document.ts";
import { nestedJson } from "./nested-json.ts";
import { otherJson, unknownJson } from "./other-json.ts";
import { powershellJson } from "./powershell-json.ts";
import { snakeCaseJson } from "./snake-case-json.ts";

/** The forms of a JSON document. */
export const JSON_FORMS: readonly Form<JsonDocument>[] = [
  armJson,
  powershellJson,
  snakeCaseJson,
  nestedJson,
  otherJson,
  unknownJson,
];
