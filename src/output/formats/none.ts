import type { Format } from "./format.ts";

/** Nothing: the exit code is the answer. */
export const none: Format = {
  print: async () => {},
  printFound: async () => {},
  stream: () => ({ detail: "row", head: "", of: () => "", tail: () => "", printRun: async () => {} }),
};
