import { startAsking } from "./ask.ts";
import { startList } from "./prefix-list.ts";
import { readTables } from "./read-data.ts";

/** Adds the features that need a script to a page that is readable without it. */
async function start(): Promise<void> {
  const tables = await readTables();
  startAsking(tables);
  const [only] = tables;
  if (only !== undefined && tables.length === 1 && document.getElementById("list") !== null) startList(only);
  document.documentElement.dataset.ready = "true";
}

void start();
