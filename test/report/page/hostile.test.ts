import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, pageOf, type Shown } from "../browser.ts";

const { show, scratch } = browserForTests();

const HOSTILE: readonly (readonly [string, string])[] = [
  ["the end of a script", "</script><script>pwned=1</script>"],
  ["an event handler", `<img src=x onerror="pwned=1">`],
  ["the end of an attribute", `" autofocus onfocus=pwned=1 x="'><svg onload=pwned=1>`],
  ["the start of a comment", "<!--<script>--><style>*{display:none}</style>"],
  ["a reference to a character", "&lt;script&gt;pwned=1&#60;/script&#62;"],
  ["a script as an address", "javascript:pwned=1"],
  ["a picture of another host", "<img src=https://example.com/x.png><link rel=stylesheet href=//example.com/x.css>"],
  [
    "a frame, a form and a base",
    `<base href="//example.com"><iframe srcdoc="<script>parent.pwned=1</script>"></iframe><form action=//x>`,
  ],
  ["a template of a framework", "{{constructor.constructor('pwned=1')()}} #{pwned=1}"],
  ["a directional override", "\u202egnp.exe\u2066\u200f\u2028\u2029"],
  ["control characters", "\u0000\u0007\u001b[31m\u007f"],
  ["100,000 characters", `<b>${"x".repeat(100_000)}</b>`],
  ["names of objects' members", "__proto__"],
];

const TEXTS = HOSTILE.map(([, text]) => text);

/** A table with every text in every place of a row, in the form of Azure Resource Manager. */
function tableOf(texts: readonly string[], appliance: string): string {
  const rows = texts.flatMap((text, at) => {
    const row = (second: number, fields: object) => ({
      name: text,
      source: "User",
      state: "Active",
      addressPrefix: [`10.${second + at}.0.0/16`],
      nextHopType: "Internet",
      nextHopIpAddress: [],
      ...fields,
    });
    return [
      row(20, { nextHopType: "VirtualAppliance", nextHopIpAddress: [appliance] }),
      row(40, { nextHopType: `Other${text}` }),
      row(60, { source: `Source${text}` }),
      row(80, { state: `State${text}` }),
      row(100, { destinationServiceTags: [text] }),
      row(120, { nextHopType: "VirtualAppliance", nextHopIpAddress: [`10.0.0.9${text}`] }),
    ];
  });
  const nva = {
    name: "nva",
    source: "User",
    state: "Active",
    addressPrefix: ["0.0.0.0/0"],
    nextHopType: "VirtualAppliance",
  };
  const gone = { ...nva, name: "gone", addressPrefix: ["20.0.0.0/8"], nextHopType: "Internet", nextHopIpAddress: [] };
  return JSON.stringify({ value: [...rows, { ...nva, nextHopIpAddress: [appliance] }, gone] });
}

let count = 0;

/** Files that contain these texts. The first text is in the file names too, where a file name allows it. */
function filesOf(texts: readonly string[]) {
  const [first = ""] = texts;
  const name = first.replaceAll(/[/\0]/g, "_").slice(0, 60);
  const folder = join(scratch, String(count++));
  mkdirSync(folder);
  const path = (file: string, content: string) => {
    const own = join(folder, file);
    writeFileSync(own, content);
    return own;
  };
  const rules = texts.map((text, at) => ({
    id: `rule-${at}`,
    name: text,
    description: text,
    to: `10.${20 + at}.0.0/16`,
    expect: { "next-hop": "None" },
  }));
  return {
    before: path(`${name}.json`, tableOf(texts, "10.0.0.8")),
    after: path(`after ${name}.json`, tableOf(texts, "10.0.0.7")),
    policy: path(`policy ${name}.json`, JSON.stringify({ name: first, description: texts.join(" "), rules })),
  };
}

/** Exports, one of which routes to an appliance with each of these names, and the map that names them. */
function exportsOf(texts: readonly string[]) {
  const folder = join(scratch, String(count++));
  mkdirSync(folder);
  const appliances = texts.map((_, at) => `10.0.9.${at + 1}`);
  const row = (name: string | undefined, fields: object) => ({ name, source: "User", state: "Active", ...fields });
  const web = texts.map((text, at) =>
    row(text, {
      addressPrefix: [at === 0 ? "10.2.0.0/16" : `10.${100 + at}.0.0/16`],
      nextHopType: "VirtualAppliance",
      nextHopIpAddress: appliances,
    }),
  );
  const appliance = [row(texts[1], { addressPrefix: ["10.2.0.0/16"], nextHopType: `Other${texts[1]}` })];
  writeFileSync(join(folder, "web.json"), JSON.stringify({ value: web }));
  const [first = ""] = texts;
  const file = first.replaceAll(/[/\0]/g, "_").slice(0, 60);
  writeFileSync(join(folder, `${file}.json`), JSON.stringify({ value: appliance }));
  const quoted = (text: string) => `"${text.replaceAll("\0", "").replaceAll('"', '""')}"`;
  const lines = appliances.map((address, at) => `${address},${quoted(at === 0 ? file : (texts[at] ?? ""))}`);
  writeFileSync(join(scratch, `${count}.csv`), ["address,name", "10.1.0.4,web", ...lines].join("\n"));
  return { folder, addresses: join(scratch, `${count}.csv`) };
}

type Files = ReturnType<typeof filesOf>;

const PAGES: readonly (readonly [string, (files: Files) => readonly string[], number])[] = [
  ["report", ({ before }) => ["report", "10.1.2.3", "10.0.0.0/8", "--file", before, "--out", "-"], 0],
  ["diff", ({ before, after }) => ["diff", before, after, "-o", "html"], 0],
  ["whatif", ({ before }) => ["whatif", "--file", before, "--remove-route", "20.0.0.0/8", "-o", "html"], 0],
  ["check", ({ before, policy }) => ["check", policy, before, "-o", "html"], 3],
];

/** Uses the whole page, and returns how many elements of each kind it then has. */
async function census({ page }: Shown): Promise<Readonly<Record<string, number>>> {
  const field = page.getByRole("textbox", { name: "Address" });
  const seconds = (await field.count()) === 0 ? [] : [20, 40, 60, 80, 100, 120];
  for (const second of seconds) {
    for (const at of TEXTS.keys()) await field.fill(`10.${second + at}.1.1`);
  }
  await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
  return page.evaluate(`(() => {
    const counts = {};
    // A long name takes more lines of its box.
    for (const { tagName } of document.querySelectorAll("*:not(svg.box > text)")) counts[tagName] = (counts[tagName] ?? 0) + 1;
    return counts;
  })()`);
}

describe.skipIf(!hasBrowser).each([
  ...PAGES.map(([name, args, code]) => [name, (texts: readonly string[]) => args(filesOf(texts)), code] as const),
  [
    "trace",
    (texts: readonly string[]) => {
      const { folder, addresses } = exportsOf(texts);
      return ["trace", folder, "--addresses", addresses, "--from", "web", "--to", "10.2.0.4", "-o", "html"];
    },
    0,
  ] as const,
])("hostile texts on the page of %s", (_, args, code) => {
  it("add no element, run nothing, load nothing, and respect the page's own policy", async () => {
    const plain = await census(await show(await pageOf(args(TEXTS.map((_, at) => `name${at}`)), code)));
    const shown = await show(await pageOf(args(TEXTS), code));
    const dialogs: string[] = [];
    shown.page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    expect(await census(shown)).toEqual(plain);
    expect(await shown.page.evaluate("typeof pwned")).toBe("undefined");
    expect({ dialogs, requests: shown.requests, complaints: shown.complaints }).toEqual({
      dialogs: [],
      requests: [],
      complaints: [],
    });
    expect((await shown.page.content()).length).toBeLessThan(1_000_000);
  });
});

describe.skipIf(!hasBrowser)("a page's policy", () => {
  it("blocks a script and a style that are added to the page", async () => {
    const html = await pageOf(["report", "--sample", "udr", "--out", "-"]);
    const added = html.replace(
      "</main>",
      "<script>pwned=1</script><p id=added style='display:none' onclick='pwned=1'>x</p></main>",
    );
    const { page, complaints } = await show(added);
    expect(await page.evaluate("typeof pwned")).toBe("undefined");
    expect(await page.locator("#added").isVisible()).toBe(true);
    await page.locator("#added").click();
    expect(await page.evaluate("typeof pwned")).toBe("undefined");
    expect(complaints.join("\n")).toMatch(/Content Security Policy/);
  });
});
