/** Service tags were needed for the answer and there are none. */
export class ServiceTagsMissingError extends Error {
  override readonly name = "ServiceTagsMissingError";
  readonly code = "service-tags-missing";
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
