import { expect, it } from "vitest";
import { hasSharedData, sharedPath } from "../../shared-data.ts";
import { run } from "../run-in-process.ts";

const asked = (file: string) =>
  run(["whichroute", "--flow-log", sharedPath(`data/cases/tags/${file}`), "--sample", "no-udr", "-o", "ndjson"]);

it.runIf(hasSharedData)("a virtual network flow log in seconds is dated by its record", async () => {
  const { code, out } = await asked("vnet-v4-seconds.json");
  expect(code).toBe(0);
  const times = out
    .trimEnd()
    .split("\n")
    .map((line): string => JSON.parse(line).time);
  expect(times).toEqual(Array.from({ length: 3 }, () => "2024-02-26T20:10:15.000Z"));
});

it.runIf(hasSharedData).each([
  ["other-PT1H.json", /category AppServiceAppLogs/],
  ["trailing-comma.json", /inside record 1, at byte \d+: a comma before \]/],
])("%s is refused, and the error says what it is or where it breaks", async (file, message) => {
  const { code, out, err } = await asked(file);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(message);
});
