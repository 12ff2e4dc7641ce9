import { createGenerator } from "ts-json-schema-generator";

/** The report type of each command's JSON output. */
const REPORTS = {
  routes: "RoutesReport",
  whichroute: "ExplanationReport",
  "flow-log": "FlowReport",
  diff: "DiffReport",
  whatif: "WhatIfReport",
  check: "CheckReport",
  "tags-lookup": "LookupReport",
  "tags-list": "TagListReport",
  "tags-show": "TagReport",
  "tags-diff": "TagDiffReport",
  "tags-status": "TagStatusReport",
  "tags-update": "TagUpdateReport",
  error: "ErrorReport",
};

/** The type of each kind of file that users write, for their editors. */
const FORMS = { policy: "PolicyForm" };

/** Writes the JSON Schema of each, from the types that the program is checked with. */
export const jsonSchemas = {
  name: "json-schemas",
  generateBundle() {
    const generator = createGenerator({
      path: "src/output/results/reports.ts",
      tsconfig: "tsconfig.json",
      skipTypeCheck: true,
      additionalProperties: false,
      expose: "all",
    });
    for (const [name, type] of Object.entries({ ...REPORTS, ...FORMS })) {
      const source = `${JSON.stringify(generator.createSchema(type), null, 2)}\n`;
      this.emitFile({ type: "asset", fileName: `schemas/${name}.json`, source });
    }
  },
};
