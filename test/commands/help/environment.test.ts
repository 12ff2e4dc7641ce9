import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ENVIRONMENT } from "../../../src/commands/help/environment.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const LISTED = new Set(ENVIRONMENT.flatMap(([names]) => names.split(", ")));

/** What the bundle reads, and why it changes nothing for a user. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  AZURE_AUTHORITY_HOST: "the program passes the sign-in host of the cloud",
  AZURE_USERNAME: "the program signs in with a secret or a certificate, never with a password",
  AZURE_PASSWORD: "the program signs in with a secret or a certificate, never with a password",
  AZURE_KUBERNETES_CA_DATA: "read only with the option enableAzureProxy",
  AZURE_KUBERNETES_CA_FILE: "read only with the option enableAzureProxy",
  AZURE_KUBERNETES_SNI_NAME: "read only with the option enableAzureProxy",
  AZURE_KUBERNETES_TOKEN_PROXY: "read only with the option enableAzureProxy",
  AZURE_IDENTITY_POWERSHELL_RESOURCE: "given to the PowerShell that the program starts",
  AZURE_IDENTITY_POWERSHELL_TENANT_ID: "given to the PowerShell that the program starts",
  CLICOLOR_FORCE: "commander's own colours are off",
  DEFAULT_IDENTITY_CLIENT_ID: "the name of a constant; its variable is AZURE_CLIENT_ID",
  AZURE_PUBLIC_CLOUD: "the name of a constant",
  AZURE_CHINA_CLOUD: "the name of a constant",
  AZURE_US_GOVERNMENT: "the name of a constant",
  ProgramData: "where Windows itself is",
  ProgramFiles: "where Windows itself is",
  SystemRoot: "where Windows itself is",
  SYSTEMROOT: "where Windows itself is",
};

/** Read by Node.js itself, in no file of ours. */
const OF_NODE = [
  "NODE_EXTRA_CA_CERTS",
  "NODE_USE_SYSTEM_CA",
  "SSL_CERT_DIR",
  "NODE_TLS_REJECT_UNAUTHORIZED",
  "NODE_DEBUG",
  "NODE_OPTIONS",
  "NODE_COMPILE_CACHE",
  "HOME",
  "HTTP_PROXY",
];

const NAME = "[A-Z][A-Z0-9]*_?[A-Z0-9_]+|ProgramData|ProgramFiles|SystemRoot";
const PATTERNS = [
  new RegExp(`\\benv(?:ironment)?\\??\\.(${NAME})\\b`, "g"),
  // constants that hold the names: env[Names.MSI_SECRET]
  new RegExp(`\\benv\\[[\\w$]+\\.(${NAME})\\]`, "g"),
  // names in lists and in calls, of the families that the packages have
  /["'`]((?:AZURE|MSAL|MSI|IDENTITY|IMDS|NODE|HTTPS?|ALL|NO|REQUESTS|SSL|XDG|VNET_EXPLAIN)_[A-Z_]+)["'`]/g,
  // const { NAME } = terminal.env
  /\b(VNET_EXPLAIN_[A-Z_]+)\b/g,
];

const CONSTANTS = new Set(["HTTP_STATUS", "NON_STRING_KEY"]);

function namesIn(folder: string, ending: RegExp): ReadonlySet<string> {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).filter((file) =>
    ending.test(file),
  );
  const found = files
    .filter((file) => !file.endsWith("environment.ts"))
    .map((file) => readFileSync(join(root, folder, file), "utf8"))
    .flatMap((text) => PATTERNS.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = ""]) => name)));
  return new Set(found.filter((name) => !CONSTANTS.has(name)));
}

const READ = new Map([
  ["src", namesIn("src", /\.ts$/)],
  ["the bundle", namesIn("dist", /\.cjs$/)],
  ["bin", namesIn("bin", /\.js$/)],
]);

describe("help environment", () => {
  it.each([...READ])("lists every variable that %s reads", (_, names) => {
    const missing = [...names].filter((name) => !LISTED.has(name) && !Object.hasOwn(WITHOUT_EFFECT, name));
    expect(missing.sort()).toEqual([]);
  });

  it("lists none that nothing reads", () => {
    const read = new Set([...READ.values()].flatMap((names) => [...names]));
    expect([...LISTED].filter((name) => !read.has(name) && !OF_NODE.includes(name))).toEqual([]);
  });
});
