import type { PredictedMove } from "../../analysis/whatif/moves.ts";
import type { Rows } from "./kinds.ts";
import { moveRows } from "./rows-moves.ts";

/** A row for each prefix that would go elsewhere: the columns of a diff, then what the prediction rests on. */
export function predictedMoveRows(moves: readonly PredictedMove[]): Rows {
  const { columns } = moveRows([]);
  return {
    columns: [...columns, "certainty", "predictedBy"],
    rows: moves.flatMap((move) => moveRows([move]).rows.map((cells) => [...cells, move.certainty, move.predictedBy])),
  };
}
