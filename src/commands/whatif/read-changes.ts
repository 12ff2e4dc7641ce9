import type { Change } from "../../analysis/whatif/change.ts";
import {
  parseAddEndpoint,
  parseAddPeering,
  parseAddRoute,
  parsePropagateBgp,
  parseRemoveEndpoint,
  parseRemovePeering,
  parseRemoveRoute,
} from "../../analysis/whatif/parse.ts";
import { UserError } from "../../text/user-error.ts";
import { CHANGE_OPTIONS, type ChangeOption, type Typed } from "./changes.ts";

/** The parser of each option; `more` is the route's name or the network's region. */
const READERS: Readonly<Record<ChangeOption, (value: string, more: string | null) => Change>> = {
  "add-route": parseAddRoute,
  "remove-route": parseRemoveRoute,
  "add-endpoint": parseAddEndpoint,
  "remove-endpoint": parseRemoveEndpoint,
  "add-peering": parseAddPeering,
  "remove-peering": parseRemovePeering,
  "propagate-bgp": parsePropagateBgp,
};

/**
 * The changes in the order typed. A name belongs to the route before it; a single name belongs to a single route
 * wherever it is.
 * @throws UserError
 */
export function readChanges(typed: readonly Typed[], region: string | undefined): readonly Change[] {
  const routes = typed.filter(({ option }) => option === "add-route");
  const names = typed.filter(({ option }) => option === "name");
  const nameOf = (at: number): string | null => {
    const [only, ...others] = names;
    if (routes.length === 1 && others.length === 0) return only?.value ?? null;
    const next = typed[at + 1];
    return next?.option === "name" ? next.value : null;
  };
  const isNamed = (at: number) => typed[at - 1]?.option === "add-route";
  if (names.length > 0 && !(routes.length === 1 && names.length === 1)) {
    const misplaced = typed.findIndex(({ option }, at) => option === "name" && !isNamed(at));
    if (misplaced >= 0) throw misplacedName(typed[misplaced]?.value ?? "");
  }
  const changes = typed.flatMap(({ option, value }, at): Change[] => {
    if (option === "name") return [];
    const more = option === "add-route" ? nameOf(at) : option === "add-endpoint" ? (region ?? null) : null;
    return [READERS[option](value, more)];
  });
  if (changes.length === 0) {
    throw new UserError(
      "no-change",
      "no change given",
      `give one or more of: ${CHANGE_OPTIONS.map((option) => `--${option}`).join(", ")}`,
    );
  }
  if (region !== undefined && changes.every(({ kind }) => kind !== "add-endpoint")) {
    throw new UserError(
      "region-without-endpoint",
      "--region works only with --add-endpoint",
      "add --add-endpoint Microsoft.Storage, or remove --region",
    );
  }
  return changes;
}

function misplacedName(name: string): UserError {
  return new UserError(
    "name-without-route",
    `--name ${name.slice(0, 40)} does not follow an --add-route`,
    "put it after the route that it names: --add-route 0.0.0.0/0=Internet --name NAME",
  );
}
