import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { Socket } from "node:net";
import { delimiter, join } from "node:path";
import { type AccessToken, CredentialUnavailableError, type TokenCredential } from "@azure/identity";

/** More than az prints, and little enough to keep. */
const MOST_CHARACTERS = 1_000_000;

const ABSENT = "az is not installed";
const NOT_SIGNED_IN = "nobody is signed in to az";
const NOTHING = "az returned no token";
const NO_TOKEN = "az did not print a token";

/**
 * The Azure CLI's sign-in: `az account get-access-token`, each time it is asked. The token is taken when az has printed
 * it, not when az has ended: az needs 70 ms more to put Python away. Needs nothing of the SDK, so az starts before that
 * is read.
 *
 * Not `AzureCliCredential` of @azure/identity (4.13), which waits for that end, and which keeps nothing of what az said
 * as soon as stderr names `az login`, as every rejection by Microsoft Entra does.
 * https://learn.microsoft.com/cli/azure/account#az-account-get-access-token
 *
 * `getToken` rejects with CredentialUnavailableError where az is missing or nobody has signed in to it, and with
 * another Error otherwise: az refused, crashed, cannot be started or was too slow, or it cannot answer a claims
 * challenge.
 */
export function cliCredential(subscription: string | null, timeoutMs: number): TokenCredential {
  return {
    getToken: async (scopes, { claims } = {}) => {
      if (claims?.trim()) throw new Error("az does not support claims challenges");
      const resource = plainWord("scope", [scopes].flat()[0] ?? "").replace(/\/\.default$/, "");
      const of = subscription === null ? [] : ["--subscription", plainWord("subscription", subscription)];
      return printedToken(
        start(["account", "get-access-token", "--output", "json", "--resource", resource, ...of]),
        timeoutMs,
      );
    },
  };
}

/** On Windows az is a script of cmd, which only a shell runs, and a shell would act on other characters. */
function plainWord(what: string, word: string): string {
  if (/^[\w.:/-]+$/.test(word)) return word;
  throw new Error(`az is not asked: the ${what} holds characters that no ${what} has`);
}

/** Runs outside the current directory, where Windows, or a PATH with a dot, would look for az first. */
function start(words: readonly string[]): ChildProcess {
  const options: SpawnOptions = {
    stdio: ["ignore", "pipe", "pipe"],
    env: { AZURE_CORE_ONLY_SHOW_ERRORS: "yes", ...process.env }, // a warning would come before the reason of a refusal
  };
  if (process.platform !== "win32") return spawn("az", words, { ...options, cwd: "/" });
  const windows = { shell: true, windowsHide: true, cwd: process.env.SystemRoot ?? "C:\\Windows" };
  return spawn(`az ${words.join(" ")}`, { ...options, ...windows });
}

async function printedToken(az: ChildProcess, timeoutMs: number): Promise<AccessToken> {
  let patience: NodeJS.Timeout | undefined;
  try {
    return await new Promise<AccessToken>((resolve, reject) => {
      patience = setTimeout(() => reject(new Error(NOTHING)), timeoutMs);
      let printed = "";
      let said = "";
      for (const pipe of [az.stdout, az.stderr]) pipe?.on("error", () => {}); // what is missing shows when az closes
      az.stdout?.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
        const token = tokenIn(printed);
        if (token !== null) resolve(token);
        else if (printed.length > MOST_CHARACTERS) reject(new Error(NO_TOKEN));
      });
      az.stderr?.setEncoding("utf8").on("data", (text: string) => {
        if (said.length < MOST_CHARACTERS) said += text;
      });
      az.on("error", ({ code }: NodeJS.ErrnoException) => {
        const broken = isOnPath() || (code !== "ENOENT" && code !== "EACCES");
        reject(broken ? new Error(`az cannot be started (${code})`) : new CredentialUnavailableError(ABSENT));
      });
      az.on("close", () => reject(refusal(printed, said)));
    });
  } catch (error) {
    az.kill();
    for (const pipe of [az.stdout, az.stderr]) pipe?.destroy(); // what az has started ends when it writes again
    throw error;
  } finally {
    clearTimeout(patience);
    letGo(az);
  }
}

/**
 * Whether there is an az, which cannot be started: its Python is gone (ENOENT, as for no az at all), or it may not be
 * run.
 */
function isOnPath(): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((directory) => existsSync(join(directory, "az")));
}

/** The token, once it is printed whole. Its expiry is a number since az 2.54, and local time as text before. */
function tokenIn(printed: string): AccessToken | null {
  try {
    const { accessToken, expires_on, expiresOn } = JSON.parse(printed) as Record<string, unknown>;
    const seconds = Number.parseInt(String(expires_on), 10);
    const expiresOnTimestamp = Number.isNaN(seconds) ? Date.parse(String(expiresOn)) : seconds * 1000;
    const whole = typeof accessToken === "string" && /^[!-~]+$/.test(accessToken) && !Number.isNaN(expiresOnTimestamp);
    return whole ? { token: accessToken, expiresOnTimestamp, tokenType: "Bearer" } : null;
  } catch {
    return null;
  }
}

/** All that az says where nobody has signed in. Any more, such as a rejection by Microsoft Entra, is a refusal. */
const NEVER_SIGNED_IN = /^\s*(ERROR: )?Please run '?az login'? to setup account\.\s*$/;

function refusal(printed: string, said: string): Error {
  if (said.startsWith("'az' is not recognized")) return new CredentialUnavailableError(ABSENT);
  if (NEVER_SIGNED_IN.test(said)) return new CredentialUnavailableError(NOT_SIGNED_IN);
  return new Error(said.trim() || (printed.trim() === "" ? NOTHING : NO_TOKEN));
}

/** Lets the program end while az still runs. The rest of az's output is read, so that az does not fail to write it. */
function letGo(az: ChildProcess): void {
  az.unref();
  for (const pipe of [az.stdout, az.stderr]) (pipe?.removeAllListeners("data").resume() as Socket | undefined)?.unref();
}
