import { expect, test } from "vitest";
import { AZURE_CLOUDS } from "../../../src/azure/clouds.ts";
import { Scrubber } from "../../../src/azure/failure/scrubber.ts";
import { signInFailure } from "../../../src/azure/sign-in/failure.ts";

const context = { cloud: AZURE_CLOUDS.public, scrubber: new Scrubber() };

test.each([
  ["at its start", "AADSTS700082: expired.", 0, "sign-in-expired"],
  [
    "behind a megabyte of what nearly fits, which would take hours to look through",
    "Subscription 'x",
    70_000,
    "credential-refused",
  ],
])("a known reason is found in what was said: %s", (_, said, times, code) => {
  const error = signInFailure(new Error(said.repeat(times + 1)), "cli", context);
  expect(error).toMatchObject({ name: "UserError", code });
  expect(error.message.split("\n")[0]?.length).toBeLessThan(200);
});
