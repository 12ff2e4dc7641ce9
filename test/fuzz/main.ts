import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Finding } from "./campaign-worker.ts";
import { runCampaign } from "./run-campaign.ts";
import { Campaign, type Target } from "./target.ts";
import { TARGETS, targetNamed } from "./targets.ts";

const HELP = `npm run fuzz -- [--seconds N] [--seed S] [--target NAME[,NAME]] [--replay NUMBER]

Gives every reader of outside text N seconds (default 60) of damaged and made-up inputs. An input is answered rightly, or refused with an
error that helps; anything else is a defect. The same seed gives the same inputs; --replay reads one of them again. Targets:

${TARGETS.map(({ name, about }) => `  ${name.padEnd(14)}${about}`).join("\n")}`;

const SHOWN = 400;

function show({ index, told, input }: Finding, target: Target, seed: string): void {
  const folder = join(tmpdir(), "vnet-explain-fuzz");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${target.name}-${seed}-${index}`);
  writeFileSync(file, input, target.alphabet === "bytes" ? "latin1" : "utf8");
  const text = JSON.stringify(input);
  console.log(`\nDEFECT in ${target.name}, input ${index}:\n${told}`);
  console.log(`smallest input, ${input.length} characters: ${text.slice(0, SHOWN)}${text.length > SHOWN ? "..." : ""}`);
  console.log(`whole in ${file}; again: npm run fuzz -- --target ${target.name} --seed ${seed} --replay ${index}\n`);
}

async function replay(target: Target, seed: string, index: number): Promise<void> {
  const input = (await Campaign.of(target, seed)).input(index);
  console.log(`${target.name}, input ${index} of seed ${seed}: ${input.length} characters`);
  console.log(await target.check(input));
  await target.close?.();
}

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: String(Date.now()) },
    target: { type: "string" },
    replay: { type: "string" },
    help: { type: "boolean" },
  },
});
const { seconds, seed } = values;
if (values.help === true || !(Number(seconds) > 0)) {
  console.log(HELP);
  process.exit(values.help === true ? 0 : 2);
}
const targets = values.target === undefined ? TARGETS : values.target.split(",").map(targetNamed);
const [only] = targets;
if (values.replay !== undefined && only !== undefined) {
  await replay(only, seed, Number(values.replay));
} else {
  console.log(`seed ${seed}, ${seconds} s each`);
  let defects = 0;
  for (const target of targets) {
    const { tried, answered, refused, findings } = await runCampaign(target.name, seed, Number(seconds));
    console.log(
      `${target.name.padEnd(14)} ${String(tried).padStart(9)} inputs  ${answered} answered  ${refused} refused  ${findings.length} defects`,
    );
    for (const finding of findings) show(finding, target, seed);
    defects += findings.length;
  }
  process.exitCode = defects === 0 ? 0 : 1;
}
