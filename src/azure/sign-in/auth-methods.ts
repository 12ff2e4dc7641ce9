import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { azureError } from "../failure/azure-error.ts";
import type { Environment } from "./subscription.ts";

/** The ways to sign in that `--auth` names. */
export type AuthMethod =
  | "cli"
  | "powershell"
  | "azd"
  | "env"
  | "managed-identity"
  | "workload"
  | "device-code"
  | "token";

/** One step of the search for a credential: skipped with a reason, or tried. */
export interface AuthStep {
  readonly method: AuthMethod;
  /** Why it is not even tried, or null. */
  readonly skip: string | null;
  /** Ask the machine's identity endpoint whether it is there before waiting for it. */
  readonly probe: boolean;
}

/**
 * The order in which credentials are tried: `--auth` alone where it is given; else what the environment sets up on
 * purpose (AZURE_ACCESS_TOKEN, a service principal, a workload identity, an announced managed identity), then the Azure
 * CLI, and only then a virtual machine's identity endpoint. Outside Azure nothing answers there, so trying it first
 * would cost a second. AZURE_TOKEN_CREDENTIALS names other ones, all but the token. Azure PowerShell, the Azure
 * Developer CLI and a device code are used only when asked for.
 * @throws AzureError (usage) for an unknown AZURE_TOKEN_CREDENTIALS.
 */
export function authSteps(only: AuthMethod | null, environment: Environment): readonly AuthStep[] {
  const identity = announcedIdentity(environment);
  const step = (method: AuthMethod, skip: string | null = null, probe = false): AuthStep => ({ method, skip, probe });
  const managed = step("managed-identity", null, !identity);
  const all: Readonly<Record<AuthMethod, AuthStep>> = {
    token: step("token", missing(environment, ["AZURE_ACCESS_TOKEN"])),
    env: step("env", missingServicePrincipal(environment)),
    workload: step(
      "workload",
      missing(environment, ["AZURE_FEDERATED_TOKEN_FILE", "AZURE_TENANT_ID", "AZURE_CLIENT_ID"]),
    ),
    "managed-identity": managed,
    cli: step("cli"),
    powershell: step("powershell"),
    azd: step("azd"),
    "device-code": step("device-code"),
  };
  if (only !== null) return [all[only]];
  const { token, env, workload, cli } = all;
  const chosen = chosenMethods(environment.AZURE_TOKEN_CREDENTIALS);
  if (chosen !== null) return [token, ...chosen.map((method) => all[method])];
  return identity ? [token, env, workload, managed, cli] : [token, env, workload, cli, managed];
}

/** The credentials of the SDK that this program has, by their names. */
const CREDENTIALS: Readonly<Record<string, AuthMethod>> = {
  EnvironmentCredential: "env",
  WorkloadIdentityCredential: "workload",
  ManagedIdentityCredential: "managed-identity",
  AzureCliCredential: "cli",
  AzurePowerShellCredential: "powershell",
  AzureDeveloperCliCredential: "azd",
};

/**
 * What AZURE_TOKEN_CREDENTIALS chooses, read as DefaultAzureCredential reads it: `dev`, `prod` or one credential's
 * name, in any case; null where it is not set.
 * https://learn.microsoft.com/azure/developer/javascript/sdk/credential-chains
 */
function chosenMethods(value: string | undefined): readonly AuthMethod[] | null {
  const chosen = value?.trim();
  if (!chosen) return null;
  if (same(chosen, "dev")) return ["cli", "powershell", "azd"];
  if (same(chosen, "prod")) return ["env", "workload", "managed-identity"];
  const [, method] = Object.entries(CREDENTIALS).find(([name]) => same(name, chosen)) ?? [];
  if (method !== undefined) return [method];
  throw azureError(
    "token-credentials",
    same(chosen, "VisualStudioCodeCredential")
      ? "AZURE_TOKEN_CREDENTIALS: VisualStudioCodeCredential is not supported"
      : `unknown AZURE_TOKEN_CREDENTIALS '${quotedText(chosen, 40)}'`,
    `set it to dev, prod, ${Object.keys(CREDENTIALS).join(", ")}; or unset it`,
  );
}

function announcedIdentity(environment: Environment): boolean {
  const names = ["IDENTITY_ENDPOINT", "MSI_ENDPOINT", "AZURE_POD_IDENTITY_AUTHORITY_HOST"];
  return names.some((name) => environment[name]);
}

function missingServicePrincipal(environment: Environment): string | null {
  const absent = missing(environment, ["AZURE_CLIENT_ID", "AZURE_TENANT_ID"]);
  if (absent !== null) return absent;
  const proof = environment.AZURE_CLIENT_SECRET || environment.AZURE_CLIENT_CERTIFICATE_PATH;
  return proof ? null : "neither AZURE_CLIENT_SECRET nor AZURE_CLIENT_CERTIFICATE_PATH is set";
}

function missing(environment: Environment, names: readonly string[]): string | null {
  const absent = names.filter((name) => !environment[name]?.trim());
  return absent.length === 0 ? null : `${absent.join(", ")} ${absent.length > 1 ? "are" : "is"} not set`;
}

/** What to do where Azure rejects the token that a method gave, or it is for another tenant. */
export function otherTokenHint(method: AuthMethod | null, tenant?: string | undefined): string {
  switch (method) {
    case "token":
      return `set AZURE_ACCESS_TOKEN to a fresh token: az account get-access-token${tenant === undefined ? "" : ` --tenant ${tenant}`} --query accessToken -o tsv`;
    case "env":
    case "workload":
    case "device-code":
    case "powershell":
    case "azd":
      return `set AZURE_TENANT_ID to ${tenant ?? "the subscription's tenant"}, and check --cloud`;
    case "managed-identity":
      return "a managed identity belongs to its own tenant: check --subscription and --cloud, or choose another --auth";
    default:
      return tenant === undefined
        ? "run: az login, with an account of the subscription's tenant, and check --cloud"
        : `run: az login --tenant ${tenant}`;
  }
}
