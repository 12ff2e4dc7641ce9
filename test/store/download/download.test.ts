import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type DownloadLimits, download, limitsWithin } from "../../../src/store/download/download.ts";
import { downloadPolicy } from "../../../src/store/download/policy.ts";
import { failure, failureText } from "../failure.ts";
import { ANSWERS, type Answer, LoopbackDownloadCenter } from "./loopback-download-center.ts";

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

it("a download waits 30 seconds for the next piece and five minutes for all, or as long as it is given", () => {
  const bytes = 32 * 1024 * 1024;
  expect([undefined, 60_000, 30_000, 1000].map((overall) => limitsWithin(overall))).toEqual([
    { idle: 30_000, overall: 300_000, bytes },
    { idle: 30_000, overall: 60_000, bytes },
    { idle: 30_000, overall: 30_000, bytes },
    { idle: 1000, overall: 1000, bytes },
  ]);
});

it("a request says what it takes, and who asks", async () => {
  const headers: unknown[] = [];
  center.answer(FILE, (request, response) => {
    const { accept, "accept-encoding": encoding, "user-agent": agent, connection } = request.headers;
    headers.push([request.method, accept, encoding, agent, connection]);
    response.end("{}");
  });
  expect(await fetched()).toBe("{}");
  expect(headers).toEqual([["GET", "application/json, text/html;q=0.9", "gzip", "vnet-explain", "close"]]);
});

it.each<[what: string, bytes: number, answer: (content: string) => Answer]>([
  ["with its length announced", 1000, ANSWERS.json],
  ["packed", 1000, (content) => ANSWERS.gzip(content)],
  ["without a length", 1000, (content) => (_, response) => void response.writeHead(200).end(content)],
])("as many bytes as the limit are taken, and one more is too large: %s", async (_, bytes, answer) => {
  center.answer(FILE, answer("x".repeat(bytes)));
  expect(await fetched({ bytes })).toHaveLength(bytes);
  expect((await failure(fetched({ bytes: bytes - 1 }))).message).toMatch(/^the answer is larger than 0 MiB\n/);
});

it("a length that is announced too large is refused before anything is read", async () => {
  center.answer(FILE, ANSWERS.announced(2 ** 40));
  const seen: unknown[] = [];
  const options = { policy: downloadPolicy(center.origin, null), limits: LIMITS };
  const onProgress = (progress: unknown) => void seen.push(progress);
  expect((await failure(download(new URL(FILE, center.origin), { ...options, onProgress }))).code).toBe(
    "download-too-large",
  );
  expect(seen).toEqual([]);
});

it.each(["gzip", "GZIP", "x-gzip", "X-Gzip"])("an answer packed as %s is unpacked", async (encoding) => {
  center.answer(FILE, (_, response) => {
    response.writeHead(200, { "content-encoding": encoding }).end(gzipSync("[1]"));
  });
  expect(await fetched()).toBe("[1]");
});

it.each(["identity", "IDENTITY"])(
  "an answer that says that it is not packed (%s) is read as it is",
  async (encoding) => {
    center.answer(FILE, ANSWERS.encoded(encoding, "[1]"));
    expect(await fetched()).toBe("[1]");
  },
);

describe("an answer is followed or refused by its status", () => {
  const whole = ANSWERS.json("{}");
  it.each([300, 301, 302, 303, 307, 308, 399])("%i with an address is followed", async (status) => {
    center.answer(FILE, ANSWERS.redirect("/f.json?again", status), whole);
    expect(await fetched()).toBe("{}");
  });

  it.each([201, 204, 206, 299, 400, 404])("%i with an address is refused", async (status) => {
    center.answer(FILE, ANSWERS.redirect("/f.json?again", status), whole);
    expect((await failure(fetched())).message).toBe(`cannot download: HTTP ${status}\n  ${center.origin}/f.json`);
  });

  it.each([300, 302, 399])("%i without an address is refused", async (status) => {
    center.answer(FILE, ANSWERS.status(status), whole);
    expect((await failure(fetched())).message).toBe(`cannot download: HTTP ${status}\n  ${center.origin}/f.json`);
  });

  it("five times and no more", async () => {
    const redirect = ANSWERS.redirect("/f.json");
    center.answer(FILE, ...Array(5).fill(redirect), whole);
    expect(await fetched()).toBe("{}");
    center.answer(FILE, ...Array(6).fill(redirect), whole);
    expect((await failure(fetched())).message).toBe(`more than 5 redirects\n  ${center.origin}/f.json`);
  });

  it("from address to address, each relative to the one before", async () => {
    center.answer(FILE, ANSWERS.redirect("/a/b"));
    center.answer("/a/b", ANSWERS.redirect("c"));
    center.answer("/a/c", whole);
    expect(await fetched()).toBe("{}");
    expect(center.asked).toEqual([FILE, "/a/b", "/a/c"]);
  });

  it("to no address is refused with what to do", async () => {
    center.answer(FILE, ANSWERS.redirect("https://["));
    const { message, hint } = await failure(fetched());
    expect([message, hint]).toEqual([
      `${new URL(center.origin).host} sent a redirect without a valid address`,
      "run again later",
    ]);
  });
});

describe("the time between two pieces of an answer", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  afterEach(() => void vi.useRealTimers());

  const options = () => ({ policy: downloadPolicy(center.origin, null), limits: { ...LIMITS, idle: 1000 } });

  it("counts from each piece anew", async () => {
    let received = 0;
    center.answer(FILE, (_, response) => {
      response.writeHead(200, { "content-length": 4 }).write("[");
      pieces.push(
        () => response.write("1"),
        () => response.write("2"),
        () => response.end("]"),
      );
    });
    const pieces: (() => void)[] = [];
    const onProgress = (progress: { readonly received: number }) => {
      received = progress.received;
      vi.advanceTimersByTime(999);
      pieces.shift()?.();
    };
    expect(String(await download(new URL(FILE, center.origin), { ...options(), onProgress }))).toBe("[12]");
    expect([received, vi.getTimerCount()]).toEqual([4, 0]);
  });

  it("ends a download when it is over, and is named", async () => {
    center.answer(FILE, (_, response) => void response.writeHead(200).write("["));
    const outcome = failure(
      download(new URL(FILE, center.origin), { ...options(), onProgress: () => vi.advanceTimersByTime(1000) }),
    );
    expect((await outcome).message).toBe(`no complete answer within 1 s\n  ${center.origin}/f.json`);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it("the connection of an answer that is refused is closed, though more would come", async () => {
  const closed = new Promise((resolve) => {
    center.answer(FILE, (_, response) => {
      response.on("close", () => resolve("closed"));
      response.writeHead(403).write("<html>");
    });
  });
  expect((await failure(fetched())).code).toBe("download-status");
  expect(await closed).toBe("closed");
});

it("where a first attempt was cut, the error of the second is reported", async () => {
  center.answer(FILE, ANSWERS.cutOff("[1]", 1), ANSWERS.status(404));
  expect((await failure(fetched())).message).toBe(`cannot download: HTTP 404\n  ${center.origin}/f.json`);
});

it.each<[what: string, url: string]>([
  ["that the policy does not allow", "https://evil.example/f.json"],
  ["of another port", "http://127.0.0.1:1/f.json"],
])("an address %s is not asked", async (_, url) => {
  const policy = downloadPolicy(center.origin, null);
  expect((await failure(download(new URL(url), { policy, limits: LIMITS }))).code).toBe("download-address");
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
  const AT = " | CENTER/f.json; ";
  const BROWSER = "download the file in a browser and import it with --from FILE";
  const CUT = `download-cut: cannot download: the connection was cut${AT}run again`;
  const status = (code: number) => `download-status: cannot download: HTTP ${code}${AT}${BROWSER}`;
  const LATE = `download-timeout: no complete answer within 250 ms${AT}check the connection and HTTPS_PROXY; or ${BROWSER}`;
  const large = (what: string) =>
    `download-too-large: the answer ${what}${AT}check the address: a service tag file has about 4 MB`;
  const elsewhere = (to: string, why: string) =>
    `download-redirect: CENTER sent the download elsewhere | to ${to}: ${why}; check the proxy, or ${BROWSER}`;
  const noHttps = (protocol: string) => `only https is allowed, not ${protocol}:`;

  it.each<[fault: string, expected: string, requests: number, answer: () => Answer, limits?: Partial<DownloadLimits>]>([
    ["cut off twice", CUT, 2, () => ANSWERS.cutOff('{"a":1}', 3)],
    ["reset twice", CUT, 2, () => ANSWERS.reset()],
    ["not HTTP", CUT, 2, () => ANSWERS.raw(Buffer.from("SSH-2.0-OpenSSH_9.6\r\n"))],
    [
      "503 twice",
      `download-unavailable: cannot download: HTTP 503${AT}the server failed: run again later`,
      2,
      () => ANSWERS.status(503),
    ],
    ["404", status(404), 1, () => ANSWERS.status(404)],
    ["403", status(403), 1, () => ANSWERS.status(403)],
    ["304 without a request for it", status(304), 1, () => ANSWERS.status(304)],
    ["silence", LATE, 1, () => ANSWERS.silent(), { idle: 250 }],
    ["a byte at a time for ever", LATE, 1, () => ANSWERS.drip(), { overall: 250 }],
    ["silence after the headers", LATE, 1, () => ANSWERS.announced(100), { idle: 250 }],
    [
      "silence in an answer that ends with the connection",
      LATE,
      1,
      () =>
        ({ socket }) =>
          socket.write("HTTP/1.1 200 OK\r\n\r\n[1,2]"),
      { idle: 250 },
    ],
    ["endless", large("is larger than 1 MiB"), 1, () => ANSWERS.endless()],
    ["announced too large", large("is larger than 1 MiB"), 1, () => ANSWERS.announced(2 ** 40)],
    ["a gzip bomb", large("is larger than 1 MiB"), 1, () => ANSWERS.gzipBomb(16)],
    [
      "lists without end",
      large("holds more than 2,000,000 values"),
      1,
      () => ANSWERS.gzipBomb(9, "["),
      { bytes: 10 * 1024 * 1024 },
    ],
    [
      "broken gzip",
      `download-encoding: cannot download: the compressed answer is damaged${AT}run again`,
      1,
      () => ANSWERS.encoded("gzip", "not gzip"),
    ],
    [
      "an encoding not asked for",
      `download-encoding: the answer is in an encoding that was not requested${AT}check the proxy`,
      1,
      () => ANSWERS.encoded("br", "{}"),
    ],
    [
      "redirects in a circle",
      `download-redirect: more than 5 redirects${AT}run again later`,
      6,
      () => ANSWERS.redirect("/f.json"),
    ],
    [
      "a redirect to another host",
      elsewhere("OTHER/f.json", noHttps("http")),
      1,
      () => ANSWERS.redirect(`${other.origin}/f.json`),
    ],
    [
      "a redirect to plain http elsewhere",
      elsewhere("http://www.microsoft.com/f.json", noHttps("http")),
      1,
      () => ANSWERS.redirect("http://www.microsoft.com/f.json"),
    ],
    [
      "a redirect to a file",
      elsewhere("a file: address", noHttps("file")),
      1,
      () => ANSWERS.redirect("file:///etc/passwd"),
    ],
    [
      "a redirect to a private address",
      elsewhere("https://10.0.0.1/f.json", "only CENTER is allowed"),
      1,
      () => ANSWERS.redirect("https://10.0.0.1/f.json"),
    ],
    [
      "a redirect to the metadata service",
      elsewhere("http://169.254.169.254/metadata", noHttps("http")),
      1,
      () => ANSWERS.redirect("http://169.254.169.254/metadata"),
    ],
    [
      "a redirect with a user name",
      elsewhere("CENTER/f.json", "a user name or password in the address is not supported"),
      1,
      () => (request, response) => ANSWERS.redirect(`http://user@${request.headers.host}/f.json`)(request, response),
    ],
    [
      "a redirect without a valid address",
      "download-redirect: CENTER sent a redirect without a valid address; run again later",
      1,
      () => ANSWERS.redirect("https://["),
    ],
    [
      "a data URL",
      elsewhere("a data: address", noHttps("data")),
      1,
      () => ANSWERS.redirect("data:application/json,{}"),
    ],
  ])("%s", async (_, expected, requests, answer, limits) => {
    center.answer(FILE, answer());
    const words = { [center.origin]: "CENTER", [new URL(center.origin).host]: "CENTER", [other.origin]: "OTHER" };
    expect(await failureText(fetched(limits), words)).toBe(expected);
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
      "the answer is in an encoding that was not requested",
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
