import { describe, expect, it } from "vitest";
import { checkDownloadUrl, DOWNLOAD_CENTER, downloadPolicy, shortUrl } from "../../../src/store/download/policy.ts";
import { proxyAgent } from "../../../src/store/download/proxy-agent.ts";
import { isStoreError } from "../../../src/store/files/store-error.ts";

/** "allowed", or `code: message; hint` of the refusal. */
const outcome = (run: () => unknown): string => {
  try {
    run();
    return "allowed";
  } catch (thrown) {
    if (!isStoreError(thrown)) return String(thrown);
    const { code, message, hint, exit, detail, correction } = thrown;
    expect([exit, detail, correction]).toEqual(["failed", null, null]);
    expect(message).not.toMatch(/secret|undefined/);
    return `${code}: ${message}; ${hint}`;
  }
};

/** The refusal of an address of the user's, and of one that `from` led to. */
const refused = (url: string, why: string) =>
  `download-address: cannot download from ${shortUrl(new URL(url))}\n  ${why}; name an https address with --url`;
const redirected = (from: string, url: string, why: string) =>
  `download-redirect: ${from} sent the download elsewhere\n  to ${shortUrl(new URL(url))}: ${why}; check the proxy, or download the file in a browser and import it with --from FILE`;

const SIGNED_IN = "a user name or password in the address is not supported";
const NO_HTTPS = (protocol: string) => `only https is allowed, not ${protocol}:`;
const NOT_MICROSOFT = "it is not one of Microsoft's hosts";
const ADDRESS = "an address is not one of Microsoft's hosts";

const LOOPBACK = "http://127.0.0.1:8080";

describe("from the Download Center", () => {
  it.each<[url: string, why: string | null]>([
    ["https://www.microsoft.com/en-us/download/details.aspx?id=56519", null],
    ["https://download.microsoft.com/download/x/ServiceTags_Public_20251110.json", null],
    ["https://DOWNLOAD.Microsoft.com/x.json", null],
    ["https://microsoft.com/x.json", null],
    ["https://www.microsoft.com:443/x.json", null],
    ["http://download.microsoft.com/x.json", NO_HTTPS("http")],
    ["https://xmicrosoft.com/x.json", NOT_MICROSOFT],
    ["https://download.microsoft.com:8443/x.json", "only the usual https port is allowed"],
    ["https://user:secret@download.microsoft.com/x.json", SIGNED_IN],
    ["https://:secret@download.microsoft.com/x.json", SIGNED_IN],
    ["https://user@download.microsoft.com/x.json", SIGNED_IN],
    ["https://evilmicrosoft.com/x.json", NOT_MICROSOFT],
    ["https://microsoft.com.example/x.json", NOT_MICROSOFT],
    ["https://x.azureedge.net/x.json", NOT_MICROSOFT], // anyone can have a name there
    ["https://10.0.0.1/x.json", ADDRESS],
    ["https://10.0.0.1:8443/x", ADDRESS],
    ["https://0x7f000001/x.json", ADDRESS],
    ["https://[::1]/x.json", ADDRESS],
    ["file:///etc/passwd", NO_HTTPS("file")],
    ["ftp://download.microsoft.com/x.json", NO_HTTPS("ftp")],
    [`${LOOPBACK}/x.json`, NO_HTTPS("http")],
  ])("%s is allowed, or refused with the reason: %s", (url, why) => {
    const policy = downloadPolicy(undefined, null);
    const check = (from: URL | null) => outcome(() => checkDownloadUrl(new URL(url), policy, from));
    expect(check(null)).toBe(why === null ? "allowed" : refused(url, why));
    expect(check(new URL(DOWNLOAD_CENTER))).toBe(why === null ? "allowed" : redirected("www.microsoft.com", url, why));
  });
});

const NO_URL =
  "download-address: the download address is not a URL; write one like https://host/ServiceTags_Public_20251110.json";
const ELSEWHERE =
  "download-address: VNET_EXPLAIN_DOWNLOAD_CENTER may only name a server on this machine; unset it, or name another source with --url";

describe("from an address of the user's", () => {
  it.each<[url: string, center: string | undefined, expected: string]>([
    ["https://mirror.example/tags.json", undefined, "allowed"],
    ["https://10.1.2.3:8443/tags.json", undefined, "allowed"], // a mirror inside the company
    ["https://:secret@mirror.example/tags.json", undefined, SIGNED_IN],
    ["http://mirror.example/tags.json", undefined, NO_HTTPS("http")],
    ["http://127.0.0.1:8080/tags.json", undefined, NO_HTTPS("http")],
    ["http://127.0.0.1:8080/tags.json", LOOPBACK, "allowed"],
    ["http://127.0.0.1:8081/tags.json", LOOPBACK, NO_HTTPS("http")],
    ["file:///tmp/tags.json", undefined, NO_HTTPS("file")],
    ["/tmp/tags.json", undefined, NO_URL],
    ["", undefined, NO_URL],
  ])("%j (centre %s) is allowed, or refused: %s", (url, center, expected) => {
    const isWhole = expected === "allowed" || expected === NO_URL;
    expect(outcome(() => downloadPolicy(center, url))).toBe(isWhole ? expected : refused(url, expected));
  });

  it.each<[url: string, why: string | null]>([
    ["https://mirror.example/other.json", null],
    ["https://mirror.example:8443/tags.json", "only mirror.example was named"],
    ["https://download.microsoft.com/x.json", "only mirror.example was named"],
    ["http://mirror.example/tags.json", NO_HTTPS("http")],
  ])("a redirect to %s is allowed, or refused: %s", (url, why) => {
    const policy = downloadPolicy(undefined, "https://mirror.example/tags.json");
    expect(outcome(() => checkDownloadUrl(new URL(url), policy, policy.named))).toBe(
      why === null ? "allowed" : redirected("mirror.example", url, why),
    );
  });
});

describe("VNET_EXPLAIN_DOWNLOAD_CENTER names a server on this machine alone", () => {
  it.each<[origin: string, expected: string]>([
    ["http://127.0.0.1:8080", "allowed"],
    ["http://localhost:8080/", "allowed"],
    ["http://127.0.0.53:8080", "allowed"],
    ["http://127.255.255.254", "allowed"],
    ["http://128.0.0.1", ELSEWHERE],
    ["https://[::1]:8443", "allowed"],
    ["http://10.0.0.1:8080", ELSEWHERE],
    ["https://www.microsoft.com", ELSEWHERE],
    ["http://127.0.0.1.example", ELSEWHERE],
    ["http://localhost.example", ELSEWHERE],
    ["http://xlocalhost", ELSEWHERE],
    ["http://a.localhost", ELSEWHERE],
    ["http://[::1]", "allowed"],
    ["http://[::12]", ELSEWHERE],
    ["ftp://127.0.0.1", ELSEWHERE],
    ["xhttp://127.0.0.1", ELSEWHERE],
    ["httpx://127.0.0.1", ELSEWHERE],
    ["file:///127.0.0.1", ELSEWHERE],
    ["nonsense", NO_URL],
  ])("%s is %s", (origin, expected) => {
    expect(outcome(() => downloadPolicy(origin, null))).toBe(expected);
  });

  it("and then nothing else is fetched, Microsoft's hosts included", () => {
    const policy = downloadPolicy(LOOPBACK, null);
    const url = "https://www.microsoft.com/";
    expect(outcome(() => checkDownloadUrl(new URL(url), policy, null))).toBe(
      refused(url, "only http://127.0.0.1:8080 is allowed"),
    );
  });
});

it("without a wish of the user's, the policy is Microsoft's Download Center", () => {
  for (const center of [undefined, ""]) {
    expect(downloadPolicy(center, null)).toEqual({ center: "https://www.microsoft.com", named: null });
  }
  expect(downloadPolicy(`${LOOPBACK}/path`, "https://mirror.example/x")).toEqual({
    center: LOOPBACK,
    named: new URL("https://mirror.example/x"),
  });
});

it.each<[what: string, call: () => unknown, expected: string]>([
  [
    "an address of a long protocol",
    () => downloadPolicy(undefined, `${"x".repeat(21)}://a.example/b`),
    `download-address: cannot download from a ${"x".repeat(21)}: address\n  only https is allowed, not ${"x".repeat(20)}; name an https address with --url`,
  ],
  [
    "a redirect from a host with a long name",
    () =>
      checkDownloadUrl(
        new URL("https://a.example/b"),
        downloadPolicy(undefined, null),
        new URL(`https://${"x".repeat(59)}.example/`),
      ),
    redirected(`${"x".repeat(59)}.`, "https://a.example/b", NOT_MICROSOFT),
  ],
])("%s is shown in part", (_, call, expected) => {
  expect(outcome(call)).toBe(expected);
});

it.each<[url: string, center: string | undefined, named: string | null, why: string]>([
  ["https://a.example/x", undefined, "https://b.example/y", "only b.example was named"],
  ["https://www.microsoft.com/x", LOOPBACK, null, "only http://127.0.0.1:8080 is allowed"],
  ["https://127.0.0.1:8080/x", LOOPBACK, null, "only http://127.0.0.1:8080 is allowed"],
  ["ftp://127.0.0.1:8080/x", LOOPBACK, null, NO_HTTPS("ftp")],
  ["http://127.0.0.1:8080/x", LOOPBACK, "https://b.example/y", "only b.example was named"],
])("%s with %s and %s is refused with the reason", (url, center, named, why) => {
  const policy = downloadPolicy(center, named);
  const check = (from: URL | null) => outcome(() => checkDownloadUrl(new URL(url), policy, from));
  expect(check(null)).toBe(refused(url, why));
  expect(check(new URL(DOWNLOAD_CENTER))).toBe(redirected("www.microsoft.com", url, why));
});

it("an address is shown without its query, which may hold a signature", () => {
  expect(shortUrl(new URL("https://a.example/x.json?sig=secret#y"))).toBe("https://a.example/x.json");
  expect(shortUrl(new URL("http://a.example:81/x.json?sig=secret#y"))).toBe("http://a.example:81/x.json");
  expect(shortUrl(new URL("file:///etc/passwd"))).toBe("a file: address");
});

it.each([
  [70, /^https:\/\/a\.example\/x+$/],
  [71, /^https:\/\/a\.example\/x+\.\.\.$/],
])("an address of %i characters is not longer than a line", (length, expected) => {
  const shown = shortUrl(new URL(`https://a.example/${"x".repeat(length - 18)}`));
  expect(shown).toMatch(expected);
  expect(shown.length).toBe(70);
});

describe("the proxy variables decide how https is reached", () => {
  it.each([
    ["https://www.microsoft.com/", "http://proxy.example:8080", "http://proxy.example:8080/"],
    ["https://www.microsoft.com/", "https://proxy.example", "https://proxy.example/"],
    ["http://www.microsoft.com/", "nonsense", undefined],
    ["https://www.microsoft.com/", "", undefined],
    ["http://127.0.0.1:8080/", "http://proxy.example:8080", undefined],
  ])("%s with %j goes through %s", (url, proxy, expected) => {
    const agent = proxyAgent(new URL(url), () => proxy);
    expect(agent && "proxy" in agent ? String(agent.proxy) : undefined).toBe(expected);
  });

  it.each(["socks5://proxy.example", "nonsense"])("%s is refused without showing it", (proxy) => {
    expect(outcome(() => proxyAgent(new URL("https://www.microsoft.com/"), () => proxy))).toBe(
      "download-proxy: HTTPS_PROXY is not the address of an http proxy; write it like http://proxy.example:8080, or unset it",
    );
  });
});
