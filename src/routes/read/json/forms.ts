import type { Form } from "../form.ts";
import type { JsonDocument } from "./document.ts";
import { nestedJson } from "./nested.ts";
import { otherJson, unknownJson } from "./other.ts";
import { ROW_FORMS } from "./row-forms.ts";

/** The forms of a JSON document. */
export const JSON_FORMS: readonly Form<JsonDocument>[] = [...ROW_FORMS, nestedJson, otherJson, unknownJson];
