import { type Command, Option } from "commander";
import { routeTableText } from "../output/provenance.ts";
import type { Terminal } from "../output/terminal.ts";
import type { RouteTable } from "../routes/effective-route.ts";
import { UsageError } from "./usage-error.ts";

/** Where the routes come from, as the options name it: the same on every command that needs routes. */
export interface RouteSourceOptions {
  readonly file?: string | undefined;
  readonly sample?: string | undefined;
}

/** Declares the options that name a route source. */
export function addRouteSource(command: Command): Command {
  return command
    .addOption(
      new Option(
        "-f, --file <path>",
        "effective routes exported by az, PowerShell or the portal; - reads stdin",
      ).conflicts("sample"),
    )
    .option("--sample <name>", "an embedded route table: no-udr, udr or udr-and-endpoint");
}

const NO_SOURCE = new UsageError(
  "no-route-source",
  "no routes to read: no source was named",
  "give --file <path>, --file - for stdin, or --sample udr-and-endpoint; or set VNET_EXPLAIN_FILE",
);

/**
 * The route table that the options name, else the one that VNET_EXPLAIN_FILE names.
 * @throws UsageError, InputFileError, RouteFileError
 */
export async function loadRoutes(options: RouteSourceOptions, terminal: Terminal): Promise<RouteTable> {
  const table = await namedTable(options, terminal);
  terminal.detail(
    `routes: ${routeTableText(table.origin)}; ${table.routes.length} rows, read as ${table.origin.format}`,
  );
  return table;
}

async function namedTable({ file, sample }: RouteSourceOptions, terminal: Terminal): Promise<RouteTable> {
  if (sample !== undefined) return loadSample(sample);
  if (file !== undefined) return file === "-" ? loadStdin(terminal) : loadFile(file);
  const fromEnvironment = terminal.env.VNET_EXPLAIN_FILE;
  if (fromEnvironment === undefined || fromEnvironment === "") throw NO_SOURCE;
  terminal.note(`routes from ${fromEnvironment}, which VNET_EXPLAIN_FILE names`);
  return loadFile(fromEnvironment);
}

async function loadSample(wanted: string): Promise<RouteTable> {
  const { SAMPLE_NAMES, sampleRouteTable } = await import("../routes/samples.ts");
  const name = SAMPLE_NAMES.find((known) => known === wanted.toLowerCase());
  if (name === undefined) {
    throw new UsageError(
      "unknown-sample",
      `there is no sample '${wanted.slice(0, 40)}'`,
      `use one of: ${SAMPLE_NAMES.join(", ")}`,
    );
  }
  return sampleRouteTable(name);
}

async function loadStdin(terminal: Terminal): Promise<RouteTable> {
  if (terminal.stdin.isTTY)
    terminal.note("reading effective routes from the keyboard; end with Ctrl-D (Windows: Ctrl-Z)");
  const { readInput } = await import("../store/input-file.ts");
  return decoded(await readInput(terminal.stdin, "stdin"), { kind: "stdin", name: "stdin" });
}

async function loadFile(path: string): Promise<RouteTable> {
  const { readInputFile } = await import("../store/input-file.ts");
  return decoded(await readInputFile(path), { kind: "file", name: path });
}

async function decoded(
  bytes: Uint8Array,
  origin: { readonly kind: "file" | "stdin"; readonly name: string },
): Promise<RouteTable> {
  const [{ decodeText }, { readRouteTable }] = await Promise.all([
    import("../routes/decode-text.ts"),
    import("../routes/read-route-table.ts"),
  ]);
  return readRouteTable(decodeText(bytes), origin);
}
