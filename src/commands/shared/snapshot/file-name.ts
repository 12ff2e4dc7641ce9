/** Words of a file's name that say what it holds, not whose it is. */
const ABOUT = /^(?:az|effective|routes?|routing|table|show|nic-effective)$/i;

/**
 * The name of a NIC in the name of its export: `web01` for `web01-routes.json`, `03-effective-routes-web01.json` and
 * `web01.effective.csv`. A name that says nothing else stays whole, without its extension.
 */
export function nameOfFile(file: string): string {
  const stem = file.replace(/\.(json|jsonl|csv|tsv|txt|ya?ml|md|log)$/i, "");
  const words = stem.replace(/^\d{1,3}[-_ ]+/, "").split(/(?<=[-_. ])/);
  while (words.length > 1 && ABOUT.test((words[0] ?? "").slice(0, -1))) words.shift();
  while (words.length > 1 && ABOUT.test(words.at(-1)?.replace(/[-_. ]$/, "") ?? "")) words.pop();
  let end = words.join("");
  while (/[-_. ]$/.test(end)) end = end.slice(0, -1);
  return end === "" || ABOUT.test(end) ? stem : end;
}
