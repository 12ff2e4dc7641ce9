import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** How npm writes the address of a repository. Publishing rewrites any other form. */
const REPOSITORY = /^git\+(https:\/\/[^/\s]+(?:\/[^/\s]+)+)\.git$/;

const HOW = "see docs/release.md";

/** Returns the addresses in a manifest that a visitor follows, and what is wrong with them. */
function addressesOf({ repository, bugs, homepage }) {
  const [, page] = REPOSITORY.exec(repository?.url ?? "") ?? [];
  if (repository?.type !== "git" || page === undefined) {
    return {
      open: [`package.json: repository is not {"type": "git", "url": "git+https://….git"}; ${HOW}`],
      addresses: [],
    };
  }
  const expected = { "bugs.url": `${page}/issues`, homepage: `${page}#readme` };
  const given = { "bugs.url": bugs?.url, homepage };
  const open = Object.keys(expected).filter((field) => given[field] !== expected[field]);
  return {
    open: open.map((field) => `package.json: ${field} is not ${expected[field]}; ${HOW}`),
    addresses: [page, `${page}/issues`],
  };
}

/**
 * Returns what is open before a release, one line for each item; none if the package may be published.
 * @param {{ manifest: object, changelog: string, changes: string, answers: (address: string) => Promise<boolean> }} given
 * `changes` is what `git status --porcelain` prints.
 */
export async function openItems({ manifest, changelog, changes, answers }) {
  const { open, addresses } = addressesOf(manifest);
  if ("//" in manifest) open.push(`package.json: the remark "//" is still there; ${HOW}`);
  const { version } = manifest;
  const section = changelog.split("\n").find((line) => line.startsWith(`## [${version}]`));
  if (!/ - \d{4}-\d{2}-\d{2}$/.test(section ?? ""))
    open.push(`CHANGELOG.md: no section "## [${version}] - YYYY-MM-DD"`);
  const [, unreleased = ""] = changelog.split(/^## \[Unreleased\]$/m);
  if (!/^\s*(## |$)/.test(unreleased)) open.push("CHANGELOG.md: Unreleased still has lines");
  if (changes !== "") open.push("git: there are changes that are not committed");
  for (const address of addresses) if (!(await answers(address))) open.push(`${address} does not answer`);
  return open;
}

async function answers(address) {
  try {
    return (await fetch(address, { method: "HEAD" })).ok;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
  const open = await openItems({
    manifest: JSON.parse(read("package.json")),
    changelog: read("CHANGELOG.md"),
    changes: execFileSync("git", ["status", "--porcelain"], { encoding: "utf8" }),
    answers,
  });
  for (const item of open) process.stderr.write(`open: ${item}\n`);
  if (open.length > 0) process.exitCode = 1;
  else process.stdout.write("ready to publish\n");
}
