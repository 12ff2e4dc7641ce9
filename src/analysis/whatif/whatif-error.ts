/** Why a supposed change was refused. Closed, so that scripts and tests can tell the cases apart. */
export type WhatIfErrorCode =
  | "change-syntax"
  | "change-next-hop"
  | "change-name"
  | "change-tag"
  | "change-endpoint"
  | "change-region"
  | "change-conflict"
  | "change-not-found";

/** A change that cannot be read, or cannot be made to this table: `message` says why, `hint` says what to write instead. */
export class WhatIfError extends Error {
  override readonly name = "WhatIfError";
  readonly code: WhatIfErrorCode;
  readonly hint: string;

  constructor(code: WhatIfErrorCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
