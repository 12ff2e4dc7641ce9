/** Why a text was refused as a service tag file. Closed, so that scripts and tests can tell the cases apart. */
export type TagFileErrorCode =
  | "tag-file-empty"
  | "tag-file-syntax"
  | "tag-file-kind"
  | "tag-file-shape"
  | "tag-file-prefix";

/** A text that was refused as a service tag file: `message` says what and why, `hint` says what to do next. */
export class TagFileError extends Error {
  override readonly name = "TagFileError";
  readonly code: TagFileErrorCode;
  readonly hint: string;

  constructor(code: TagFileErrorCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

/** Where service tag files come from, for hints. */
export const WHERE_TAGS_ARE =
  "give a ServiceTags_Public_<date>.json from https://www.microsoft.com/download/details.aspx?id=56519";
