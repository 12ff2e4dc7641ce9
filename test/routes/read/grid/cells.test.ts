import { describe, expect, test } from "vitest";
import { cellValue, isCut, saysLeftOut } from "../../../../src/routes/read/grid/cells.ts";
import type { Column } from "../../../../src/routes/read/headings.ts";
import { isRouteFileError } from "../../../../src/routes/read/route-file-error.ts";
import { EXPORT } from "../refusals.ts";

test.each([
  ["10.0.0.0/8...", true],
  ["10.0.0.0/8…", true],
  ["10.0.0.0/8, 78 more", true],
  ["78  MORE", true],
  ["10.0..0", false],
  ["78more", false],
  ["78 moreover", false],
  ["a78 more", false],
  ["more", false],
  ["", false],
])("'%s' is cut: %s", (text, cut) => {
  expect(isCut(text)).toBe(cut);
});

test.each([
  ["...", true],
  ["[...]", true],
  ["…", true],
  ["..", false],
  ["", false],
  ["---", false],
  ["<snip>", true],
  ["(Output omitted)", true],
  ["rows truncated", true],
  ["row removed", true],
  ["lines cut", true],
  ["snipped", true],
  ["--More--", true],
  ["12 more", true],
  ["12 more rows", true],
  ["1 more routes", true],
  ["12 more tables", false],
  ["more rows", false],
  ["1234567890 more", false],
  ["snip here", false],
  ["some rows truncated", false],
  [`${"-".repeat(77)}...`, true],
  [`${"-".repeat(78)}...`, false],
])("'%s' says that rows were left out: %s", (line, says) => {
  expect(saysLeftOut(line)).toBe(says);
});

describe("the value of a cell", () => {
  test.each<[Column, string, unknown]>([
    ["addressPrefix", "10.0.0.0/8", ["10.0.0.0/8"]],
    [
      "addressPrefix",
      "10.0.0.0/8, 11.0.0.0/8;12.0.0.0/8|13.0.0.0/8",
      ["10.0.0.0/8", "11.0.0.0/8", "12.0.0.0/8", "13.0.0.0/8"],
    ],
    ["addressPrefix", "{10.0.0.0/8, 11.0.0.0/8}", ["10.0.0.0/8", "11.0.0.0/8"]],
    ["addressPrefix", "[\"10.0.0.0/8\", '11.0.0.0/8']", ["10.0.0.0/8", "11.0.0.0/8"]],
    ["addressPrefix", "[10.0.0.0/8\n11.0.0.0/8]", ["10.0.0.0/8", "11.0.0.0/8"]],
    ["addressPrefix", "10.0.0.0/8 - null", ["10.0.0.0/8"]],
    ["addressPrefix", "`10.0.0.0/8`<br>`11.0.0.0/8`<BR />12.0.0.0/8", ["10.0.0.0/8", "11.0.0.0/8", "12.0.0.0/8"]],
    ["addressPrefix", "10.0.0.0/8&nbsp;11.0.0.0/8&#160;12.0.0.0/8", ["10.0.0.0/8", "11.0.0.0/8", "12.0.0.0/8"]],
    ["addressPrefix", "10.0.0.0/8 \\\\ 11.0.0.0/8\\\\", ["10.0.0.0/8", "11.0.0.0/8"]],
    ["addressPrefix", "{{10.0.0.0/8}}", ["10.0.0.0/8"]],
    ["addressPrefix", "[10.0.0.0/8](http://x)", ["10.0.0.0/8"]],
    ["nextHopIpAddress", "", []],
    ["nextHopIpAddress", "-", []],
    ["nextHopIpAddress", "–", []],
    ["nextHopIpAddress", "—", []],
    ["nextHopIpAddress", "--", ["--"]],
    ["nextHopIpAddress", "{}", []],
    ["nextHopIpAddress", "{ }", []],
    ["nextHopIpAddress", "[]", []],
    ["nextHopIpAddress", "[ ]", []],
    ["nextHopIpAddress", "NULL", []],
    ["nextHopIpAddress", "N/A", []],
    ["nextHopIpAddress", "\\-", []],
    ["destinationServiceTags", "{Sql, Storage}", ["Sql", "Storage"]],
    ["source", "User", "User"],
    ["source", "user defined", "User"],
    ["source", "-", null],
    ["source", "null", null],
    ["state", "**Active**", "Active"],
    ["state", "__Active__", "Active"],
    ["state", "~~Invalid~~", "Invalid"],
    ["state", "*Active*", "Active"],
    ["state", "_Active_", "Active"],
    ["state", "* Active*", "* Active*"],
    ["state", "*Active_", "*Active_"],
    ["state", "x *Active*", "x *Active*"],
    ["state", "*Active* x", "*Active* x"],
    ["state", "**Active **", "Active"],
    ["state", "**", null],
    ["nextHopType", "Virtual network gateway", "VirtualNetworkGateway"],
    ["nextHopType", "Something new", "Something new"],
    ["name", "to-nva", "to-nva"],
    ["name", "a...b", "a...b"],
    ["name", "to-nva.", "to-nva."],
    ["name", "a\\_b\\*c\\[d\\]e\\|f\\-g", "a_b*c[d]e|f-g"],
    ["name", "-", null],
    ["name", " ", null],
    ["name", "null", "null"],
    ["hasBgpOverride", "True", "True"],
    ["hasBgpOverride", "", null],
  ])("of %s '%s'", (column, cell, value) => {
    expect(cellValue(column, cell, "row 1")).toEqual(value);
  });

  test.each<[Column, string]>([
    ["name", "to-nv..."],
    ["name", "to-nv… "],
    ["state", "Act..."],
    ["hasBgpOverride", "Tr…"],
    ["addressPrefix", "10.0.0.0/8,"],
    ["addressPrefix", "10.0.0.0/8;"],
    ["addressPrefix", "{10.0.0.0/8"],
    ["addressPrefix", "[10.0.0.0/8"],
    ["nextHopIpAddress", "{10.0.0.4,"],
    ["destinationServiceTags", "{Sql"],
    ["source", "VirtualNetwork"],
    ["state", "Inv"],
    ["nextHopType", "VirtualNetworkGa"],
  ])("of %s '%s' is refused, because it is cut", (column, cell) => {
    let error: unknown;
    try {
      cellValue(column, cell, "row 1");
    } catch (thrown) {
      error = thrown;
    }
    if (!isRouteFileError(error)) throw new Error("not refused");
    const code = column === "addressPrefix" ? "route-prefix-cut" : "cell-cut";
    const message = `row 1 has a cell that is cut: '${cell.trim()}'`;
    expect({ code: error.code, message: error.message, hint: error.hint }).toEqual({ code, message, hint: EXPORT });
  });
});
