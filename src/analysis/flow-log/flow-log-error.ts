/** Why an input was refused as a flow log. Closed, so that scripts and tests can tell the cases apart. */
export type FlowLogErrorCode =
  | "flow-log-empty"
  | "flow-log-syntax"
  | "flow-log-truncated"
  | "flow-log-unrecognised"
  | "flow-log-record-size"
  | "flow-log-version"
  | "flow-log-shape";

/** A flow log that was refused: `message` says which record and why, `hint` says what to do next. */
export class FlowLogError extends Error {
  override readonly name = "FlowLogError";
  readonly code: FlowLogErrorCode;
  readonly hint: string;

  constructor(code: FlowLogErrorCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
