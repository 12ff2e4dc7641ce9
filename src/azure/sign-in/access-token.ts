import { ownField } from "../../text/type-guards.ts";
import { azureError } from "../failure/azure-error.ts";
import type { Environment } from "./subscription.ts";

const HOW = "set it to the output of: az account get-access-token --query accessToken -o tsv";

/** A token and its expiry in milliseconds since 1970, as the SDK expects of a credential. */
export interface GivenToken {
  readonly token: string;
  readonly expiresOnTimestamp: number;
}

/**
 * The token in AZURE_ACCESS_TOKEN, checked as far as its text allows: one word, not expired. A token without an expiry
 * counts as valid for an hour.
 * @throws AzureError (sign-in); the message never holds the token.
 */
export function givenToken(environment: Environment, now: number): GivenToken {
  const text = (environment.AZURE_ACCESS_TOKEN ?? "").trim().replace(/^Bearer\s+/i, "");
  if (text === "") throw azureError("token-missing", "not signed in to Azure: AZURE_ACCESS_TOKEN is not set", HOW);
  if (/^[{[]/.test(text)) {
    throw azureError("token-unusable", "AZURE_ACCESS_TOKEN holds JSON instead of the token", HOW);
  }
  if (!/^[\x21-\x7e]+$/.test(text)) {
    throw azureError("token-unusable", "AZURE_ACCESS_TOKEN is not one word; copy it again", HOW);
  }
  const end = endOf(text);
  if (end !== null && end <= now) {
    const minutes = Math.max(1, Math.round((now - end) / 60_000));
    throw azureError("token-unusable", `AZURE_ACCESS_TOKEN expired ${age(minutes)} ago`, HOW);
  }
  return { token: text, expiresOnTimestamp: end ?? now + 3_600_000 };
}

function age(minutes: number): string {
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}

/** The `exp` claim of a JSON Web Token in milliseconds; null for any other token. */
function endOf(token: string): number | null {
  const payload = token.split(".")[1];
  if (payload === undefined) return null;
  try {
    const end = ownField(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")), "exp");
    return typeof end === "number" ? end * 1000 : null;
  } catch {
    return null;
  }
}
