import type { Form } from "../form.ts";
import { armJson } from "./arm.ts";
import type { JsonDocument } from "./document.ts";
import { nestedJson } from "./nested.ts";
import { otherJson, unknownJson } from "./other.ts";
import { powershellJson } from "./powershell.ts";
import { snakeCaseJson } from "./snake-case.ts";

/** The forms of a JSON document. */
export const JSON_FORMS: readonly Form<JsonDocument>[] = [
  armJson,
  powershellJson,
  snakeCaseJson,
  nestedJson,
  otherJson,
  unknownJson,
];
