"use strict";

// What is written first: parse the whole log, cut each tuple at its commas, count by destination. Arguments: a flow log.
const { readFileSync } = require("node:fs");

const bytes = new Map();
for (const { flowRecords } of JSON.parse(readFileSync(process.argv[2], "utf8")).records) {
  for (const { flowGroups } of flowRecords.flows) {
    for (const { flowTuples } of flowGroups) {
      for (const tuple of flowTuples) {
        const [, , destination, , , , , , , , sent] = tuple.split(",");
        bytes.set(destination, (bytes.get(destination) ?? 0) + Number(sent));
      }
    }
  }
}
console.log(bytes.size, "destinations");
