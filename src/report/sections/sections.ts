import type { Section } from "../subject.ts";
import { allPrefixes } from "./all-prefixes.ts";
import { answers } from "./answers.ts";
import { endpoints } from "./endpoints.ts";
import { holes } from "./holes.ts";
import { provenance } from "./provenance.ts";
import { routeRows } from "./route-rows.ts";
import { shares } from "./shares.ts";

/** Every section, from top to bottom. A new one is a file and a line here. */
export const SECTIONS: readonly Section[] = [provenance, answers, holes, shares, routeRows, endpoints, allPrefixes];
