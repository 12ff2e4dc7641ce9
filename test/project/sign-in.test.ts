import { readFileSync } from "node:fs";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { authSteps } from "../../src/azure/sign-in/auth-methods.ts";
import { addAzureAccess } from "../../src/commands/shared/live-options.ts";

const text = readFileSync(new URL("../../docs/sign-in.md", import.meta.url), "utf8");

describe("docs/sign-in.md", () => {
  it("numbers the sign-ins in the order in which they are tried", () => {
    const numbered = [...text.matchAll(/^\d\. `([\w-]+)`:/gm)].map(([, method]) => method);
    expect(numbered).toEqual(authSteps(null, {}).map(({ method }) => method));
  });

  it("names every value of --auth", () => {
    const option = addAzureAccess(new Command()).options.find(({ long }) => long === "--auth");
    const named = [...text.matchAll(/^(?:\d\.|-) `([\w-]+)`:/gm)].map(([, method]) => method);
    expect(named.sort()).toEqual([...(option?.argChoices ?? [])].sort());
  });

  it("says what AZURE_TOKEN_CREDENTIALS tries", () => {
    for (const value of ["dev", "prod"]) {
      const [, tried = ""] = new RegExp(`^\\| \`${value}\` +\\| (.*?) +\\|$`, "m").exec(text) ?? [];
      const [token, ...others] = authSteps(null, { AZURE_TOKEN_CREDENTIALS: value }).map(({ method }) => method);
      expect([token, tried]).toEqual(["token", others.map((method) => `\`${method}\``).join(", ")]);
    }
    const credentials = [...text.matchAll(/`(\w+Credential)`/g)].map(([, name]) => name ?? "");
    expect(credentials.length).toBe(6);
    for (const name of credentials) expect(authSteps(null, { AZURE_TOKEN_CREDENTIALS: name }).length).toBe(2);
  });

  it("has a role whose actions SECURITY.md lists", () => {
    const [, json = ""] = /```json\n([\s\S]*?)```/.exec(text) ?? [];
    const security = readFileSync(new URL("../../SECURITY.md", import.meta.url), "utf8");
    const { Actions } = JSON.parse(json) as { Actions: string[] };
    expect(Actions.filter((action) => !security.includes(action.replace("Microsoft.Network/", "")))).toEqual([]);
  });
});
