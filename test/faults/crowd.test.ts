import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoopbackArm } from "../azure/loopback-arm.ts";
import type { Ended } from "../built-program.ts";
import { LoopbackDownloadCenter } from "../store/download/loopback-download-center.ts";
import { tagText } from "../store/tags/tag-text.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { isLong } from "./length.ts";
import { SCENARIOS, type Servers, Stage, TOKEN } from "./scenarios.ts";

let servers: Servers;
beforeAll(async () => {
  servers = { center: await LoopbackDownloadCenter.start(), arm: await startLoopbackArm({ token: TOKEN }) };
});
afterAll(async () => {
  await Promise.all([servers.center.stop(), servers.arm.close()]);
});

const [UPDATE] = SCENARIOS;
const UPDATES = isLong ? 10 : 4;
const LOOK_UPS = 2 * UPDATES;

it(`${UPDATES} tags update and ${LOOK_UPS} look-ups at once: all succeed, each look-up sees one file, whole`, async () => {
  if (UPDATE === undefined) throw new Error("there is no scenario");
  const { center } = servers;
  const stage = new Stage(UPDATE, servers, temporaryDirectory());
  await stage.set();
  // Every response has other content of the same week, so that no update is rejected as older.
  let part = 1;
  const answer = () => center.files.set("Public", tagText({ changeNumber: 2, part: ++part }));
  answer();
  const lookUps: Promise<Ended>[] = [];
  center.answer(center.filePath("Public"), (_, response) => {
    response.end(center.files.get("Public"));
    answer();
    // Two for each update, so that they run while files are written.
    lookUps.push(stage.reads(), stage.reads());
  });
  const updates = await Promise.all(Array.from({ length: UPDATES }, () => stage.writes()));
  const looked = await Promise.all(lookUps);
  expect(looked).toHaveLength(LOOK_UPS);
  for (const { code, stderr } of [...updates, ...looked]) {
    expect([code, /damaged|error/.test(stderr)], stderr).toEqual([0, false]);
  }
  const seen = looked.map(({ stdout }) => UPDATE.shown(stdout));
  for (const each of seen) expect(each).toSatisfy((state) => state >= 1 && state <= 1 + UPDATES);
  expect(await UPDATE.state(stage.cache)).toBeGreaterThan(1);
  console.log(
    `${UPDATES} updates and ${LOOK_UPS} look-ups at once: the look-ups saw ${[...new Set(seen)].length} different files`,
  );
});
