import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { armEndpoint } from "../../src/azure/arm/endpoint.ts";
import { AZURE_CLOUDS } from "../../src/azure/clouds.ts";
import {
  cliDefault,
  cliSubscriptions,
  isUnknownName,
  namedSubscription,
} from "../../src/azure/sign-in/subscription.ts";
import { namedPipe } from "../store/files/named-pipe.ts";

const PUBLIC = AZURE_CLOUDS.public;

describe("--arm-endpoint", () => {
  for (const [given, url, loopback] of [
    [null, "https://management.azure.com", false],
    ["https://management.example/", "https://management.example", false],
    ["https://stack.example:8443/arm/", "https://stack.example:8443/arm", false],
    ["http://localhost:8080", "http://localhost:8080", true],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080", true],
    ["http://127.0.0.53:8080", "http://127.0.0.53:8080", true],
    ["http://127.255.255.254", "http://127.255.255.254", true],
    ["http://[::1]:8080", "http://[::1]:8080", true],
  ] as const) {
    test(`${given} is taken`, () =>
      expect(armEndpoint(PUBLIC, given)).toMatchObject({
        url,
        loopback,
        scope: "https://management.azure.com/.default",
      }));
  }

  test("one that is taken is taken however often it is read", () => {
    const read = () => armEndpoint(PUBLIC, "https://st\u00e5ck.example").url;
    expect(new Set(Array.from({ length: 20_000 }, read))).toEqual(new Set(["https://xn--stck-roa.example"]));
  });

  const NO_HTTPS = ["it is not an https address", "write it like https://management.azure.com"];
  const MORE = ["it has a user name, a query or a fragment", "give only a host, a port and a path"];
  const PLAIN = ["plain http would show your token to the network", "use https; http is for localhost only"];
  test.each<[given: string, texts: readonly string[]]>([
    ["management.azure.com", NO_HTTPS],
    ["ftp://x", NO_HTTPS],
    ["xhttps://x", NO_HTTPS],
    ["httpsx://x", NO_HTTPS],
    ["", NO_HTTPS],
    ["http://management.azure.com", PLAIN],
    ["http://localhost.evil.example", PLAIN],
    ["http://my.localhost", PLAIN],
    ["http://127.0.0.1.evil.example", PLAIN],
    ["http://[::2]", PLAIN],
    ["https://u@x", MORE],
    ["https://:p@x", MORE],
    ["https://x/?a", MORE],
    ["https://x/#a", MORE],
  ])("'%s' is refused", (given, [why, hint]) => {
    expect(() => armEndpoint(PUBLIC, given)).toThrow(
      expect.objectContaining({
        exit: "usage",
        code: "arm-endpoint",
        message: `cannot use --arm-endpoint: ${why}`,
        hint,
      }),
    );
  });

  test.each([
    ["https://x//", "https://x"],
    ["https://x/a/b//", "https://x/a/b"],
    ["https://x//a", "https://x//a"],
  ])("of %s the slashes at the end are left out", (given, url) => {
    expect(armEndpoint(PUBLIC, given)).toMatchObject({ url, loopback: false });
  });

  for (const [endpoint, other, trusted] of [
    [null, "https://management.azure.com/x", true],
    [null, "https://westeurope.management.azure.com/x", true],
    ["https://westeurope.management.azure.com", "https://management.azure.com/x", true],
    [null, "http://management.azure.com/x", false],
    [null, "https://management.azure.com:444/x", false],
    [null, "https://evilmanagement.azure.com/x", false],
    [null, "https://stack.example/x", false],
    ["https://westeurope.management.azure.com", "https://northeurope.management.azure.com/x", true],
    ["https://management.azure.com:444", "https://westeurope.management.azure.com:444/x", true],
    ["https://stack.example", "https://x.stack.example/x", false],
    ["http://localhost:8080", "http://localhost:8080/x", true],
    ["http://localhost:8080", "http://localhost:8081/x", false],
    ["https://stack.example", "https://management.azure.com/x", false],
    ["https://stack.example", "https://stack.example/x", true],
  ] as const) {
    test(`the token of ${endpoint ?? "the cloud"} ${trusted ? "may" : "must not"} go to ${other}`, () => {
      expect(armEndpoint(PUBLIC, endpoint).trusts(new URL(other))).toBe(trusted);
    });
  }
});

const A = "aaaaaaaa-0000-0000-0000-000000000001";
const B = "bbbbbbbb-0000-0000-0000-000000000002";
const C = "cccccccc-0000-0000-0000-000000000003";

function profile(text: string): Readonly<Record<string, string>> {
  const directory = mkdtempSync(join(tmpdir(), "vnet-explain-profile-"));
  writeFileSync(join(directory, "azureProfile.json"), text);
  return { AZURE_CONFIG_DIR: directory };
}

const SUBSCRIPTIONS = {
  subscriptions: [
    { id: A, name: "Prod", tenantId: "T", isDefault: false, environmentName: "AzureCloud" },
    { id: B, name: "Test", tenantId: "T", isDefault: true, environmentName: "AzureCloud" },
    { id: C, name: "Gov", tenantId: "G", isDefault: true, environmentName: "AzureUSGovernment" },
  ],
};

describe("the subscription", () => {
  const environment = profile(`\uFEFF${JSON.stringify(SUBSCRIPTIONS)}`);
  const known = cliSubscriptions(PUBLIC, environment);
  const choice = (ofResource: string | null, given: string | null, variable?: string) => ({
    ...{ ofResource, given, known },
    environment: { AZURE_SUBSCRIPTION_ID: variable },
  });
  const choose = (...words: Parameters<typeof choice>) => namedSubscription(choice(...words)) ?? cliDefault(known);

  test("az's profile has a byte order mark and the subscriptions of every cloud", () => {
    expect(known.map(({ id }) => id)).toEqual([A, B]);
    expect(cliSubscriptions(AZURE_CLOUDS.usgov, environment).map(({ id }) => id)).toEqual([C]);
  });

  for (const [rule, text] of [
    ["cut", '{"subscriptions": ['],
    ["of another shape", "[]"],
    ["of strange entries", '{"subscriptions": [null, 5, {"id": 7}]}'],
  ] as const) {
    test(`a profile that is ${rule} counts as none`, () => expect(cliSubscriptions(PUBLIC, profile(text))).toEqual([]));
  }

  test("a profile of absurd size counts as none", () => {
    const long = `${JSON.stringify(SUBSCRIPTIONS)}${" ".repeat(2 ** 24)}`;
    expect(cliSubscriptions(PUBLIC, profile(long))).toEqual([]);
  });

  test.skipIf(process.platform === "win32")("a named pipe in its place is not waited for", () => {
    const directory = mkdtempSync(join(tmpdir(), "vnet-explain-profile-"));
    const source = join(environment.AZURE_CONFIG_DIR ?? "", "azureProfile.json");
    namedPipe(join(directory, "azureProfile.json"), source);
    expect(cliSubscriptions(PUBLIC, { AZURE_CONFIG_DIR: directory })).toEqual([]);
  });

  for (const [rule, chosen, expected] of [
    ["the resource id decides", () => choose(A, null, B), { id: A, name: "Prod", from: "the resource id" }],
    ["--subscription goes before the variable", () => choose(null, A, B), { id: A, from: "--subscription" }],
    ["--subscription may be a name, without case", () => choose(null, "prod"), { id: A, tenantId: "T" }],
    [
      "AZURE_SUBSCRIPTION_ID goes before az's default",
      () => choose(null, null, A),
      { id: A, from: "AZURE_SUBSCRIPTION_ID" },
    ],
    ["az's default comes last", () => choose(null, null), { id: B, from: "the Azure CLI's default" }],
    ["az need not know it", () => choose(null, C), { id: C, name: null }],
    ["the same id twice is no conflict", () => choose(A.toUpperCase(), A), { from: "the resource id" }],
  ] as const) {
    test(rule, () => expect(chosen()).toMatchObject(expected));
  }

  for (const [rule, words, unknown] of [
    ["--subscription", [null, "nope"], true],
    ["the variable", [null, null, "nope"], true],
    ["the variable, which a resource id overrides", [A, null, "nope"], false],
    ["--subscription beside a resource id, to compare them", [A, "nope"], true],
    ["a known name, in any case", [null, "PROD"], false],
    ["an id", [null, C], false],
    ["nothing", [null, null, " "], false],
  ] satisfies readonly [string, Parameters<typeof choice>, boolean][]) {
    test(`a name to ask Azure for: ${rule}: ${unknown}`, () =>
      expect(isUnknownName(choice(words[0], words[1], words[2]))).toBe(unknown));
  }

  test("none at all", () => {
    expect(namedSubscription({ ofResource: null, given: null, known: [], environment: {} })).toBeNull();
    expect(cliDefault([])).toBeNull();
  });

  const LIST = "az account list -o table";
  const UNKNOWN = "is neither a subscription id nor the name of one that you can see";
  const twice = [...known, { ...known[0], id: C, name: "PROD" } as (typeof known)[number]];
  test.each<[words: Parameters<typeof choice>, of: typeof known, code: string, message: string, hint: string]>([
    [[null, "prud"], known, "subscription-name", `--subscription ${UNKNOWN}`, "did you mean: Prod"],
    [
      [null, " nope "],
      known,
      "subscription-name",
      `--subscription ${UNKNOWN}`,
      `give the id, or see the names with: ${LIST}`,
    ],
    [
      [null, null, " nope "],
      known,
      "subscription-name",
      `AZURE_SUBSCRIPTION_ID ${UNKNOWN}`,
      `give the id, or see the names with: ${LIST}`,
    ],
    [
      [null, "prod"],
      twice,
      "subscription-name",
      "--subscription fits several subscriptions of that name",
      `give the id; see them with: ${LIST}`,
    ],
    [
      [A, B],
      known,
      "subscription-conflict",
      "--subscription names another subscription than the resource id",
      "leave --subscription out: the resource id says which one",
    ],
  ])("%j is refused", (words, of, code, message, hint) => {
    expect(() => namedSubscription({ ...choice(...words), known: of })).toThrow(
      expect.objectContaining({ exit: "usage", code, message, hint }),
    );
  });

  test.each([
    ["a name, with blanks", choice(null, " Prod "), { id: A, name: "Prod", tenantId: "T", from: "--subscription" }],
    ["an id, with blanks", choice(null, ` ${C} `), { id: C, name: null, tenantId: null, from: "--subscription" }],
    [
      "the variable, with blanks",
      choice(null, null, ` ${B} `),
      { id: B, name: "Test", tenantId: "T", from: "AZURE_SUBSCRIPTION_ID" },
    ],
    [
      "a known id in capitals",
      choice(null, A.toUpperCase()),
      { id: A.toUpperCase(), name: "Prod", tenantId: "T", from: "--subscription" },
    ],
    ["an empty variable", choice(null, null, " "), null],
  ])("%s", (_, of, chosen) => expect(namedSubscription(of)).toEqual(chosen));

  test("what az's profile says of a subscription", () => {
    const subscriptions = [
      { id: A },
      { id: B, name: 7, tenantId: 7, isDefault: "yes", environmentName: 7, user: { name: "me" } },
      { id: C, name: "x", tenantId: "T", isDefault: true, user: "me" },
    ];
    expect(cliSubscriptions(PUBLIC, profile(JSON.stringify({ subscriptions })))).toEqual([
      { id: A, name: "", tenantId: null, isDefault: false, account: "[null,null]" },
      { id: B, name: "", tenantId: null, isDefault: false, account: '[7,"me"]' },
      { id: C, name: "x", tenantId: "T", isDefault: true, account: '["T",null]' },
    ]);
  });

  test.each([`x${A}`, `${A}x`, A.replace("-", ""), A.replace("a", "g")])("'%s' is a name, not an id", (text) => {
    expect(isUnknownName(choice(null, text))).toBe(true);
  });
});
