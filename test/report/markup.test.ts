import { describe, expect, it } from "vitest";
import { h, htmlOf } from "../../src/report/markup.ts";
import { scriptJson } from "../../src/report/page-data.ts";

describe("HTML of markup", () => {
  it.each([
    ["a text", "to-nva", "to-nva"],
    ["a text with markup", "<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"],
    ["quotes and ampersands", `"a" & 'b'`, "&quot;a&quot; &amp; &#39;b&#39;"],
    ["directional overrides and control characters", "a\u202eb\u0007\u200bc\u2028d", "abc d"],
    ["line breaks", "a\nb\r\nc", "a b c"],
    ["a text of 100,000 characters", "x".repeat(100_000), `${"x".repeat(600)}…`],
  ])("%s", (_, text, html) => {
    expect(htmlOf(text)).toBe(html);
  });

  it("attributes are escaped; missing ones are left out, and those without a value have none", () => {
    const element = h("p", { title: `"><script>`, hidden: true, id: undefined, open: false }, "a", null, [
      "b",
      h("br", {}),
    ]);
    expect(htmlOf(element)).toBe('<p title="&quot;&gt;&lt;script&gt;" hidden>ab<br></p>');
  });

  it("lines are escaped, and stay lines", () => {
    expect(htmlOf(h("pre", {}, { lines: ["10.0.0.0/8", "<b>"] }))).toBe("<pre>10.0.0.0/8\n&lt;b&gt;</pre>");
  });
});

describe("JSON in a script element", () => {
  it("has no character that ends the element, and means the same", () => {
    const value = { name: "</script><!--\u2028\u2029<script>" };
    const text = scriptJson(value);
    expect(text).not.toMatch(/[<\u2028\u2029]/);
    expect(JSON.parse(text)).toEqual(value);
  });
});
