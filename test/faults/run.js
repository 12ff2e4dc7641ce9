import { parseArgs } from "node:util";
import { startVitest } from "vitest/node";

// `npm run faults -- --kills 200 --seed 1`: the fault tests at full length. Every call to the file system, every offset
// of an answer.
const { values } = parseArgs({ options: { kills: { type: "string" }, seed: { type: "string" } } });
const isNumber = (text) => /^\d{1,9}$/.test(text);
const { kills = "200", seed = "20261125" } = values;
if (!isNumber(kills) || !isNumber(seed)) throw new Error("write it like: npm run faults -- --kills 200 --seed 1");
process.env.FAULTS_KILLS = kills;
process.env.FAULTS_SEED = seed;

const vitest = await startVitest("test", ["test/faults"], {
  watch: false,
  testTimeout: 3_600_000,
  fileParallelism: false, // runs are killed by the clock, and should have the machine for themselves
});
await vitest.close();
