import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const markdownIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: folder !== "", encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));
const documents = [...markdownIn(""), ...markdownIn("docs")];
const textOf = (document: string) => readFileSync(join(root, document), "utf8");

/** The anchors of a document's headings, as GitHub makes them. */
const anchorsOf = (document: string) =>
  [...textOf(document).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, "")
      .replaceAll(" ", "-"),
  );

/** The links of a document that lead to a file of the project or to a heading. */
const linksOf = (document: string) =>
  [...textOf(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link).filter((link) => !/^\w+:/.test(link));

describe("documents", () => {
  it.each(documents)("%s: every link leads to a file, and to a heading in it", (document) => {
    const broken = linksOf(document).filter((link) => {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? document : relative(root, join(root, dirname(document), path));
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it.each(documents)("%s: a list of its sections has each of them", (document) => {
    const text = textOf(document);
    const [listed = ""] = /(?:^ *- \[[^\]]+\]\(#[^)]+\)\n){3,}/m.exec(text) ?? [];
    const sections = [...text.matchAll(/^## (.*)$/gm)].map(([, heading = ""]) => heading);
    const missing = sections.filter((heading) => listed !== "" && !listed.includes(`[${heading}]`));
    expect(missing).toEqual([]);
  });

  it("docs/decisions.md lists every decision, newest first", () => {
    const decisions = documents.filter((document) => dirname(document).endsWith("decisions"));
    const anchors = decisions.flatMap((document) => {
      const own = anchorsOf(document).filter((anchor) => /^\d{4}-/.test(anchor));
      const dates = own.map((anchor) => anchor.slice(0, 10));
      expect(dates, document).toEqual([...dates].sort().reverse());
      return own.map((anchor) => `${relative("docs", document).replaceAll("\\", "/")}#${anchor}`);
    });
    expect(anchors.length).toBeGreaterThan(30);
    const listed = linksOf(join("docs", "decisions.md")).filter((link) => link.includes("#"));
    expect([...listed].sort()).toEqual([...anchors].sort());
    const dates = anchorsOf(join("docs", "decisions.md")).filter((anchor) => /^\d{4}-/.test(anchor));
    expect(dates).toEqual([...dates].sort().reverse());
  });
});
