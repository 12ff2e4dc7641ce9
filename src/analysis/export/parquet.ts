import { formatPrefix } from "../../net/prefix.ts";
import { answerTexts, cellText } from "./csv/cells.ts";
import type { ExportFile, ExportFormat } from "./format.ts";
import { type ExportModel, hexDigits, modelPrefixes } from "./model.ts";
import { ROUTE_COLUMNS } from "./sql/script.ts";

type Column =
  | { readonly name: string; readonly type: "INT32"; readonly data: readonly number[] }
  | { readonly name: string; readonly type: "INT64"; readonly data: readonly bigint[] }
  | { readonly name: string; readonly type: "STRING"; readonly data: readonly (string | null)[] };

/** The columns of each file. Cost: an entry per range and prefix. */
function* columnsOf(model: ExportModel): Generator<readonly [name: string, columns: readonly Column[]]> {
  const rows = model.routes.map((answer) => answerTexts(answer).map((text) => (text === null ? null : cellText(text))));
  yield [
    "routes",
    [
      { name: "route_id", type: "INT32", data: rows.map((_, at) => at + 1) },
      ...ROUTE_COLUMNS.map((name, at) => ({ name, type: "STRING", data: rows.map((row) => row[at] ?? null) }) as const),
    ],
  ];
  for (const family of [4, 6] as const) {
    const ranges = model.tables.flatMap(({ tableId, ranges: own }) =>
      own.filter((range) => range.family === family).map((range) => ({ ...range, tableId })),
    );
    const ends = (["first", "last"] as const).map(
      (end): Column =>
        family === 4
          ? { name: `${end}_address`, type: "INT64", data: ranges.map((range) => range[end]) }
          : { name: `${end}_address`, type: "STRING", data: ranges.map((range) => hexDigits(range[end])) },
    );
    yield [
      `ranges_v${family}`,
      [
        { name: "table_id", type: "INT32", data: ranges.map(({ tableId }) => tableId) },
        ...ends,
        { name: "route_id", type: "INT32", data: ranges.map(({ routeId }) => routeId) },
      ],
    ];
  }
  const prefixes = [...modelPrefixes(model)];
  yield [
    "prefixes",
    [
      { name: "table_id", type: "INT32", data: prefixes.map(({ tableId }) => tableId) },
      { name: "prefix", type: "STRING", data: prefixes.map(({ prefix }) => formatPrefix(prefix)) },
      { name: "route_id", type: "INT32", data: prefixes.map(({ routeId }) => routeId) },
    ],
  ];
  yield [
    "nics",
    [
      { name: "mac", type: "STRING", data: model.nics.map(({ mac }) => mac) },
      { name: "nic", type: "STRING", data: model.nics.map(({ nic }) => cellText(nic)) },
      { name: "table_id", type: "INT32", data: model.nics.map(({ tableId }) => tableId) },
    ],
  ];
}

/**
 * Parquet files of the same tables as in SQL, and of the prefixes. Their types are fixed, so no engine has to guess.
 */
export const parquet: ExportFormat = {
  async files(model): Promise<readonly ExportFile[]> {
    const { parquetWriteBuffer } = await import("hyparquet-writer");
    return [...columnsOf(model)].map(([name, columns]) => {
      const columnData = columns.map(({ data, ...column }) => ({ ...column, data: [...data] }));
      return {
        name: `${name}.parquet`,
        parts: [new Uint8Array(parquetWriteBuffer({ columnData, createdBy: "vnet-explain" }))],
      };
    });
  },
};
