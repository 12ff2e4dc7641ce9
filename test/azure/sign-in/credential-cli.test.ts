import { ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GetTokenOptions } from "@azure/identity";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cliCredential } from "../../../src/azure/sign-in/credential-cli.ts";
import { rejection } from "../live.ts";
import { closedGate, fakeAz } from "./fake-az.ts";

const ARM = "https://management.azure.com/.default";
const TOKEN = { token: "t", expiresOnTimestamp: 100_000, tokenType: "Bearer" };
const PRINTED = `echo '{"accessToken": "t", "expires_on": 100}'`;

let directory: string;
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "vnet-explain-az-")));
  vi.stubEnv("PATH", process.env.PATH); // restored after the test, as fakeAz changes it
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

interface Asked extends GetTokenOptions {
  readonly scopes?: string | string[];
  readonly subscription?: string | null;
  readonly timeoutMs?: number;
}
const asked = ({ scopes = ARM, subscription = null, timeoutMs = 10_000, ...options }: Asked = {}) =>
  cliCredential(subscription, timeoutMs).getToken(scopes, options);

/** Where a fake az notes something. */
const noted = () => readFileSync(join(directory, "noted"), "utf8").trim();
const note = (words: string) => `echo ${words} > ${directory}/noted`;

describe.skipIf(process.platform === "win32")("what az prints", () => {
  test.each<[printed: string, token: object]>([
    ['{"accessToken": "t", "expires_on": 100}', TOKEN],
    ['{"accessToken": "t", "expires_on": "100"}', TOKEN],
    ['{"accessToken": "t", "expires_on": 100, "expiresOn": "2100-01-01"}', TOKEN],
    ['{"accessToken": "t", "expires_on": null, "expiresOn": "1970-01-01T00:01:40Z"}', TOKEN],
    [' {"accessToken": "!~", "expires_on": 100} ', { ...TOKEN, token: "!~" }],
  ])("is a token with its end: %s", async (printed, token) => {
    fakeAz(`echo '${printed}'`);
    expect(await asked()).toEqual(token);
  });

  test.each([
    '{"accessToken": 5, "expires_on": 100}',
    '{"accessToken": "", "expires_on": 100}',
    '{"accessToken": "a b", "expires_on": 100}',
    '{"accessToken": " a", "expires_on": 100}',
    '{"accessToken": "a ", "expires_on": 100}',
    '{"accessToken": "t", "expires_on": "soon"}',
    '{"accessToken": "t", "expires_on": null, "expiresOn": "soon"}',
    '{"accessToken": "t", "expires_on": 100',
    "null",
    "[]",
  ])("is no token: %s", async (printed) => {
    fakeAz(`echo '${printed}'`);
    expect(await rejection(asked())).toEqual(new Error("az did not print a token"));
  });

  test("blanks alone are nothing, and what az says counts more than what it prints", async () => {
    fakeAz("echo");
    expect(await rejection(asked())).toEqual(new Error("az returned no token"));
    fakeAz("echo x; echo ' no ' >&2");
    expect(await rejection(asked())).toEqual(new Error("no"));
  });

  test("of endless complaints, about a million characters are kept", async () => {
    fakeAz("head -c 3000000 /dev/zero | tr '\\0' x >&2; exit 1");
    const { message } = (await rejection(asked())) as Error;
    expect(message.length).toBeGreaterThanOrEqual(1_000_000);
    expect(message.length).toBeLessThan(1_200_000);
  });
});

describe.skipIf(process.platform === "win32")("az is asked", () => {
  test.each<[options: Asked, words: string]>([
    [{}, "--resource https://management.azure.com"],
    [{ scopes: [ARM, "https://other/.default"] }, "--resource https://management.azure.com"],
    [{ scopes: "https://x/.default/y" }, "--resource https://x/.default/y"],
    [{ subscription: "S-1" }, "--resource https://management.azure.com --subscription S-1"],
    [{ claims: " " }, "--resource https://management.azure.com"],
  ])("for the token of %j", async (options, words) => {
    fakeAz(`${note("$@")}; ${PRINTED}`);
    expect(await asked(options)).toEqual(TOKEN);
    expect(noted()).toBe(`account get-access-token --output json ${words}`);
  });

  test.each<[options: Asked, message: string]>([
    [{ claims: "{}" }, "az does not support claims challenges"],
    [{ scopes: [] }, "az is not asked: the scope holds characters that no scope has"],
  ])("for nothing where it would not do: %j", async (options, message) => {
    fakeAz(`${note("asked")}; ${PRINTED}`);
    expect(await rejection(asked(options))).toEqual(new Error(message));
    expect(noted).toThrow("ENOENT");
  });

  test("outside the current directory, where another az may be", async () => {
    fakeAz(`${note("$PWD")}; ${PRINTED}`);
    await asked();
    expect(noted()).toBe("/");
  });

  test("for errors alone, unless the environment says otherwise", async () => {
    fakeAz(`${note("$AZURE_CORE_ONLY_SHOW_ERRORS")}; ${PRINTED}`);
    await asked();
    expect(noted()).toBe("yes");
    vi.stubEnv("AZURE_CORE_ONLY_SHOW_ERRORS", "no");
    await asked();
    expect(noted()).toBe("no");
  });

  test("on Windows through its shell, in the directory of the system", async () => {
    const shell = join(directory, "shell");
    writeFileSync(shell, `#!/bin/sh\n${note('"$PWD $*"')}\n${PRINTED}\n`);
    chmodSync(shell, 0o755);
    vi.stubEnv("comspec", shell);
    vi.stubEnv("SystemRoot", directory);
    const platform = Object.getOwnPropertyDescriptor(process, "platform");
    Object.defineProperty(process, "platform", { ...platform, value: "win32" });
    try {
      expect(await asked({ subscription: "S-1" })).toEqual(TOKEN);
    } finally {
      Object.defineProperty(process, "platform", platform ?? {});
    }
    expect(noted()).toBe(
      `${directory} -c az account get-access-token --output json --resource https://management.azure.com --subscription S-1`,
    );
  });
});

describe.skipIf(process.platform === "win32")("an az that still runs", () => {
  test("is ended at the time limit", { tags: ["slow"] }, async () => {
    const gate = closedGate();
    fakeAz(`${note("$$")}; read line < ${gate}`);
    expect(await rejection(asked({ timeoutMs: 2000 }))).toEqual(new Error("az returned no token"));
    const az = Number(noted());
    await vi.waitFor(() => expect(() => process.kill(az, 0)).toThrow("ESRCH"));
  });

  test("does not keep the program from its end once it has printed the token", async () => {
    const gate = closedGate();
    fakeAz(`${PRINTED}; read line < ${gate}`);
    const ofProcesses = () =>
      process.getActiveResourcesInfo().filter((name) => name === "ProcessWrap" || name === "PipeWrap");
    const before = ofProcesses();
    expect(await asked()).toEqual(TOKEN);
    expect(ofProcesses()).toEqual(before);
    writeFileSync(gate, "go\n");
  });
});

describe.skipIf(process.platform === "win32")("an az that does not start", () => {
  const kind = async () => {
    const { name, message } = (await rejection(asked())) as Error;
    return [name, message];
  };
  const ABSENT = ["CredentialUnavailableError", "az is not installed"];

  test("is absent where no directory of the path has one, and broken where one has", async () => {
    vi.stubEnv("PATH", `/nonexistent:${directory}`);
    expect(await kind()).toEqual(ABSENT);
    vi.stubEnv("PATH", undefined);
    writeFileSync(join(directory, "az"), "#!/nonexistent\n", { mode: 0o755 });
    vi.stubEnv("PATH", `/nonexistent:${directory}`);
    expect(await kind()).toEqual(["Error", "az cannot be started (ENOENT)"]);
    chmodSync(join(directory, "az"), 0o644);
    expect(await kind()).toEqual(["Error", "az cannot be started (EACCES)"]);
  });

  test.each([
    ["ENOENT", ABSENT],
    ["EACCES", ABSENT],
    ["EMFILE", ["Error", "az cannot be started (EMFILE)"]],
  ])("for the reason %s of the system, without pipes: %j", async (code, expected) => {
    vi.stubEnv("PATH", directory);
    vi.spyOn(ChildProcess.prototype, "kill").mockReturnValue(false); // what has no process has none to end
    vi.spyOn(ChildProcess.prototype as unknown as { spawn(): number }, "spawn").mockImplementation(function (
      this: ChildProcess,
    ) {
      setImmediate(() => this.emit("error", Object.assign(new Error(code), { code })));
      return -1;
    });
    expect(await kind()).toEqual(expected);
  });
});
