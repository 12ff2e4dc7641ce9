import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { armError, type LoopbackArm, startLoopbackArm } from "../../azure/loopback-arm.ts";
import { run } from "../run-in-process.ts";

const TOKEN = "correct-horse-battery-staple-42";
const SUBSCRIPTION = "00000000-0000-0000-0000-0000000000ab";
const WINDOW_TITLE = "\u001b]0;pwned\u0007";
const LINK = "\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\";
const REVERSED = "\u202egpj.exe\u2066";

/** Invisible characters, put between the letters. */
const GAPS = ["\u200b", "\u00ad", "\u0001", "\u2028", "\n"];

/** The text without invisible characters and blanks. */
const letters = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Z}]/gu, "");

let arm: LoopbackArm;
beforeEach(async () => {
  arm = await startLoopbackArm({ token: TOKEN });
  const within = GAPS.flatMap((gap) => [TOKEN, SUBSCRIPTION].map((text) => [...text].join(gap))).join(" ");
  const message = `${WINDOW_TITLE}${LINK}${REVERSED} for ${SUBSCRIPTION}, Bearer ${TOKEN}\r\nsecond line ${within}`;
  arm.script("effectiveRouteTable", { status: 400, body: armError(`Bad${LINK}`, message) });
});
afterEach(() => arm.close());

const refused = (...args: string[]) =>
  run(["routes", "--nic", "vm-app197", "-g", "rg-demo", "--arm-endpoint", arm.url, ...args], {
    tty: true,
    env: {
      AZURE_ACCESS_TOKEN: TOKEN,
      AZURE_SUBSCRIPTION_ID: SUBSCRIPTION,
      AZURE_CONFIG_DIR: "/dev/null/none",
      TERM: "dumb",
    },
  });

describe("text from a hostile server on a terminal", () => {
  it.each([[[]], [["--debug"]], [["-v", "--debug"]], [["-o", "json", "--debug"]]])(
    "is printed without characters that control it, and without the token: %j",
    async (args) => {
      const { code, out, err } = await refused(...args);
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain("pwned");
      expect(err.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(letters(err)).not.toContain(TOKEN);
    },
  );

  it("shows the subscription id only with -v", async () => {
    expect(letters((await refused("--debug")).err)).not.toContain(SUBSCRIPTION);
    expect(letters((await refused()).err)).not.toContain(SUBSCRIPTION);
    expect((await refused("--debug", "-v")).err).toContain(`subscription: ${SUBSCRIPTION}, from AZURE_SUBSCRIPTION_ID`);
  });

  it("shows the stack and Azure's response only with --debug", async () => {
    expect((await refused()).err).not.toMatch(/ {4}at |request id/);
    expect((await refused("--debug")).err).toMatch(/HTTP 400[^\n]*request id[\s\S]* {4}at /);
  });
});
