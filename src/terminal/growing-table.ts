import { measureOf } from "./columns.ts";
import { drawn, footerText } from "./fitted-table.ts";
import type { Measure } from "./measure.ts";
import type { OutputStream } from "./streams.ts";
import { type Forms, GAP } from "./table-form.ts";
import { type Layout, layoutOf } from "./table-layout.ts";

/**
 * A table on a terminal whose rows arrive bit by bit. Later rows go on in the same columns while they have room; else a
 * new heading comes first.
 */
export class GrowingTable {
  readonly #stdout: OutputStream;
  readonly #width: number;
  readonly #headings: boolean;
  readonly #hidden = new Set<string>();
  #layout: Layout | null = null;

  constructor(stdout: OutputStream, width: number, headings: boolean) {
    this.#stdout = stdout;
    this.#width = width;
    this.#headings = headings;
  }

  /** Returns the text of more rows. */
  async add(forms: Forms): Promise<string> {
    const measure = await measureOf(forms);
    const own = layoutOf(forms, { width: this.#width, measure });
    const goesOn = this.#continued(own);
    const layout = goesOn ?? own;
    this.#layout = layout;
    for (const heading of layout.hidden) this.#hidden.add(heading);
    const headings = this.#headings && goesOn === null;
    return [...drawn(layout, forms, this.#stdout, { width: this.#width, measure, headings })].join("");
  }

  /** Returns the columns so far, wide enough for more rows; null where these need others. */
  #continued({ columns, widths }: Layout): Layout | null {
    const before = this.#layout;
    if (before?.widths == null || widths === null || before.columns.join() !== columns.join()) return null;
    const wider = widths.map((width, at) => Math.max(width, before.widths?.[at] ?? 0));
    const total = wider.reduce((sum, width) => sum + width + GAP, -GAP);
    return total <= this.#width ? { ...before, widths: wider } : null;
  }

  /** Returns the lines under the table. */
  footer(whole: string): string {
    const measure: Measure = (text) => text.length;
    const hidden = [...this.#hidden];
    return footerText({ constant: [], hidden }, this.#stdout, { width: this.#width, measure, whole });
  }
}
