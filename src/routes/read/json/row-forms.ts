import type { Form } from "../form.ts";
import { armJson } from "./arm.ts";
import type { JsonDocument } from "./document.ts";
import { powershellJson } from "./powershell.ts";
import { snakeCaseJson } from "./snake-case.ts";

/** The forms of a list of routes. A table is found by them wherever it is in a document. */
export const ROW_FORMS: readonly Form<JsonDocument>[] = [armJson, powershellJson, snakeCaseJson];
