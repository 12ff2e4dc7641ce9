import type { GatewayRequest } from "../../../azure/gateways/request.ts";
import type { AnyGatewayTable } from "../../../routes/gateways/gateway-table.ts";
import type { Terminal } from "../../../terminal/terminal.ts";
import type { SessionOfRun } from "../azure-access.ts";

/**
 * Reads the table of a hub, a gateway, a Route Server or a circuit from Azure, and saves it with `--save`.
 * @throws AzureError, UserError if `--save` cannot write.
 */
export async function fetchGateway(
  request: GatewayRequest,
  { save }: { readonly save?: string | undefined },
  terminal: Terminal,
  sessionOf: SessionOfRun,
): Promise<AnyGatewayTable> {
  const session = await sessionOf();
  terminal.progress("reading the table from Azure");
  try {
    const { text, table } = await session.gatewayTable(request);
    terminal.progress(null);
    if (save !== undefined) {
      const { saveFile } = await import("../../../store/files/save-file.ts");
      await saveFile(save, text, "the table");
      terminal.note(`saved Azure's response to ${save}`);
    }
    return table;
  } finally {
    terminal.progress(null);
  }
}
