import { UserError } from "../../text/user-error.ts";
import type { EffectiveRoute } from "../effective-route.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "./route-file-error.ts";

/** How well a source fits a form. The form with the highest score reads it. */
export const FIT = {
  none: 0,
  /** The form explains what is wrong with any source that fits no other. */
  fallback: 1,
  /** The notation and some of the fields fit. Reading probably fails, with a message that says what is missing. */
  partial: 2,
  /** The source has fields that only this form has. */
  typical: 3,
  /** The source has every field that the form requires. */
  full: 4,
} as const;

export type Fit = (typeof FIT)[keyof typeof FIT];

/** One route table in a source. */
export interface FormTable {
  /** Whose table it is, where the source says so: a NIC's name, or the title above the table. */
  readonly name: string | null;
  /**
   * The routes of this table alone.
   * @throws UserError<RouteFileErrorCode>. Linear in the table.
   */
  read(): FormContent;
}

/** The content of a table. */
export interface FormContent {
  readonly routes: readonly EffectiveRoute[];
  /** A remark that the writer of the source left for its readers, else null. */
  readonly note: string | null;
}

/**
 * A form in which people have effective routes, or something that is often mistaken for them. To add one, write its
 * file and add a line to `forms.ts`. A form judges a source by itself and knows no other form; a test checks that no
 * two fit the same source equally well.
 */
export interface Form<Source> {
  /** Kebab case, e.g. `az-table`. Reports show it as the format of the table; `-v` says "read as az table". */
  readonly name: string;
  /** How well the source fits. Never throws. At most linear in the source. */
  recognises(source: Source): Fit;
  /**
   * The route tables in the source: at least one.
   * @throws UserError<RouteFileErrorCode>. A form that is not a route table always throws, to say what the source is.
   * Linear in the source.
   */
  tables(source: Source): readonly FormTable[] | Promise<readonly FormTable[]>;
}

/** The tables of a source that has one table and does not say whose it is. */
export function oneTable(read: () => FormContent): readonly FormTable[] {
  return [{ name: null, read }];
}

/**
 * The form that fits the source best.
 * @throws UserError `text-ambiguous` where two fit equally well: a wrong guess would be a wrong route table.
 */
export function bestForm<Source>(forms: readonly Form<Source>[], source: Source): Form<Source> {
  const fits = forms.map((form) => ({ form, fit: form.recognises(source) }));
  const best = fits.reduce((before, each) => (each.fit > before.fit ? each : before));
  const rival = fits.find((each) => each !== best && each.fit === best.fit);
  if (rival === undefined) return best.form;
  const message = `it can be read as ${best.form.name} and as ${rival.form.name}`;
  throw new UserError<RouteFileErrorCode>("text-ambiguous", message, HOW_TO_EXPORT);
}
