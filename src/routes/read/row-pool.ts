import { UserError } from "../../text/user-error.ts";
import type { EffectiveRoute } from "../effective-route.ts";
import { effectiveRouteFromArm } from "./arm-row.ts";
import type { FormContent } from "./form.ts";
import { contentOf, parseJsonDocument } from "./json/document.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "./route-file-error.ts";

/**
 * Reads many of Azure's answers, and keeps each distinct row once. Tables of one company share most of their rows: ten
 * thousand tables take the memory of some hundred.
 */
export class RowPool {
  readonly #rows = new Map<string, EffectiveRoute>();

  /**
   * The routes of an answer of Azure Resource Manager.
   * @throws UserError<RouteFileErrorCode> for another text, and as `readRouteTable`. Linear in the text.
   */
  read(text: string): FormContent {
    const document = parseJsonDocument(text);
    if (document?.rows == null) {
      throw new UserError<RouteFileErrorCode>("not-effective-routes", "it holds no effective routes", HOW_TO_EXPORT);
    }
    return contentOf(document, (row, at) => {
      const key = JSON.stringify(row);
      let route = this.#rows.get(key);
      if (route === undefined) {
        route = effectiveRouteFromArm(row, at);
        this.#rows.set(key, route);
      }
      return route;
    });
  }
}
