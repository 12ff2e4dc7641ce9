import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { offerDownload } from "../../../src/commands/shared/tag-offer.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { scratchDirectory } from "../../built-program.ts";
import { ANSWERS, LoopbackDownloadCenter, PAGE_PATH } from "../../store/download/loopback-download-center.ts";
import { tagText } from "../../store/tags/tag-text.ts";
import { Capture } from "../../terminal/capture-terminal.ts";

let center: LoopbackDownloadCenter;
let scratch: ReturnType<typeof scratchDirectory>;

beforeEach(async () => {
  center = await LoopbackDownloadCenter.start();
  center.files.set("Public", tagText({ changeNumber: 7 }));
  scratch = scratchDirectory();
});

afterEach(async () => {
  await center.stop();
  scratch.remove();
});

/** The outcome of the offer if the user types this; "" is Ctrl-D. */
async function offered(typed: string, { tty = true, download = true } = {}) {
  const env = { VNET_EXPLAIN_CACHE: scratch.path, VNET_EXPLAIN_DOWNLOAD_CENTER: center.origin };
  const capture = new Capture({ tty, columns: 200, env, stdin: typed });
  const terminal = { ...(await openTerminal(capture)), stdin: { ...capture.stdin, isTTY: tty } };
  const tags = await offerDownload({ download }, terminal);
  return { changeNumber: tags?.file.changeNumber ?? null, asked: /\[Y\/n\]/.test(capture.err), err: capture.err };
}

describe("the offer to download service tags", () => {
  it.each([
    ["y", "y\n", "7"],
    ["Return alone", "\n", "7"],
    ["n", "n\n", null],
    ["anything else", "what?\n", null],
    ["Ctrl-D", "", null],
  ])("%s", async (_, typed, changeNumber) => {
    expect(await offered(typed)).toMatchObject({ asked: true, changeNumber });
    expect(center.asked.length > 0).toBe(changeNumber !== null);
  });

  it("the next output starts on its own line, even after Ctrl-D", async () => {
    expect((await offered("")).err).toMatch(/\[Y\/n\] \n.*not downloaded/);
  });

  it("is made once", async () => {
    expect((await offered("n\n")).asked).toBe(true);
    expect(await offered("y\n")).toMatchObject({ asked: false, changeNumber: null });
  });

  it.each([
    ["to a script", { tty: false }],
    ["with --no-download", { download: false }],
  ])("is not made %s, and can still be made later", async (_, options) => {
    expect(await offered("y\n", options)).toMatchObject({ asked: false, err: "" });
    expect((await offered("n\n")).asked).toBe(true);
  });

  it("a failed download is a note with the next step, since the routes are shown anyway", async () => {
    center.answer(PAGE_PATH, ANSWERS.status(404));
    const { changeNumber, err } = await offered("y\n");
    expect(changeNumber).toBeNull();
    expect(err).toMatch(/not downloaded: .*HTTP 404/);
    expect(err).toMatch(/try again: vnet-explain tags update; .*--from FILE/);
  });
});
