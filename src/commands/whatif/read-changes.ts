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

/** How the options' values are read; `more` is the route's name, or the network's region. */
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
 * The changes that were typed, in their order. A name belongs to the route before it; the only name to the only route.
 * @throws UserError, WhatIfError
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
    const astray = typed.findIndex(({ option }, at) => option === "name" && !isNamed(at));
    if (astray >= 0) throw nameAstray(typed[astray]?.value ?? "");
  }
  const changes = typed.flatMap(({ option, value }, at): Change[] => {
    if (option === "name") return [];
    const more = option === "add-route" ? nameOf(at) : option === "add-endpoint" ? (region ?? null) : null;
    return [READERS[option](value, more)];
  });
  if (changes.length === 0) {
    throw new UserError(
      "no-change",
      "no change is supposed",
      `give one or more of: ${CHANGE_OPTIONS.map((option) => `--${option}`).join(", ")}`,
    );
  }
  if (region !== undefined && changes.every(({ kind }) => kind !== "add-endpoint")) {
    throw new UserError(
      "region-without-endpoint",
      "--region is for --add-endpoint, and there is none",
      "give --add-endpoint Microsoft.Storage, or leave --region out",
    );
  }
  return changes;
}

function nameAstray(name: string): UserError {
  return new UserError(
    "name-without-route",
    `--name ${name.slice(0, 40)} stands behind no --add-route`,
    "write it behind the route that it names: --add-route 0.0.0.0/0=Internet --name NAME",
  );
}
