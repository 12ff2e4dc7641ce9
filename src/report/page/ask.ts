import { type Destination, isDestinationError, readDestination } from "../../analysis/destinations/destination.ts";
import { keywordRanges } from "../../analysis/destinations/keywords.ts";
import { meantBy, withMeaning } from "../../analysis/destinations/meant/meant.ts";
import { splitByDecision } from "../../analysis/destinations/split.ts";
import { parseAddress } from "../../net/address.ts";
import { prefixesOf, rangeOf, unionOf } from "../../net/address-ranges.ts";
import type { Prefix } from "../../net/prefix.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import { answerCard } from "../card.ts";
import type { Element as MarkupElement } from "../markup.ts";
import { splitCard } from "../split-card.ts";
import { byId, copy, fill } from "./dom.ts";
import type { ReadyTable } from "./read-data.ts";

/** Milliseconds without typing before the page's address changes. Browsers allow about a hundred changes in 30 s. */
const SETTLED_AFTER = 400;

/** Makes the address field answer while a user types, and makes the links to answers work. */
export function startAsking(tables: readonly ReadyTable[]): void {
  const field = byId<HTMLInputElement>("ip");
  const refusal = byId("refusal");
  const typed = byId("typed");
  const link = byId<HTMLButtonElement>("copy-link");
  const given = givenAnswers();
  let settled: ReturnType<typeof setTimeout> | undefined;

  const answer = (text: string) => {
    const result = text === "" ? [] : answersOf(text, tables);
    const isRefused = "message" in result;
    fill(refusal, isRefused ? [result.message, result.hint === "" ? "" : `: ${result.hint}`] : "");
    field.setAttribute("aria-invalid", String(isRefused));
    typed.hidden = isRefused || result.length === 0;
    link.hidden = typed.hidden;
    if (!isRefused) fill(typed, result);
    showOnce(given, typed);
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
  for (const each of document.querySelectorAll<HTMLAnchorElement>("a[data-ask]")) {
    each.href = `#${new URLSearchParams({ ip: each.dataset.ask ?? "" })}`;
  }
  byId("ask").hidden = false;
  byId("no-script").hidden = true;
  follow();
}

/** An answer in the page as written: a card, or the cards of several tables. */
interface Given {
  readonly element: HTMLElement;
  readonly destination: string;
  readonly cards: readonly Element[];
}

const destinationIn = (element: Element): string => element.querySelector("h3 .address")?.textContent ?? "";

function givenAnswers(): readonly Given[] {
  const found = document.querySelectorAll<HTMLElement>("#answer > .card, #answer > .cards:not(#typed)");
  return [...found].map((element) => ({
    element,
    destination: destinationIn(element),
    cards: element.matches(".card") ? [element] : [...element.children],
  }));
}

/** Shows the page's own answer in place of a computed one, since it can say more, such as a host name. */
function showOnce(given: readonly Given[], typed: HTMLElement): void {
  const destination = typed.hidden ? "" : destinationIn(typed);
  const same = given.filter((each) => destination !== "" && each.destination === destination);
  for (const { element } of given) element.hidden = false;
  if (same.length > 0) typed.replaceChildren(...same.flatMap(({ cards }) => cards.map((card) => card.cloneNode(true))));
  for (const { element } of same) element.hidden = true;
}

/** Opens the target of a link in the page, such as a move of the matrix. */
function openTarget(): void {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

/** Keeps the question in the page's address, for links and the back button. */
function remember(text: string): void {
  const hash = text === "" ? "" : `#${new URLSearchParams({ ip: text })}`;
  if (hash !== location.hash) history.replaceState(null, "", hash === "" ? location.pathname + location.search : hash);
}

/** Returns a card for each table; for invalid text, the error message of the command line. */
function answersOf(text: string, tables: readonly ReadyTable[]) {
  try {
    const destinations = destinationsIn(text);
    return tables.map((table) => cardOf(text, destinations, table));
  } catch (error) {
    const told = withMeaning(error, text);
    if (!(told instanceof UserError)) throw told;
    return { message: told.message, hint: told.hint };
  }
}

/** Parses a destination, a range or a list. @throws UserError for any other text. */
function destinationsIn(text: string): readonly Destination[] {
  try {
    return [readDestination(text)];
  } catch (error) {
    const meant = meantBy(text);
    if (!isDestinationError(error) || meant === null || meant.words.length < 2) throw error;
    return meant.words.map(readDestination);
  }
}

function cardOf(typed: string, destinations: readonly Destination[], ready: ReadyTable): MarkupElement {
  const { annotated, table, explainer, tags, label } = ready;
  const [first] = destinations;
  const single = destinations.length === 1 ? first : undefined;
  if (single?.kind === "address") return answerCard(explainer.explain(parseAddress(single.text)), label);
  const { text: name, kind } = single ?? { text: typed, kind: "file" };
  const prefixes = destinations.flatMap((each) => prefixesOfSet(each, tags));
  // Like `destinationSet`, but without near names of tags, which need all regions.
  const own = prefixes.map((prefix) => ({ prefix, count: 1 }));
  return splitCard(
    splitByDecision({ name, kind, own, ranges: unionOf(prefixes.map(rangeOf)) }, annotated, table),
    label,
  );
}

function prefixesOfSet(destination: Destination, tags: TagCatalogue | null): readonly Prefix[] {
  if (destination.kind === "keyword") return prefixesOf(keywordRanges(destination.text));
  if (destination.kind !== "tag") return [destination.prefix];
  if (tags === null) {
    throw new UserError(
      "service-tags-missing",
      "this page carries no service tags",
      "write it with report --with-tags",
    );
  }
  const tag = tags.tag(destination.tag);
  if (tag !== null) return tag.prefixes;
  throw new UserError(
    "unknown-tag",
    `unknown service tag '${quotedText(destination.tag)}'`,
    "the page's tags have none of this name",
  );
}
