import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { downloadFile, downloadFromCenter } from "../../../src/store/download/center.ts";
import { type DownloadLimits, download } from "../../../src/store/download/download.ts";
import { downloadPolicy } from "../../../src/store/download/policy.ts";
import { failure } from "../failure.ts";
import { ANSWERS, type Answer, LoopbackDownloadCenter, PAGE_PATH } from "./loopback-download-center.ts";

/** The page behind the button of the details page. */
const CONFIRMATION = "/en-us/download/confirmation.aspx";

let center: LoopbackDownloadCenter;
let other: LoopbackDownloadCenter;
beforeAll(async () => {
  [center, other] = await Promise.all([LoopbackDownloadCenter.start(), LoopbackDownloadCenter.start()]);
});
afterEach(() => {
  center.reset();
  other.reset();
});
afterAll(() => Promise.all([center.stop(), other.stop()]));

const LIMITS: DownloadLimits = { idle: 5000, overall: 5000, bytes: 1024 * 1024 };
const FILE = "/f.json";

async function fetched(limits: Partial<DownloadLimits> = {}): Promise<string> {
  const policy = downloadPolicy(center.origin, null);
  const options = { policy, limits: { ...LIMITS, ...limits } };
  return new TextDecoder().decode(await download(new URL(FILE, center.origin), options));
}

describe("a download brings the whole content", () => {
  it.each<[string, ...Answer[]]>([
    ["as announced by its length", ANSWERS.json('{"a":1}')],
    ["packed with gzip", ANSWERS.gzip('{"a":1}')],
    ["after a redirect on the same host", ANSWERS.redirect("/f.json?again"), ANSWERS.json('{"a":1}')],
    ["after a first attempt that was cut off", ANSWERS.cutOff('{"a":1}', 3), ANSWERS.json('{"a":1}')],
    ["after a first attempt that was reset", ANSWERS.reset(), ANSWERS.json('{"a":1}')],
    ["after one 503", ANSWERS.status(503), ANSWERS.json('{"a":1}')],
    ["after one 429", ANSWERS.status(429), ANSWERS.json('{"a":1}')],
  ])("%s", async (_, ...answers) => {
    center.answer(FILE, ...answers);
    expect(await fetched()).toBe('{"a":1}');
    expect(center.asked).toHaveLength(answers.length);
  });

  it("and reports progress up to the announced total", async () => {
    center.answer(FILE, ANSWERS.json("x".repeat(100_000)));
    const seen: string[] = [];
    await download(new URL(FILE, center.origin), {
      policy: downloadPolicy(center.origin, null),
      onProgress: ({ received, total }) => seen.push(`${received}/${total}`),
    });
    expect(seen.at(-1)).toBe("100000/100000");
  });
});

it.each<[what: string, answer: () => Answer, total: string]>([
  ["is packed", () => ANSWERS.gzip('{"a":1}'), "null"],
  ["is packed, and announces how long it is when packed", () => ANSWERS.gzip('{"a":1}', true), "null"],
  [
    "announces no length",
    () => ANSWERS.raw(Buffer.from('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"a":1}')),
    "null",
  ],
  ["announces its length", () => ANSWERS.json('{"a":1}'), "7"],
])("the progress of an answer that %s", async (_, answer, total) => {
  center.answer(FILE, answer());
  const seen: string[] = [];
  await download(new URL(FILE, center.origin), {
    policy: downloadPolicy(center.origin, null),
    onProgress: (progress) => seen.push(`${progress.received}/${progress.total}`),
  });
  expect(seen.at(-1)).toBe(`7/${total}`);
});

describe("a faulty answer is a clear error", () => {
  it.each<[fault: string, code: string, requests: number, answer: () => Answer, limits?: Partial<DownloadLimits>]>([
    ["cut off twice", "download-cut", 2, () => ANSWERS.cutOff('{"a":1}', 3)],
    ["reset twice", "download-cut", 2, () => ANSWERS.reset()],
    ["not HTTP", "download-cut", 2, () => ANSWERS.raw(Buffer.from("SSH-2.0-OpenSSH_9.6\r\n"))],
    ["503 twice", "download-unavailable", 2, () => ANSWERS.status(503)],
    ["404", "download-status", 1, () => ANSWERS.status(404)],
    ["403", "download-status", 1, () => ANSWERS.status(403)],
    ["304 without a request for it", "download-status", 1, () => ANSWERS.status(304)],
    ["silence", "download-timeout", 1, () => ANSWERS.silent(), { idle: 50 }],
    ["a byte at a time for ever", "download-timeout", 1, () => ANSWERS.drip(), { overall: 100 }],
    ["silence after the headers", "download-timeout", 1, () => ANSWERS.announced(100), { idle: 50 }],
    [
      "silence in an answer that ends with the connection",
      "download-timeout",
      1,
      () =>
        ({ socket }) =>
          socket.write("HTTP/1.1 200 OK\r\n\r\n[1,2]"),
      { idle: 50 },
    ],
    ["endless", "download-too-large", 1, () => ANSWERS.endless()],
    ["announced too large", "download-too-large", 1, () => ANSWERS.announced(2 ** 40)],
    ["a gzip bomb", "download-too-large", 1, () => ANSWERS.gzipBomb(16)],
    ["lists without end", "download-too-large", 1, () => ANSWERS.gzipBomb(9, "["), { bytes: 10 * 1024 * 1024 }],
    ["broken gzip", "download-encoding", 1, () => ANSWERS.encoded("gzip", "not gzip")],
    ["an encoding not asked for", "download-encoding", 1, () => ANSWERS.encoded("br", "{}")],
    ["redirects in a circle", "download-redirect", 6, () => ANSWERS.redirect("/f.json")],
    ["a redirect to another host", "download-redirect", 1, () => ANSWERS.redirect(`${other.origin}/f.json`)],
    [
      "a redirect to plain http elsewhere",
      "download-redirect",
      1,
      () => ANSWERS.redirect("http://www.microsoft.com/f.json"),
    ],
    ["a redirect to a file", "download-redirect", 1, () => ANSWERS.redirect("file:///etc/passwd")],
    ["a redirect to a private address", "download-redirect", 1, () => ANSWERS.redirect("https://10.0.0.1/f.json")],
    [
      "a redirect to the metadata service",
      "download-redirect",
      1,
      () => ANSWERS.redirect("http://169.254.169.254/metadata"),
    ],
    [
      "a redirect with a user name",
      "download-redirect",
      1,
      () => (request, response) => ANSWERS.redirect(`http://user@${request.headers.host}/f.json`)(request, response),
    ],
    ["a redirect to no address", "download-redirect", 1, () => ANSWERS.redirect("https://[")],
    ["a data URL", "download-redirect", 1, () => ANSWERS.redirect("data:application/json,{}")],
  ])("%s is %s", async (_, code, requests, answer, limits) => {
    center.answer(FILE, answer());
    expect((await failure(fetched(limits))).code).toBe(code);
    expect(center.asked).toHaveLength(requests);
    expect(other.asked).toEqual([]);
  });

  const CHECK = "check the address: a service tag file has about 4 MB";
  it.each<[rule: string, message: string, hint: string, answer: () => Answer, limits?: Partial<DownloadLimits>]>([
    ["redirects in a circle", "more than 5 redirects", "run again later", () => ANSWERS.redirect("/f.json")],
    ["endless", "the answer is larger than 1 MiB", CHECK, () => ANSWERS.endless(), { bytes: 2 ** 20 }],
    [
      "announced too large",
      "the answer is larger than 1 MiB",
      CHECK,
      () => ANSWERS.announced(2 ** 40),
      { bytes: 2 ** 20 },
    ],
    [
      "lists without end",
      "the answer holds more than 2,000,000 values",
      CHECK,
      () => ANSWERS.gzipBomb(9, "["),
      { bytes: 10 * 2 ** 20 },
    ],
    [
      "an encoding not asked for",
      "the answer is packed in a way not asked for",
      "check the proxy",
      () => ANSWERS.encoded("br", "{}"),
    ],
    [
      "silent",
      "no complete answer within 50 ms",
      "check the connection and HTTPS_PROXY; or download the file in a browser and import it with --from FILE",
      () => ANSWERS.silent(),
      { idle: 50 },
    ],
  ])("%s: the message and what to do", async (_, message, hint, answer, limits) => {
    center.answer(FILE, answer());
    const error = await failure(fetched(limits));
    const [first, address] = error.message.split("\n");
    expect([first, error.hint]).toEqual([message, hint]);
    expect(address).toMatch(/^ {2}http:\/\/127\.0\.0\.1:\d+\/f\.json$/);
  });

  it.each<[Partial<DownloadLimits>, string]>([
    [{ idle: 50 }, "within 50 ms"],
    [{ overall: 999 }, "within 999 ms"],
    [{ overall: 1000 }, "within 1 s"],
  ])("the time limit %j is named", async (limits, named) => {
    center.answer(FILE, ANSWERS.drip());
    if (limits.idle !== undefined) center.answer(FILE, ANSWERS.silent());
    expect((await failure(fetched(limits))).message).toContain(`no complete answer ${named}\n`);
  });

  it("cut at every byte, an answer is whole or an error, never a part", async () => {
    const body = '{"changeNumber":1}';
    for (const [encoding, content] of [
      ["identity", Buffer.from(body)],
      ["gzip", gzipSync(body)],
    ] as const) {
      const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${content.length}\r\n\r\n`;
      const whole = Buffer.concat([Buffer.from(head), content]);
      for (let at = 0; at < whole.length; at++) {
        center.answer(FILE, ANSWERS.raw(whole.subarray(0, at)));
        expect((await failure(fetched())).code, `${encoding} cut at ${at}`).toBe("download-cut");
      }
      center.answer(FILE, ANSWERS.raw(whole));
      expect(await fetched()).toBe(body);
    }
  });

  it("a chunked answer cut at every byte is an error too", async () => {
    const whole = Buffer.from(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n[1,2\r\n3\r\n,3]\r\n0\r\n\r\n",
    );
    for (let at = 0; at < whole.length; at++) {
      center.answer(FILE, ANSWERS.raw(whole.subarray(0, at)));
      expect((await failure(fetched())).code, `cut at ${at}`).toBe("download-cut");
    }
    center.answer(FILE, ANSWERS.raw(whole));
    expect(await fetched()).toBe("[1,2,3]");
  });

  it("a host that does not listen is reported as no connection", async () => {
    const gone = await LoopbackDownloadCenter.start();
    const { origin } = gone;
    await gone.stop();
    const policy = downloadPolicy(origin, null);
    expect((await failure(download(new URL(FILE, origin), { policy }))).code).toBe("download-refused");
  });
});

describe("the Download Center", () => {
  const options = () => ({ policy: downloadPolicy(center.origin, null), limits: LIMITS });

  it.each([
    ["public", "Public"],
    ["usgov", "AzureGovernment"],
    ["china", "China"],
  ] as const)("gives this week's file of %s", async (cloud, name) => {
    center.files.set(name, '{"cloud":"it"}');
    const { bytes, file } = await downloadFromCenter(cloud, options());
    expect(new TextDecoder().decode(bytes)).toBe('{"cloud":"it"}');
    expect(file).toBe(`ServiceTags_${name}_20251110.json`);
  });

  it("names the newest file where the page names two weeks, in any spelling of the slash", async () => {
    const link = (date: string) => `${center.origin}/x/ServiceTags_Public_${date}.json`;
    const spelled = link("20251117").replaceAll("/", "\\u002F");
    center.answer(
      PAGE_PATH,
      ANSWERS.html(`<a href="${link("20251110")}"><script>{"url":"${spelled}"}</script>${link("20251103")}`),
    );
    center.answer("/x/ServiceTags_Public_20251117.json", ANSWERS.json("{}"));
    expect((await downloadFromCenter("public", options())).file).toBe("ServiceTags_Public_20251117.json");
  });

  it.each<[string, string, () => string]>([
    ["a page without a link", "download-no-link", () => "<html>Sorry</html>"],
    ["a link for another cloud alone", "download-no-link", () => center.page("China")],
    [
      "a link to another host",
      "download-redirect",
      () => '<a href="https://evil.example/ServiceTags_Public_20251110.json">',
    ],
    [
      "a link to a private address",
      "download-redirect",
      () => '<a href="http://10.0.0.1/ServiceTags_Public_20251110.json">',
    ],
    [
      "a link with a look-alike host",
      "download-redirect",
      () => '"https://microsoft.com.example/ServiceTags_Public_20251110.json"',
    ],
  ])("refuses %s", async (_, code, page) => {
    center.answer(PAGE_PATH, ANSWERS.html(page()));
    expect((await failure(downloadFromCenter("public", options()))).code).toBe(code);
    // Without a link, the page behind the button is asked too.
    expect(center.asked).toEqual(code === "download-no-link" ? [PAGE_PATH, CONFIRMATION] : [PAGE_PATH]);
  });

  describe("where the page names a file that is missing", () => {
    const path = (date: string) => `/x/ServiceTags_Public_${date}.json`;
    const names = (...dates: readonly string[]) =>
      ANSWERS.html(dates.map((date) => `<a href="${center.origin}${path(date)}">`).join(" "));

    it.each([
      ["404", 404],
      ["410", 410],
    ])("the one before it is taken, with a note: %s", async (_, status) => {
      center.answer(PAGE_PATH, names("20251110", "20251117"));
      center.answer(path("20251117"), ANSWERS.status(status));
      center.answer(path("20251110"), ANSWERS.json("{}"));
      const notes: string[] = [];
      const onNote = (text: string) => notes.push(text);
      expect((await downloadFromCenter("public", { ...options(), onNote })).file).toBe(
        "ServiceTags_Public_20251110.json",
      );
      expect(notes).toEqual([expect.stringContaining(`missing: ${center.origin}${path("20251117")}`)]);
    });

    it("any other failure is reported", async () => {
      center.answer(PAGE_PATH, names("20251110", "20251117"));
      center.answer(path("20251117"), ANSWERS.status(403));
      center.answer(path("20251110"), ANSWERS.json("{}"));
      expect((await failure(downloadFromCenter("public", options()))).message).toMatch(/HTTP 403/);
    });

    it("its error is given where every address is missing; three are tried", async () => {
      center.answer(PAGE_PATH, names("20251117", "20251110", "20251103", "20251027"));
      expect((await failure(downloadFromCenter("public", options()))).message).toMatch(/HTTP 404\n.*20251117/);
      const dates = ["20251117", "20251110", "20251103"];
      expect(center.asked).toEqual([PAGE_PATH, ...dates.map(path), CONFIRMATION]);
    });

    it("the page behind the button may name another", async () => {
      center.answer(PAGE_PATH, names("20251117"));
      center.answer(CONFIRMATION, names("20251117", "20251110"));
      center.answer(path("20251110"), ANSWERS.json("{}"));
      expect((await downloadFromCenter("public", options())).file).toBe("ServiceTags_Public_20251110.json");
      expect(center.asked.filter((asked) => asked === path("20251117"))).toHaveLength(1);
    });
  });

  it("takes the link of the page behind the button where the first page has none", async () => {
    center.answer(PAGE_PATH, ANSWERS.html("<html>Download</html>"));
    center.answer(CONFIRMATION, ANSWERS.html(center.page("Public")));
    expect((await downloadFromCenter("public", options())).file).toBe("ServiceTags_Public_20251110.json");
  });

  it("refuses a page that never ends", async () => {
    center.answer(PAGE_PATH, ANSWERS.endless());
    expect((await failure(downloadFromCenter("public", options()))).code).toBe("download-too-large");
  });

  it.each(["<!DOCTYPE html><html>", "\uFEFF \n<html>"])("distinguishes a web page from a file: %j", async (text) => {
    center.answer(FILE, ANSWERS.html(text));
    const error = await failure(downloadFile(new URL(FILE, center.origin), "public", options()));
    expect(error.code).toBe("download-web-page");
  });
});
