import { expect, test } from "vitest";
import { givenToken } from "../../../src/azure/sign-in/access-token.ts";

const NOW = Date.parse("2026-11-23T00:00:00Z");
const jwt = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`;
const ended = (minutes: number) => jwt({ exp: NOW / 1000 - 60 * minutes });
const given = (value: string | undefined) => givenToken({ AZURE_ACCESS_TOKEN: value }, NOW);

test.each<[value: string, token: string, minutes: number]>([
  ["word", "word", 60],
  [" word\n", "word", 60],
  ["bearer  word", "word", 60],
  ["a.b", "a.b", 60],
  ["a.", "a.", 60],
  [jwt({ exp: NOW / 1000 + 300 }), jwt({ exp: NOW / 1000 + 300 }), 5],
  [jwt({ exp: "1" }), jwt({ exp: "1" }), 60],
  [jwt({}), jwt({}), 60],
  [jwt(null), jwt(null), 60],
  [jwt(5), jwt(5), 60],
])("'%s' is a token", (value, token, minutes) => {
  expect(given(value)).toEqual({ token, expiresOnTimestamp: NOW + minutes * 60_000 });
});

const MISSING = "not signed in to Azure: AZURE_ACCESS_TOKEN is not set";
const JSON_TEXT = "AZURE_ACCESS_TOKEN holds JSON instead of the token";
const WORDS = "AZURE_ACCESS_TOKEN is not one word; copy it again";
test.each<[value: string | undefined, code: string, message: string]>([
  [undefined, "token-missing", MISSING],
  [" \n", "token-missing", MISSING],
  ["{}", "token-unusable", JSON_TEXT],
  ["[]", "token-unusable", JSON_TEXT],
  ["two words", "token-unusable", WORDS],
  ["two\u00a0words", "token-unusable", WORDS],
  ["a Bearer word", "token-unusable", WORDS],
  ["\u0142", "token-unusable", WORDS],
  ["x\u0142", "token-unusable", WORDS],
  [ended(0), "token-unusable", "AZURE_ACCESS_TOKEN expired 1 min ago"],
  [ended(119), "token-unusable", "AZURE_ACCESS_TOKEN expired 119 min ago"],
  [ended(120), "token-unusable", "AZURE_ACCESS_TOKEN expired 2 h ago"],
  [ended(2879), "token-unusable", "AZURE_ACCESS_TOKEN expired 48 h ago"],
  [ended(2880), "token-unusable", "AZURE_ACCESS_TOKEN expired 2 days ago"],
])("'%s' is refused", (value, code, message) => {
  const hint = "set it to the output of: az account get-access-token --query accessToken -o tsv";
  expect(() => given(value)).toThrow(expect.objectContaining({ exit: "notAllowed", code, message, hint }));
});
