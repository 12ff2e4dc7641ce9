import { UserError } from "../../../text/user-error.ts";

/** The error for an option that works only with the table of a NIC. */
export function ofNics(option: string): UserError {
  return new UserError(
    "option-of-nics",
    `${option} works only with the effective routes of a network interface`,
    "remove it: the table is one of a hub, a gateway, a Route Server or a circuit",
  );
}
