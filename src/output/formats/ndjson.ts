import { plainJson } from "../../terminal/plain-text.ts";

/** The value as JSON on one line, with its line break. What could steer a terminal is escaped. */
export function ndjsonLine(value: unknown): string {
  return `${plainJson(JSON.stringify(value))}\n`;
}

/** A line for each value. */
export function ndjsonText(values: Iterable<unknown>): string {
  let text = "";
  for (const value of values) text += ndjsonLine(value);
  return text;
}
