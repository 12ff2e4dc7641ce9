import { describe, expect, it } from "vitest";
import { checkDownloadUrl, DOWNLOAD_CENTER, downloadPolicy, shortUrl } from "../../../src/store/download/policy.ts";
import { proxyAgent } from "../../../src/store/download/proxy-agent.ts";
import { isStoreError } from "../../../src/store/files/store-error.ts";

/** "allowed", or the code of the refusal, whose other fields are checked. */
const code = (run: () => unknown): string => {
  try {
    run();
    return "allowed";
  } catch (thrown) {
    if (!isStoreError(thrown)) return String(thrown);
    expect(thrown.message).not.toMatch(/secret|undefined/);
    expect(thrown.hint).toMatch(/\S/);
    return thrown.code;
  }
};

const LOOPBACK = "http://127.0.0.1:8080";

describe("from the Download Center", () => {
  it.each([
    ["https://www.microsoft.com/en-us/download/details.aspx?id=56519", "allowed"],
    ["https://download.microsoft.com/download/x/ServiceTags_Public_20251110.json", "allowed"],
    ["https://DOWNLOAD.Microsoft.com/x.json", "allowed"],
    ["https://microsoft.com/x.json", "allowed"],
    ["https://www.microsoft.com:443/x.json", "allowed"],
    ["http://download.microsoft.com/x.json", "download-address"],
    ["https://xmicrosoft.com/x.json", "download-address"],
    ["https://download.microsoft.com:8443/x.json", "download-address"],
    ["https://user:secret@download.microsoft.com/x.json", "download-address"],
    ["https://:secret@download.microsoft.com/x.json", "download-address"],
    ["https://user@download.microsoft.com/x.json", "download-address"],
    ["https://evilmicrosoft.com/x.json", "download-address"],
    ["https://microsoft.com.example/x.json", "download-address"],
    ["https://x.azureedge.net/x.json", "download-address"], // anyone can have a name there
    ["https://10.0.0.1/x.json", "download-address"],
    ["https://0x7f000001/x.json", "download-address"],
    ["https://[::1]/x.json", "download-address"],
    ["file:///etc/passwd", "download-address"],
    ["ftp://download.microsoft.com/x.json", "download-address"],
    [`${LOOPBACK}/x.json`, "download-address"],
  ])("%s is %s", (url, expected) => {
    const policy = downloadPolicy(undefined, null);
    expect(code(() => checkDownloadUrl(new URL(url), policy, null))).toBe(expected);
    const redirected = expected === "allowed" ? "allowed" : "download-redirect";
    expect(code(() => checkDownloadUrl(new URL(url), policy, new URL(DOWNLOAD_CENTER)))).toBe(redirected);
  });
});

describe("from an address of the user's", () => {
  it.each([
    ["https://mirror.example/tags.json", undefined, "allowed"],
    ["https://10.1.2.3:8443/tags.json", undefined, "allowed"], // a mirror inside the company
    ["https://:secret@mirror.example/tags.json", undefined, "download-address"],
    ["http://mirror.example/tags.json", undefined, "download-address"],
    ["http://127.0.0.1:8080/tags.json", undefined, "download-address"],
    ["http://127.0.0.1:8080/tags.json", LOOPBACK, "allowed"],
    ["http://127.0.0.1:8081/tags.json", LOOPBACK, "download-address"],
    ["file:///tmp/tags.json", undefined, "download-address"],
    ["/tmp/tags.json", undefined, "download-address"],
    ["", undefined, "download-address"],
  ])("%j (centre %s) is %s", (url, center, expected) => {
    expect(code(() => downloadPolicy(center, url))).toBe(expected);
  });

  it.each([
    ["https://mirror.example/other.json", "allowed"],
    ["https://mirror.example:8443/tags.json", "download-redirect"],
    ["https://download.microsoft.com/x.json", "download-redirect"],
    ["http://mirror.example/tags.json", "download-redirect"],
  ])("a redirect to %s is %s", (url, expected) => {
    const policy = downloadPolicy(undefined, "https://mirror.example/tags.json");
    expect(code(() => checkDownloadUrl(new URL(url), policy, policy.named))).toBe(expected);
  });
});

describe("VNET_EXPLAIN_DOWNLOAD_CENTER names a server on this machine alone", () => {
  it.each([
    ["http://127.0.0.1:8080", "allowed"],
    ["http://localhost:8080/", "allowed"],
    ["http://127.0.0.53:8080", "allowed"],
    ["http://127.255.255.254", "allowed"],
    ["http://128.0.0.1", "download-address"],
    ["https://[::1]:8443", "allowed"],
    ["http://10.0.0.1:8080", "download-address"],
    ["https://www.microsoft.com", "download-address"],
    ["http://127.0.0.1.example", "download-address"],
    ["http://localhost.example", "download-address"],
    ["http://xlocalhost", "download-address"],
    ["http://a.localhost", "download-address"],
    ["http://[::1]", "allowed"],
    ["http://[::12]", "download-address"],
    ["ftp://127.0.0.1", "download-address"],
    ["xhttp://127.0.0.1", "download-address"],
    ["httpx://127.0.0.1", "download-address"],
    ["file:///127.0.0.1", "download-address"],
    ["nonsense", "download-address"],
  ])("%s is %s", (origin, expected) => {
    expect(code(() => downloadPolicy(origin, null))).toBe(expected);
  });

  it("and then nothing else is fetched, Microsoft's hosts included", () => {
    const policy = downloadPolicy(LOOPBACK, null);
    expect(code(() => checkDownloadUrl(new URL("https://www.microsoft.com/"), policy, null))).toBe("download-address");
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

it.each<[what: string, call: () => unknown, message: string, hint: string]>([
  [
    "a center elsewhere",
    () => downloadPolicy("http://10.0.0.1", null),
    "VNET_EXPLAIN_DOWNLOAD_CENTER may only name a server on this machine",
    "unset it, or name another source with --url",
  ],
  [
    "no address",
    () => downloadPolicy(undefined, "tags.json"),
    "the download address is not a URL",
    "write one like https://host/ServiceTags_Public_20251110.json",
  ],
  [
    "an address of a long protocol",
    () => downloadPolicy(undefined, `${"x".repeat(21)}://a.example/b`),
    `cannot download from ${"x".repeat(21)}:\n  only https is allowed, not ${"x".repeat(20)}`,
    "name an https address with --url",
  ],
  [
    "a redirect from a host with a long name",
    () =>
      checkDownloadUrl(
        new URL("https://a.example/b"),
        downloadPolicy(undefined, null),
        new URL(`https://${"x".repeat(59)}.example/`),
      ),
    `${"x".repeat(59)}. sent the download elsewhere\n  to https://a.example/b: it is not one of Microsoft's hosts`,
    "check the proxy, or download the file in a browser and import it with --from FILE",
  ],
  [
    "a proxy of another kind",
    () => proxyAgent(new URL("https://www.microsoft.com/"), () => "socks5://proxy.example"),
    "HTTPS_PROXY is not the address of an http proxy",
    "write it like http://proxy.example:8080, or unset it",
  ],
])("%s is refused with what to do", (_, call, message, hint) => {
  expect(call).toThrow(expect.objectContaining({ message, hint, exit: "failed" }));
});

it.each<[url: string, center: string | undefined, named: string | null, why: string]>([
  ["https://me:secret@www.microsoft.com/x", undefined, null, "a user name or password in the address is not supported"],
  ["http://www.microsoft.com/x", undefined, null, "only https is allowed, not http:"],
  ["https://a.example/x", undefined, "https://b.example/y", "only b.example was named"],
  ["https://www.microsoft.com/x", LOOPBACK, null, "only http://127.0.0.1:8080 is allowed"],
  ["https://:secret@www.microsoft.com/x", undefined, null, "a user name or password in the address is not supported"],
  ["https://me@www.microsoft.com/x", undefined, null, "a user name or password in the address is not supported"],
  ["https://127.0.0.1:8080/x", LOOPBACK, null, "only http://127.0.0.1:8080 is allowed"],
  ["ftp://127.0.0.1:8080/x", LOOPBACK, null, "only https is allowed, not ftp:"],
  ["http://127.0.0.1:8080/x", LOOPBACK, "https://b.example/y", "only b.example was named"],
  ["https://[::1]/x", undefined, null, "an address is not one of Microsoft's hosts"],
  ["https://10.0.0.1:8443/x", undefined, null, "an address is not one of Microsoft's hosts"],
  ["https://10.0.0.1/x", undefined, null, "an address is not one of Microsoft's hosts"],
  ["https://www.microsoft.com:8443/x", undefined, null, "only the usual https port is allowed"],
  ["https://a.example/x", undefined, null, "it is not one of Microsoft's hosts"],
])("%s with %s and %s is refused with the reason", (url, center, named, why) => {
  const policy = downloadPolicy(center, named);
  const refused = (from: URL | null) => () => checkDownloadUrl(new URL(url), policy, from);
  const shown = shortUrl(new URL(url));
  expect(refused(null)).toThrow(`cannot download from ${shown}\n  ${why}`);
  expect(refused(new URL(DOWNLOAD_CENTER))).toThrow(
    `www.microsoft.com sent the download elsewhere\n  to ${shown}: ${why}`,
  );
});

it("an address is shown without its query, which may hold a signature", () => {
  expect(shortUrl(new URL("https://a.example/x.json?sig=secret#y"))).toBe("https://a.example/x.json");
  expect(shortUrl(new URL("http://a.example:81/x.json?sig=secret#y"))).toBe("http://a.example:81/x.json");
  expect(shortUrl(new URL("file:///etc/passwd"))).toBe("file:");
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
    expect(code(() => proxyAgent(new URL("https://www.microsoft.com/"), () => proxy))).toBe("download-proxy");
  });
});
