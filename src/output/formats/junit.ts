import XMLBuilder from "fast-xml-builder";
import type { PolicyResult } from "../../analysis/policy/result.ts";
import { NO_COLOURS } from "../../terminal/colour.ts";
import { writePieces } from "../../terminal/pieces.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import { UNICODE } from "../../terminal/symbols.ts";
import { addressesText } from "../results/address-text.ts";
import { counterExamplesText } from "../results/check/counter-examples.ts";
import { type CheckReport, suitesOf } from "../results/check/report.ts";
import { findingText, judgedText, violated, walkText } from "../results/check/result-text.ts";
import { reportOf } from "../results/kinds.ts";
import type { Format } from "./format.ts";

type Element = Readonly<Record<string, unknown>>;

/**
 * A checked policy as JUnit XML: a suite for each table, for each two tables of a symmetric rule, and one named
 * `inventory`, with a case for each rule. A violated error is a failure, an error that could not be judged is an error.
 * Warnings and notes do not fail a pipeline, so they are skipped cases with a message.
 * https://github.com/testmoapp/junitxml
 */
export const junit: Format = {
  print: async (result, stdout) => writePieces(await junitText(reportOf("check", result)), stdout),
};

async function junitText(report: CheckReport): Promise<string> {
  const { policy, results } = report;
  const suites: Element[] = [];
  const known = new Map<PolicyResult, Element>();
  for (const [tables, own] of byTables(report)) {
    const cases: Element[] = [];
    for (const result of own) {
      const element = known.get(result) ?? (await caseOf(result, policy.file));
      known.set(result, element);
      cases.push(element);
    }
    suites.push({ "@name": allowed(tables), ...totals(own), testcase: cases });
  }
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    textNodeName: "#",
    format: true,
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
  });
  const xml = builder.build({
    testsuites: {
      "@name": allowed(policy.name ?? policy.file),
      ...totals(results, (result) => suitesOf(result, report).length),
      testsuite: suites,
    },
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`;
}

function byTables(report: CheckReport): ReadonlyMap<string, PolicyResult[]> {
  const suites = new Map<string, PolicyResult[]>();
  for (const result of report.results) {
    for (const tables of suitesOf(result, report)) {
      const own = suites.get(tables);
      if (own === undefined) suites.set(tables, [result]);
      else own.push(result);
    }
  }
  return suites;
}

/** Returns the element of a case that did not pass; null for one that did. */
function outcomeOf({ status, rule }: PolicyResult): "failure" | "error" | "skipped" | null {
  if (status === "holds") return null;
  if (rule.severity !== "error") return "skipped";
  return status === "violated" ? "failure" : "error";
}

function totals(results: readonly PolicyResult[], weight: (result: PolicyResult) => number = () => 1): Element {
  const sum = (some: readonly PolicyResult[]) => some.reduce((all, each) => all + weight(each), 0);
  const count = (wanted: ReturnType<typeof outcomeOf>) => sum(results.filter((each) => outcomeOf(each) === wanted));
  return {
    "@tests": sum(results),
    "@failures": count("failure"),
    "@errors": count("error"),
    "@skipped": count("skipped"),
    "@time": 0,
  };
}

async function caseOf(result: PolicyResult, file: string): Promise<Element> {
  const { rule } = result;
  const outcome = outcomeOf(result);
  const details = await detailsOf(result);
  return {
    "@name": allowed(rule.name === null ? rule.id : `${rule.id}: ${rule.name}`),
    "@classname": allowed(file),
    "@file": allowed(file),
    "@line": rule.line,
    "@time": 0,
    ...(outcome === null
      ? {}
      : {
          [outcome]: {
            "@message": allowed(messageOf(result)),
            ...(outcome === "skipped" ? {} : { "@type": result.status, "#": details }),
          },
        }),
    ...(outcome === "skipped" && details !== "" ? { "system-out": details } : {}),
  };
}

function messageOf(result: PolicyResult): string {
  const { rule, status, reason, violating, counterExamples, inventory, reach } = result;
  const severity = rule.severity === "error" ? "" : `${rule.severity}: `;
  if (status === "not-judged") return `${severity}not judged: ${reason ?? ""}`;
  if (inventory !== null) {
    const examples = violated(inventory).map(({ resource, text }) => `${resource}: ${text}`);
    return `${severity}${judgedText(inventory)}, e.g. ${examples[0] ?? ""}`;
  }
  const [walk] = violated(reach);
  if (walk !== undefined) return `${severity}${addressesText(violating)}: ${walkText(walk)}`;
  return `${severity}${addressesText(violating)}, e.g. ${counterExamples[0]?.mismatches.join("; ") ?? ""}`;
}

async function detailsOf(result: PolicyResult): Promise<string> {
  let text = (result.inventory?.findings ?? []).map((each) => `${each.resource}: ${findingText(each)}\n`).join("");
  for (const each of result.reach?.findings ?? []) {
    text += `${each.prefixes.join(", ")}: ${walkText(each)}; by ${each.hops.join(", ")}\n`;
  }
  for await (const piece of counterExamplesText(result, PLAIN)) text += piece;
  return text === "" ? "" : `\n${lines(text)}`;
}

const lines = (text: string) => text.split("\n").map(allowed).join("\n");

/** Replaces the characters that XML 1.0 does not allow. https://www.w3.org/TR/xml/#charsets */
const allowed = (text: string) => plainText(text).replace(/\p{Cs}|[\ufffe\uffff]/gu, "\ufffd");

/** A stream without colours and width. */
const PLAIN: OutputStream = {
  isTTY: false,
  columns: null,
  colours: NO_COLOURS,
  symbols: UNICODE,
  write: () => {},
  drained: async () => {},
};
