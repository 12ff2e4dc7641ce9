"use strict";

// What is written first: parse the file, compare each prefix of each tag with the address. Arguments: a ServiceTags file, an address.
const { readFileSync } = require("node:fs");
const ipaddr = require("ipaddr.js");

const [file, text] = process.argv.slice(2);
const address = ipaddr.parse(text);
for (const { name, properties } of JSON.parse(readFileSync(file, "utf8")).values) {
  for (const prefix of properties.addressPrefixes) {
    const [first, length] = ipaddr.parseCIDR(prefix);
    if (first.kind() === address.kind() && address.match(first, length)) console.log(name, prefix);
  }
}
