import type { RouteTable } from "../../routes/effective-route.ts";
import type { GatewayTextOrigin } from "../../routes/gateways/read/read-gateway-table.ts";
import type { Terminal } from "../../terminal/terminal.ts";

/**
 * The table in a file or on stdin (`-`); `table` chooses one of several.
 * @throws UserError for content without a table; GatewayTableGiven for the table of a hub, a gateway, a Route Server or
 * a circuit.
 */
export async function loadExport(file: string, table: string | null, terminal: Terminal): Promise<RouteTable> {
  const { textIfUtf8, readInput, readInputFile } = await import("../../store/files/input-file.ts");
  if (file === "-" && terminal.stdin.isTTY) {
    terminal.note("reading effective routes from the keyboard; end with Ctrl-D (Windows: Ctrl-Z)");
  }
  const bytes = file === "-" ? await readInput(terminal.stdin, "stdin") : await readInputFile(file);
  const { readRouteTable } = await import("../../routes/read/read-route-table.ts");
  const origin = file === "-" ? ({ kind: "stdin", name: "stdin" } as const) : ({ kind: "file", name: file } as const);
  let empty: RouteTable | null = null;
  let failure: unknown = null;
  try {
    const read = await readRouteTable(textIfUtf8(bytes), origin, { table });
    if (read.routes.length > 0) return read;
    empty = read;
  } catch (error) {
    failure = error;
  }
  const other = await gatewayTableIn(bytes, origin, table);
  if (other !== null) throw other;
  if (empty !== null) return empty;
  throw failure;
}

/**
 * The error for content that is not the table of a NIC, or an empty one: the table of a router in it, or the reason why
 * that is invalid; null if there is none.
 */
async function gatewayTableIn(
  content: Uint8Array,
  origin: GatewayTextOrigin,
  table: string | null,
): Promise<Error | null> {
  const { looksLikeGatewayTable, readGatewayTable } = await import("../../routes/gateways/read/read-gateway-table.ts");
  if (!looksLikeGatewayTable(content)) return null;
  const [{ GatewayTableGiven }, { routerText }, { reportedRouter }, { isRouteFileError }] = await Promise.all([
    import("./gateway/gateway-table-given.ts"),
    import("../../output/results/gateways/router-text.ts"),
    import("../../routes/gateways/gateway-report.ts"),
    import("../../routes/read/route-file-error.ts"),
  ]);
  try {
    const found = await readGatewayTable(content, origin, { table });
    return new GatewayTableGiven(found, routerText(reportedRouter(found)));
  } catch (error) {
    if (!isRouteFileError(error)) throw error;
    return error.code === "text-unrecognised" ? null : error;
  }
}
