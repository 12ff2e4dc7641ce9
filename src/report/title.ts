import { routerText } from "../output/results/gateways/router-text.ts";
import type { Result } from "../output/results/kinds.ts";
import { askedOf } from "../output/results/trace/answer.ts";
import type { RouteTableOrigin } from "../routes/effective-route.ts";
import { shownName } from "./table-data.ts";

/** Returns the page's title: what it is about, and the question that it answers. */
export function titleOf(result: Result): string {
  switch (result.kind) {
    case "diff":
      return `${originName(result.report.before)} → ${originName(result.report.after)}: what moves`;
    case "whatif":
      return `${originName(result.report.routeTable)}: what if`;
    case "check":
      return result.report.policy.name ?? shownName(result.report.policy.file);
    case "routes":
    case "whichroute":
      return `${originName(result.report.routeTable)}: which route?`;
    case "gateway-routes":
    case "gateway-peers":
    case "gateway-whichroute":
      return routerText(result.report.gatewayTable);
    case "gateway-diff":
      return `${routerText(result.report.before)} → ${routerText(result.report.after)}: what moves`;
    case "trace":
      return `${askedOf(result.report.trace)}: which way?`;
    case "snapshot-routes":
    case "snapshot-whichroute":
      return `${shownName(result.report.snapshot.name)}: where do its subnets send packets?`;
    case "snapshot-diff":
      return `${shownName(result.report.before.name)} → ${shownName(result.report.after.name)}: what drifted`;
    default:
      return result.kind;
  }
}

/** Returns the name of a table's source: of a NIC its name, of a file its name without its folder. */
function originName({ kind, name }: RouteTableOrigin): string {
  if (kind === "sample") return `sample ${name}`;
  return kind === "stdin" ? "standard input" : shownName(name);
}
