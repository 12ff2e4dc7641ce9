import type { RouteTable } from "../../routes/effective-route.ts";
import type { Terminal } from "../../terminal/terminal.ts";

/**
 * The table in a file or on stdin (`-`); `table` chooses one of several.
 * @throws UserError for content without a table; GatewayTableGiven for the table of a hub, a gateway, a Route Server or
 * a circuit.
 */
export async function loadExport(file: string, table: string | null, terminal: Terminal): Promise<RouteTable> {
  const { readInput, readInputFile } = await import("../../store/files/input-file.ts");
  if (file === "-" && terminal.stdin.isTTY) {
    terminal.note("reading effective routes from the keyboard; end with Ctrl-D (Windows: Ctrl-Z)");
  }
  const bytes = file === "-" ? await readInput(terminal.stdin, "stdin") : await readInputFile(file);
  const { readRouteTable } = await import("../../routes/read/read-route-table.ts");
  const origin = file === "-" ? ({ kind: "stdin", name: "stdin" } as const) : ({ kind: "file", name: file } as const);
  let empty: RouteTable | null = null;
  let failure: unknown = null;
  try {
    const read = await readRouteTable(bytes, origin, { table });
    if (read.routes.length > 0) return read;
    empty = read;
  } catch (error) {
    failure = error;
  }
  const { gatewayTableIn } = await import("./gateway/gateway-file.ts");
  const other = await gatewayTableIn(bytes, origin, table);
  if (other !== null) throw other;
  if (empty !== null) return empty;
  throw failure;
}
