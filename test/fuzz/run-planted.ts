import { runCampaign } from "./run-campaign.ts";

// node --import ./test/fuzz/typescript.js test/fuzz/run-planted.ts NAME: prints the findings of a run on three inputs
// of a planted target, as JSON.
const targets = new URL("./planted-targets.ts", import.meta.url).href;
const [, , name = ""] = process.argv;
console.log(JSON.stringify(await runCampaign(name, "1", 3600, { targets, hangsAfter: 1500, most: 3 })));
