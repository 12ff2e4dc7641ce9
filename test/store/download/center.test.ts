import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { downloadFile, downloadFromCenter } from "../../../src/store/download/center.ts";
import type { DownloadLimits } from "../../../src/store/download/download.ts";
import { downloadPolicy } from "../../../src/store/download/policy.ts";
import { failure, failureText } from "../failure.ts";
import { ANSWERS, LoopbackDownloadCenter, PAGE_PATH } from "./loopback-download-center.ts";

let center: LoopbackDownloadCenter;
beforeAll(async () => {
  center = await LoopbackDownloadCenter.start();
});
afterEach(() => center.reset());
afterAll(() => center.stop());

const LIMITS: DownloadLimits = { idle: 5000, overall: 5000, bytes: 1024 * 1024 };
/** The page behind the button of the details page. */
const CONFIRMATION = "/en-us/download/confirmation.aspx";
const NAME = "ServiceTags_Public_20251110.json";
const options = (limits: Partial<DownloadLimits> = {}) => ({
  policy: downloadPolicy(center.origin, null),
  limits: { ...LIMITS, ...limits },
});

const NO_LINK =
  "download-no-link: the Download Center page names no ServiceTags_Public_*.json | CENTER/en-us/download/details.aspx?id=56519; open the page in a browser, then name the file with --url, or import it with --from FILE";

/** What is downloaded from a page with this text: the name of the file, or the error in one line. */
async function named(page: string): Promise<string> {
  center.answer(PAGE_PATH, ANSWERS.html(page));
  center.answer(`/x/${NAME}`, ANSWERS.json("{}"));
  const downloaded = downloadFromCenter("public", options());
  return downloaded.then(
    ({ file }) => file,
    () => failureText(downloaded, { [center.origin]: "CENTER" }),
  );
}

describe("the address of the file is found on the page", () => {
  it.each(["/", "\\/", "\\u002F", "\\u002f", "&#47;", "&#047;", "&#x2F;", "&#x02f;", "&#X2f;"])(
    "with its slashes written as %s",
    async (slash) => {
      expect(await named(`"${center.origin}/x/${NAME}"`.replaceAll("/", slash))).toBe(NAME);
    },
  );

  it.each<[start: string, end: string]>([
    ["", ""],
    ["url=", " "],
    ["<a>", "</a>"],
    ["href='", "'"],
    ["http", "x"],
  ])("between %j and %j", async (start, end) => {
    expect(await named(`${start}${center.origin}/x/${NAME}${end}`)).toBe(NAME);
  });

  it.each<[what: string, link: (origin: string) => string]>([
    ["a date of seven digits", (origin) => `${origin}/x/ServiceTags_Public_2025111.json`],
    ["a date of nine digits", (origin) => `${origin}/x/ServiceTags_Public_202511100.json`],
    ["another ending", (origin) => `${origin}/x/ServiceTags_Public_20251110_json`],
    ["more before its name", (origin) => `${origin}/x/Old${NAME}`],
    ["another protocol", (origin) => `${origin}/x/${NAME}`.replace("http", "ftp")],
    ["no host", () => `http:///${NAME}`],
    ["a host that is none", () => `http://[/x/${NAME}`],
    ["a quotation mark in it", (origin) => `${origin}/"/${NAME}`],
    ["an apostrophe in it", (origin) => `${origin}/'/${NAME}`],
    ["a tag's start in it", (origin) => `${origin}/</${NAME}`],
    ["a tag's end in it", (origin) => `${origin}/>/${NAME}`],
    ["a space in it", (origin) => `${origin}/ /${NAME}`],
    ["a backslash in it", (origin) => `${origin}/\\x/${NAME}`],
    ["more than 500 characters", (origin) => `${origin}/${"x".repeat(500)}/${NAME}`],
  ])("but not one with %s", async (_, link) => {
    expect(await named(link(center.origin))).toBe(NO_LINK);
  });

  it("and is asked for once, however often the page names it", async () => {
    const link = `${center.origin}/x/${NAME}`;
    center.answer(`/x/${NAME}`, ANSWERS.status(404));
    center.answer(PAGE_PATH, ANSWERS.html(`"${link}" "${link}" '${link.replace("Service", "SERVICE")}'`));
    await expect(downloadFromCenter("public", options())).rejects.toMatchObject({ code: "download-status" });
    expect(center.asked.filter((path) => path === `/x/${NAME}`)).toHaveLength(1);
  });
});

it.each([
  ["public", "Public", 56519],
  ["usgov", "AzureGovernment", 57063],
  ["china", "China", 57062],
] as const)("a page that names no file of %s is an error that says what to do", async (cloud, name, id) => {
  center.answer(PAGE_PATH, ANSWERS.html("<html>Sorry</html>"));
  await expect(downloadFromCenter(cloud, options())).rejects.toMatchObject({
    code: "download-no-link",
    message: `the Download Center page names no ServiceTags_${name}_*.json\n  ${center.origin}/en-us/download/details.aspx?id=${id}`,
    hint: "open the page in a browser, then name the file with --url, or import it with --from FILE",
  });
});

it("a file that is missing is named in a note, without what follows its path", async () => {
  const missing = `${center.origin}/x/ServiceTags_Public_20251117.json`;
  const notes: string[] = [];
  center.answer(PAGE_PATH, ANSWERS.html(`"${center.origin}/x/${NAME}?a=b" "${missing}?sig=secret"`));
  center.answer(`/x/${NAME}`, ANSWERS.json("{}"));
  const onNote = (text: string) => void notes.push(text);
  expect(await downloadFromCenter("public", { ...options(), onNote })).toEqual({
    bytes: Buffer.from("{}"),
    file: NAME,
    from: `${center.origin}/x/${NAME}`,
  });
  expect(notes).toEqual([`the Download Center names a file that is missing: ${missing}`]);
  expect(center.asked).toEqual([PAGE_PATH, "/x/ServiceTags_Public_20251117.json", `/x/${NAME}`]);
});

describe("the page", () => {
  it("has a limit of its own, and its progress is not reported", async () => {
    center.answer(PAGE_PATH, ANSWERS.html(`${" ".repeat(1000)}${center.origin}/x/${NAME}`));
    center.answer(`/x/${NAME}`, ANSWERS.json("[1,2]"));
    const seen: (number | null)[] = [];
    const onProgress = ({ total }: { readonly total: number | null }) => void seen.push(total);
    const { bytes } = await downloadFromCenter("public", { ...options({ bytes: 5 }), onProgress });
    expect([String(bytes), seen]).toEqual(["[1,2]", [5]]);
  });

  it.each<[bytes: number, outcome: string]>([
    [2 ** 22, NAME],
    [
      2 ** 22 + 1,
      "download-too-large: the answer is larger than 4 MiB | CENTER/en-us/download/details.aspx; check the address: a service tag file has about 4 MB",
    ],
  ])("of %i bytes: %s", async (bytes, outcome) => {
    expect(await named(`${center.origin}/x/${NAME}`.padEnd(bytes))).toBe(outcome);
  });

  it.each([404, 500])("is needed: where it is answered with %i, the download ends", async (status) => {
    center.answer(PAGE_PATH, ANSWERS.status(status));
    await expect(downloadFromCenter("public", options())).rejects.toThrow(`HTTP ${status}`);
    expect(new Set(center.asked)).toEqual(new Set([PAGE_PATH]));
  });
});

describe("a file by its address", () => {
  it.each(["<html>sign in</html>", "<!DOCTYPE html><html>", "\uFEFF \n<html>"])(
    "that turns out to be a web page is an error that says what to do: %j",
    async (text) => {
      center.answer(`/x/${NAME}`, ANSWERS.html(text));
      const url = new URL(`/x/${NAME}?sig=secret`, center.origin);
      await expect(downloadFile(url, "public", options())).rejects.toMatchObject({
        code: "download-web-page",
        message: `a web page came instead of the file\n  ${center.origin}/x/${NAME}`,
        hint: "a proxy or a sign-in page may be in the way: open the address in a browser, then import the file with --from FILE",
      });
    },
  );

  it.each(["x<html>", "{<", ""])("is no web page because of a later sign: %j", async (text) => {
    center.answer(`/x/${NAME}`, ANSWERS.json(text));
    const { bytes } = await downloadFile(new URL(`/x/${NAME}`, center.origin), "public", options());
    expect(String(bytes)).toBe(text);
  });

  it.each<[path: string, file: string]>([
    ["/a/b/tags-1_2.json", "tags-1_2.json"],
    [`/${"x".repeat(100)}`, "x".repeat(100)],
    [`/${"x".repeat(101)}`, "ServiceTags_China.json"],
    ["/a/", "ServiceTags_China.json"],
    ["/a%20b.json", "ServiceTags_China.json"],
    ["/a.json%20", "ServiceTags_China.json"],
    ["/%20a.json", "ServiceTags_China.json"],
  ])("%s has the name %s, where the name is a plain one", async (path, file) => {
    center.answer(path, ANSWERS.json("{}"));
    const url = new URL(`${path}?sig=secret#x`, center.origin);
    expect(await downloadFile(url, "china", options())).toEqual({
      bytes: Buffer.from("{}"),
      file,
      from: `${center.origin}${path}`,
    });
  });
});

describe("the Download Center", () => {
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

  const elsewhere = (to: string, why: string) =>
    `download-redirect: CENTER sent the download elsewhere | to ${to}/ServiceTags_Public_20251110.json: ${why}; check the proxy, or download the file in a browser and import it with --from FILE`;

  it.each<[string, string, () => string]>([
    ["a page without a link", NO_LINK, () => "<html>Sorry</html>"],
    ["a link for another cloud alone", NO_LINK, () => center.page("China")],
    [
      "a link to another host",
      elsewhere("https://evil.example", "only CENTER is allowed"),
      () => '<a href="https://evil.example/ServiceTags_Public_20251110.json">',
    ],
    [
      "a link to a private address",
      elsewhere("http://10.0.0.1", "only https is allowed, not http:"),
      () => '<a href="http://10.0.0.1/ServiceTags_Public_20251110.json">',
    ],
    [
      "a link with a look-alike host",
      elsewhere("https://microsoft.com.example", "only CENTER is allowed"),
      () => '"https://microsoft.com.example/ServiceTags_Public_20251110.json"',
    ],
  ])("refuses %s", async (_, expected, page) => {
    center.answer(PAGE_PATH, ANSWERS.html(page()));
    const words = { [center.origin]: "CENTER", [new URL(center.origin).host]: "CENTER" };
    expect(await failureText(downloadFromCenter("public", options()), words)).toBe(expected);
    // Without a link, the page behind the button is asked too.
    expect(center.asked).toEqual(expected === NO_LINK ? [PAGE_PATH, CONFIRMATION] : [PAGE_PATH]);
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
});
