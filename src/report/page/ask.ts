import { parseAddress } from "../../net/address.ts";
import { isAddressError } from "../../net/address-error.ts";
import { answerCard } from "../card.ts";
import { byId, copy, fill } from "./dom.ts";
import type { ReadyTable } from "./read-data.ts";

/** Browsers refuse more than a hundred changes of a page's address in half a minute. */
const SETTLED_AFTER = 400;

/** Makes the address field answer while somebody types, and the page's links to answers work. */
export function startAsking(tables: readonly ReadyTable[]): void {
  const field = byId<HTMLInputElement>("ip");
  const refusal = byId("refusal");
  const typed = byId("typed");
  const link = byId<HTMLButtonElement>("copy-link");
  let settled: ReturnType<typeof setTimeout> | undefined;

  const answer = (text: string) => {
    const result = text === "" ? [] : answersOf(text, tables);
    const isRefused = "message" in result;
    fill(refusal, isRefused ? [result.message, result.hint === "" ? "" : `: ${result.hint}`] : "");
    field.setAttribute("aria-invalid", String(isRefused));
    typed.hidden = isRefused || result.length === 0;
    link.hidden = typed.hidden;
    if (!isRefused) fill(typed, result);
  };
  field.addEventListener("input", () => {
    answer(field.value.trim());
    clearTimeout(settled);
    settled = setTimeout(() => remember(field.value.trim()), SETTLED_AFTER);
  });
  byId<HTMLFormElement>("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    remember(field.value.trim());
  });
  link.addEventListener("click", () => {
    remember(field.value.trim());
    void copy(location.href, link);
  });
  const follow = () => {
    openTarget();
    const asked = new URLSearchParams(location.hash.slice(1)).get("ip");
    if (asked === null || asked === field.value.trim()) return;
    field.value = asked.slice(0, 100);
    answer(field.value.trim());
    byId("answer").scrollIntoView({ block: "start" });
  };
  addEventListener("hashchange", follow);
  byId("ask").hidden = false;
  byId("no-script").hidden = true;
  follow();
}

/** Opens what a link of the page leads to, such as a move of the matrix. */
function openTarget(): void {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

/** Keeps what was asked in the page's address, for links and for going back. */
function remember(text: string): void {
  const hash = text === "" ? "" : `#${new URLSearchParams({ ip: text })}`;
  if (hash !== location.hash) history.replaceState(null, "", hash === "" ? location.pathname + location.search : hash);
}

/** Returns the cards of an address, one for each table; or why it is not an address, in the words of the command line. */
function answersOf(text: string, tables: readonly ReadyTable[]) {
  try {
    const address = parseAddress(text);
    return tables.map(({ explainer, label }) => answerCard(explainer.explain(address), label));
  } catch (error) {
    if (!isAddressError(error)) throw error;
    return { message: error.message, hint: error.hint };
  }
}
