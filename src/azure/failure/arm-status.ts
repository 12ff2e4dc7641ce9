import { quotedText } from "../../text/quoted-text.ts";
import type { Throttled } from "../arm/gate.ts";
import { seconds } from "../arm/pace.ts";
import { type AuthMethod, otherTokenHint } from "../sign-in/auth-methods.ts";
import { type AzureError, type AzureErrorCode, azureError } from "./azure-error.ts";
import type { FailureContext, RestFailure } from "./rest-failure.ts";

/** A failure with an answer. */
type Answered = RestFailure & { readonly status: number };

type Wording = readonly [code: AzureErrorCode, message: string, hint: string];

/**
 * The error for an answer with a status other than success, worded by ARM's error code where it says more than the
 * status.
 * https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
 */
export function statusFailure(failure: Answered, context: FailureContext, detail: string): AzureError {
  const [code, message, hint] = byCode(failure, context) ?? byStatus(failure, context);
  return azureError(code, message, hint, detail);
}

function byCode(
  { code, message, retryAfter }: RestFailure,
  { what, subscriptionFrom, servedBy }: FailureContext,
): Wording | null {
  const who = servedBy === null ? "" : ` (--auth ${servedBy})`;
  switch (code.toLowerCase()) {
    case "nicmustbeattachedtorunningvmtogeteffectiveroutes":
    case "networkinterfacemustbeattachedtorunningvm":
      return [
        "vm-not-running",
        `cannot read ${what}: its NIC must be attached to a running VM`,
        "start the VM (az vm start -g GROUP -n VM), or attach the NIC to one; Azure computes routes only then",
      ];
    case "operationnotallowed":
      return /not running|not in a running|deallocated|stopped/i.test(message) ? vmNotRunning(what) : null;
    case "vmnotrunning":
    case "targetvmnotrunning":
      return vmNotRunning(what);
    case "subscriptionnotfound":
    case "invalidsubscriptionid":
      return [
        "subscription-not-found",
        `the subscription from ${subscriptionFrom} was not found`,
        "check --subscription and --cloud; the account may not see it: az account list -o table; -v shows its id",
      ];
    case "resourcegroupnotfound":
      return [
        "resource-group-not-found",
        "the resource group was not found in the subscription",
        `check -g and the subscription, from ${subscriptionFrom}; without -g the NIC is looked up everywhere in it; -v shows its id`,
      ];
    case "invalidauthenticationtokentenant":
      return wrongTenant(message, who, servedBy);
    case "expiredauthenticationtoken":
      return ["sign-in-expired", `the sign-in to Azure has expired${who}`, otherTokenHint(servedBy)];
    case "invalidauthenticationtoken":
    case "invalidauthenticationtokenaudience":
    case "authenticationfailed":
      return ["token-rejected", `Azure rejected the token${who}`, otherTokenHint(servedBy)];
    case "noregisteredproviderfound":
    case "invalidapiversionparameter":
      return [
        "api-version",
        "this Azure Resource Manager does not support the requested API version",
        `${otherVersion(message)}; or export the routes with az and read them with --file`,
      ];
    case "subscriptionrequeststhrottled":
    case "toomanyrequests":
    case "operationthrottled":
      return throttled(what, retryAfter);
    case "denyassignmentauthorizationfailed":
      return denied(message, what, who);
    case "requestdisallowedbypolicy":
      return [
        "not-allowed",
        `cannot read ${what}: an Azure Policy blocks the request${who}\n  ${quotedText(message, 200)}`,
        "ask the policy's owner for an exemption; no role helps",
      ];
    case "scopelocked":
      return [
        "locked",
        `cannot read ${what}: a read-only lock blocks the request`,
        "a read-only lock blocks every POST; have it removed, or changed to CanNotDelete: az lock list -o table",
      ];
    case "readonlydisabledsubscription":
    case "subscriptiondisabled":
    case "disabledsubscription":
      return [
        "subscription-disabled",
        `cannot read ${what}: the subscription is disabled`,
        "ask its owner to enable it again; until then read an older export with --file",
      ];
    case "missingsubscriptionregistration":
    case "subscriptionnotregistered":
      return [
        "provider-not-registered",
        `cannot read ${what}: Microsoft.Network is not registered`,
        "check --subscription; or register it: az provider register -n Microsoft.Network",
      ];
    case "anotheroperationinprogress":
    case "retryableerror":
    case "retryableerrorduetoanotheroperation":
    case "canceledandsupersededduetoanotheroperation":
      return ["busy", `cannot read ${what}: another operation on it is running`, "run again in a minute"];
  }
  return null;
}

/** Azure's words: … the access is denied because of the deny assignment with name 'X' and Id 'Y' at scope 'Z'. */
function denied(said: string, what: string, who: string): Wording {
  const name = /deny assignment with name '([^']+)'/i.exec(said)?.[1];
  const named = name === undefined ? "" : `\n  its name: ${quotedText(name, 150)}`;
  return [
    "not-allowed",
    `cannot read ${what}: a deny assignment blocks it${who}${named}`,
    "no role helps; ask the owner of the managed application or deployment stack that made the deny assignment",
  ];
}

/**
 * Azure's words: The access token is from the wrong issuer 'https://sts.windows.net/A/'. It must match the tenant
 * 'https://sts.windows.net/B/' associated with this subscription.
 */
function wrongTenant(said: string, who: string, servedBy: AuthMethod | null): Wording {
  const [own, wanted] = [...said.matchAll(/'https:\/\/[^/'\s]+\/([0-9a-f-]{36})\/?'/gi)].map(([, tenant]) => tenant);
  const named = wanted === undefined ? "" : `\n  signed in to ${own}, the subscription is in ${wanted}`;
  const message = `the sign-in is for a different tenant than the subscription${who}${named}`;
  return ["wrong-tenant", message, otherTokenHint(servedBy, wanted)];
}

/** What to give to --api-version: the newest that Azure says it has, where it lists them. */
function otherVersion(said: string): string {
  const list = said.slice(said.search(/supported/i));
  const [newest] = (list.match(/\b\d{4}-\d\d-\d\d(?![\w-])/g) ?? []).sort().reverse();
  return newest === undefined ? "give an older one with --api-version" : `try: --api-version ${newest}`;
}

function byStatus(failure: Answered, context: FailureContext): Wording {
  const { status, code, message, retryAfter, requestId } = failure;
  const { what, subject, action, servedBy, host } = context;
  const who = servedBy === null ? "" : ` (--auth ${servedBy})`;
  if (requestId === null && code === "" && status !== 200 && status !== 401 && status !== 407) {
    // Azure numbers every answer of its own.
    return [
      "network-proxy",
      `cannot read ${what}: a proxy answered in Azure's place (HTTP ${status})`,
      `check HTTPS_PROXY and NO_PROXY, and whether proxy and firewall allow ${quotedText(host, 40)}`,
    ];
  }
  const said = quotedText([code, message].filter((part) => part !== "").join(": "), 200);
  switch (status) {
    case 401:
      return ["token-rejected", `Azure rejected the sign-in${who}`, otherTokenHint(servedBy)];
    case 403:
      if (/because of the deny assignment\b/i.test(message)) return denied(message, what, who);
      return [
        "not-allowed",
        `not allowed to read ${what}${who}\n  missing: ${action}`,
        `${askFor(context)}; new role assignments can take a few minutes`,
      ];
    case 404:
      if (failure.isPoll) {
        return [
          "operation-failed",
          `Azure accepted the request for ${what}, and then lost it (HTTP 404)`,
          "run again; if that does not help, check that the VM still exists and runs",
        ];
      }
      return ["not-found", `Azure cannot find ${subject ?? what}`, context.notFound];
    case 407:
      return [
        "network-proxy",
        "the proxy requires a sign-in",
        "put the credentials in HTTPS_PROXY (http://user:password@host:port)",
      ];
    case 409:
      return [
        "busy",
        `cannot read ${what}: Azure is changing it\n  ${said}`,
        "run again in a minute; if that does not help, see Azure's words above",
      ];
    case 429:
      return throttled(what, retryAfter);
    default:
      if (status >= 300 && status < 400) {
        return [
          "answer-elsewhere",
          `cannot read ${what}: a redirect in place of an answer (HTTP ${status})`,
          "check --arm-endpoint, and HTTPS_PROXY: a proxy or a portal may answer in Azure's place",
        ];
      }
      if (status >= 500) {
        return [
          "azure-trouble",
          `cannot read ${what}: Azure failed after several attempts (HTTP ${status})`,
          "run again later; see outages at https://azure.status.microsoft",
        ];
      }
      if (status === 200) {
        const why = said === "" ? "" : `\n  ${said}`;
        return ["operation-failed", `Azure could not compute ${what}${why}`, "run again; --debug shows more"];
      }
      return [
        "azure-refused",
        `cannot read ${what}: Azure refused (HTTP ${status})\n  ${said}`,
        "see Azure's words above; --debug shows more",
      ];
  }
}

function vmNotRunning(what: string): Wording {
  return ["vm-not-running", `cannot read ${what}: the VM is not running`, "start it with: az vm start -g GROUP -n VM"];
}

/** The error for a request that was held back because Azure throttles the subscription. */
export function throttledFailure({ retryAfter }: Throttled, { what }: FailureContext): AzureError {
  return azureError(...throttled(what, retryAfter));
}

function throttled(what: string, retryAfter: number | null): Wording {
  const wait = retryAfter === null ? "wait a few minutes" : `wait ${seconds(retryAfter)}`;
  return ["throttled", `cannot read ${what}: Azure throttles requests`, `${wait} and run again`];
}

function askFor({ role, on }: FailureContext): string {
  return role === "Reader"
    ? `ask for the role Reader on ${on}, or for another with that action`
    : `ask for a role with that action on ${on}: '${role}' has it, Reader does not`;
}
