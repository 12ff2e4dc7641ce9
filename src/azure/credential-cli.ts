import { exec } from "node:child_process";
import { promisify } from "node:util";
import { AzureCliCredential, type TokenCredential } from "@azure/identity";

/**
 * In a file of its own so that the bundle can start `az` from a small chunk, before the rest of the SDK is read.
 *
 * The library takes every mention of `az login` on stderr for "nobody is signed in", and keeps nothing of what az said (seen with
 * @azure/identity 4.13). But az ends each refusal of Microsoft Entra with that advice, so then az is asked once more for its reason; and
 * a warning may name the command too, so az is told to print errors alone.
 */
export function cliCredential(subscription: string | null, timeoutMs: number): TokenCredential {
  process.env.AZURE_CORE_ONLY_SHOW_ERRORS ??= "yes";
  const credential = new AzureCliCredential({
    processTimeoutInMs: timeoutMs,
    ...(subscription === null ? {} : { subscription }),
  });
  return {
    getToken: async (scopes, options) => {
      try {
        return await credential.getToken(scopes, options);
      } catch (error) {
        if (!isAdviceAlone(error)) throw error;
        throw new Error((await reasonOfAz([scopes].flat()[0] ?? "", subscription, timeoutMs)) ?? error.message);
      }
    },
  };
}

function isAdviceAlone(error: unknown): error is Error {
  return error instanceof Error && error.message.startsWith("Please run 'az login'");
}

/** What az says on stderr in place of a token; null where it says nothing. The library has checked both words. */
async function reasonOfAz(scope: string, subscription: string | null, timeout: number): Promise<string | null> {
  const resource = scope.replace(/\/\.default$/, "");
  const of = subscription === null ? "" : ` --subscription "${subscription}"`;
  try {
    const az = `az account get-access-token --output none --resource ${resource}${of}`;
    return (await promisify(exec)(az, { timeout })).stderr || null;
  } catch (error) {
    const said: unknown = error instanceof Error && "stderr" in error ? error.stderr : null;
    return typeof said === "string" && said !== "" ? said : null;
  }
}
