import { type Command, InvalidArgumentError, Option } from "commander";
import type { AuthMethod } from "../../azure/sign-in/auth-methods.ts";
import { OWN_OPTIONS, SIGN_IN_OPTIONS, SOURCE_OPTIONS } from "../help/option-groups.ts";
import { twoSources } from "./two-sources.ts";

/** The options that name a NIC, the same on every command that reads from Azure. */
export interface LiveOptions {
  readonly nic?: string | undefined;
  readonly vm?: string | undefined;
  readonly privateIp?: string | undefined;
  readonly resourceGroup?: string | undefined;
  readonly refresh?: boolean | undefined;
  readonly save?: string | undefined;
}

/** The options that say how to reach Azure, with or without a NIC. */
export interface AzureAccessOptions {
  readonly subscription?: string | undefined;
  readonly auth?: AuthMethod | undefined;
  readonly cloud?: "public" | "usgov" | "china" | undefined;
  readonly armEndpoint?: string | undefined;
  readonly apiVersion?: string | undefined;
  /** Seconds. */
  readonly timeout?: number | undefined;
}

const AUTH_METHODS: readonly AuthMethod[] = [
  "cli",
  "powershell",
  "azd",
  "env",
  "managed-identity",
  "workload",
  "device-code",
  "token",
];

/** Azure can take minutes to compute effective routes. 3.5 minutes have been observed. */
export const DEFAULT_TIMEOUT_SECONDS = 600;

/**
 * Parses an option in seconds.
 * @throws InvalidArgumentError, which commander reports.
 */
export function seconds(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  // A timer of more than 2^31 - 1 ms fires at once.
  if (value <= 0 || value > 86_400) throw new InvalidArgumentError("Give a number of seconds, at most 86400.");
  return value;
}

/** Reads an option that is a version of Azure's interface. */
function apiVersion(text: string): string {
  const [, date] = /^(\d{4}-\d\d-\d\d)(-preview)?$/.exec(text) ?? [];
  if (date !== undefined && !Number.isNaN(Date.parse(date))) return text;
  throw new InvalidArgumentError("It is a date such as 2024-05-01, or 2024-05-01-preview.");
}

/** The option that chooses the cloud, for Azure and for service tags. */
export function cloudOption(): Option {
  return new Option("--cloud <cloud>", "public (default), usgov, china").choices(["public", "usgov", "china"]);
}

/** `--subscription` of commands that ask one. */
const oneSubscription = () => new Option("--subscription <id|name>", "default: AZURE_SUBSCRIPTION_ID, then az's");

/**
 * Declares the options that say how to reach Azure. `timeout` describes a --timeout of the command's own. A
 * `subscription` of null leaves --subscription to the command.
 */
export function addAzureAccess(
  command: Command,
  timeout?: string,
  subscription: Option | null = oneSubscription(),
): Command {
  const limit = new Option(
    "--timeout <seconds>",
    timeout ?? `limit for a call to Azure (default: ${DEFAULT_TIMEOUT_SECONDS})`,
  );
  if (timeout !== undefined) limit.helpGroup(OWN_OPTIONS);
  command.optionsGroup(SIGN_IN_OPTIONS);
  if (subscription !== null) command.addOption(subscription);
  return command
    .addOption(new Option("--auth <method>", AUTH_METHODS.join(", ")).choices(AUTH_METHODS))
    .option("--arm-endpoint <url>", "another Resource Manager, e.g. a private one")
    .option("--api-version <date>", "for a cloud that lacks the usual version", apiVersion)
    .addOption(limit.argParser(seconds))
    .optionsGroup(OWN_OPTIONS);
}

/** `--save` of commands that only read a table. */
export function saveAnswerOption(): Option {
  return new Option("--save <file>", "save Azure's response for --file").conflicts(["file", "sample", "snapshot"]);
}

/** The options that name a route table. */
const SOURCES = ["file", "sample", "snapshot", "nic", "vm", "privateIp"];

/** A NIC of a snapshot: the two options name one table. */
const TOGETHER = ["snapshot", "nic"];

/** Makes an option that names a route table. */
export type SourceOption = (flags: string, description: string) => Option;

/** For commands on one table: each option excludes the others. */
export const oneSource: SourceOption = (flags, description) => {
  const option = new Option(flags, description).argParser((value: string, before?: string) => {
    if (before === undefined) return value;
    const flag = option.long ?? null;
    throw twoSources({ flag, value: before }, { flag, value });
  });
  const own = option.attributeName();
  return option.conflicts(
    SOURCES.filter((name) => name !== own && !(TOGETHER.includes(name) && TOGETHER.includes(own))),
  );
};

/** For commands on several tables: each option may be repeated and combined. */
export const oneOfSources: SourceOption = (flags, description) =>
  new Option(flags, description).argParser((value, before: readonly string[] = []) => [...before, value]);

/** Declares the options that name a NIC; `save` is the command's own `--save`. */
export function addLiveOptions(command: Command, save: Option, source = oneSource): Command {
  command
    .optionsGroup(SOURCE_OPTIONS)
    .addOption(source("--nic <name|id>", "read from Azure: name or resource id of a NIC"))
    .addOption(source("--vm <name|id>", "read from Azure: the NIC of this VM or AKS node"))
    .addOption(source("--private-ip <address>", "read from Azure: the NIC with this address"))
    .option("-g, --resource-group <name>", "the resource group of the NIC or VM")
    .addOption(new Option("--refresh", "fetch the last route table again").conflicts(["file", "sample", "snapshot"]))
    .addOption(save);
  return addAzureAccess(command);
}
