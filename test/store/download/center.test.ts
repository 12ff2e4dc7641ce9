import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { downloadFile, downloadFromCenter } from "../../../src/store/download/center.ts";
import type { DownloadLimits } from "../../../src/store/download/download.ts";
import { downloadPolicy } from "../../../src/store/download/policy.ts";
import { ANSWERS, LoopbackDownloadCenter, PAGE_PATH } from "./loopback-download-center.ts";

let center: LoopbackDownloadCenter;
beforeAll(async () => {
  center = await LoopbackDownloadCenter.start();
});
afterEach(() => center.reset());
afterAll(() => center.stop());

const LIMITS: DownloadLimits = { idle: 5000, overall: 5000, bytes: 1024 * 1024 };
const NAME = "ServiceTags_Public_20251110.json";
const options = (limits: Partial<DownloadLimits> = {}) => ({
  policy: downloadPolicy(center.origin, null),
  limits: { ...LIMITS, ...limits },
});

/** What is downloaded from a page with this text: the name of the file, or the code of the error. */
async function named(page: string): Promise<string> {
  center.answer(PAGE_PATH, ANSWERS.html(page));
  center.answer(`/x/${NAME}`, ANSWERS.json("{}"));
  return downloadFromCenter("public", options()).then(
    ({ file }) => file,
    ({ code }) => code,
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
    expect(await named(link(center.origin))).toBe("download-no-link");
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
    [2 ** 22 + 1, "download-too-large"],
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
  it("that turns out to be a web page is an error that says what to do", async () => {
    center.answer(`/x/${NAME}`, ANSWERS.html("<html>sign in</html>"));
    const url = new URL(`/x/${NAME}?sig=secret`, center.origin);
    await expect(downloadFile(url, "public", options())).rejects.toMatchObject({
      code: "download-web-page",
      message: `a web page came instead of the file\n  ${center.origin}/x/${NAME}`,
      hint: "a proxy or a sign-in page may be in the way: open the address in a browser, then import the file with --from FILE",
    });
  });

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
