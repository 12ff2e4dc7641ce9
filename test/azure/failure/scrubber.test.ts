import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Scrubber } from "../../../src/azure/failure/scrubber.ts";

const TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl";

describe("what looks like a credential is hidden", () => {
  it.each([
    ["a token alone", TOKEN, "[hidden]"],
    ["a token among words", `the token ${TOKEN}, which is bad`, "the token [hidden], which is bad"],
    ["a token behind a dash", `x-${TOKEN}`, "x-[hidden]"],
    ["a token without a signature", "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0 end", "[hidden] end"],
    ["two tokens", `${TOKEN} ${TOKEN}`, "[hidden] [hidden]"],
    ["a bearer header", "Authorization: Bearer abc.def", "Authorization: [hidden]"],
    ["a field that holds one", '{"access_token":"abc"}', '{"access_token":"[hidden]"}'],
    ["no token: words and names", "keys eyes.example 10.0.0.1 ey.abc", "keys eyes.example 10.0.0.1 ey.abc"],
  ])("%s", (_, text, expected) => {
    expect(new Scrubber().scrub(text)).toBe(expected);
  });

  it.each([
    ["access_token", "access_token=abc&x=1", "access_token=[hidden]&x=1"],
    ["accessToken", '{"accessToken":"abc","x":1}', '{"accessToken":"[hidden]","x":1}'],
    ["refresh_token", "refresh_token: abc, x", "refresh_token: [hidden], x"],
    ["id_token", "id_token = 'abc' x", "id_token = '[hidden]' x"],
    ["IdToken", "IdToken=abc}", "IdToken=[hidden]}"],
    ["client_secret", "client_secret=abc&client_secret=def", "client_secret=[hidden]&client_secret=[hidden]"],
    ["client_assertion", "client_assertion=a.b", "client_assertion=[hidden]"],
    ["password", 'PASSWORD\t:\t"a b"', 'PASSWORD\t:\t"[hidden] b"'],
    ["no field: a word before a blank", "the password was wrong", "the password was wrong"],
    ["a bearer header in lower case", "bearer  a,b;c 'd' bearer e", "[hidden],b;c 'd' [hidden]"],
    ["no header: the end of a word", "Forbearer abc", "Forbearer abc"],
    ["no header: the word alone", "a Bearer", "a Bearer"],
  ])("by its place: %s", (_, text, expected) => {
    expect(new Scrubber().scrub(text)).toBe(expected);
  });

  it("tokens are found wherever this plain pattern finds them, and nowhere else", () => {
    const pattern = /\bey[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(\.[A-Za-z0-9_-]*)?/g;
    const pieces = fc.constantFrom("ey", "eyJhbGciOi", "abcd", "-", "_", ".", "..", " ", "e", "y", "Z9");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        expect(new Scrubber().scrub(text)).toBe(text.replace(pattern, "[hidden]"));
      }),
      { numRuns: 20_000 },
    );
  });

  it("an answer of megabytes is read once: taking up the search at every 'ey' anew would take hours", () => {
    const text = "ey0000000-".repeat(400_000);
    expect(new Scrubber().scrub(text)).toBe(text);
  });
});

describe("a known secret is hidden wherever it stands", () => {
  it.each(["AZURE_ACCESS_TOKEN", "AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PASSWORD", "AZURE_PASSWORD"])(
    "that of %s",
    (name) => {
      expect(new Scrubber({ [name]: " s3cret\n" }).scrub("xs3crets3cretx s3cre")).toBe("x[hidden][hidden]x s3cre");
    },
  );

  it.each([
    ["six characters", "abcdef", "xabcdefx", "x[hidden]x"],
    ["not five, which may be a word", "abcde", "abcde", "abcde"],
    ["not five and blanks", " abcde  ", "abcde abcde  ", "abcde abcde  "],
    ["six letters without their blanks", "a b cdef", "abcdef ab cdef", "[hidden] [hidden]"],
    ["five letters only with their blanks", "a b cde", "abcde a b cde", "abcde [hidden]"],
    ["as letters, not as a pattern", "ab.cdef", "ab\u200b.cdef ab\u200bxcdef", "[hidden] ab\u200bxcdef"],
    ["the longer of what is in each other", "secret", "se\u200bcretse cret", "[hidden][hidden]"],
  ])("%s", (_, secret, text, expected) => {
    const scrubber = new Scrubber();
    scrubber.learn(undefined);
    scrubber.learn(secret);
    expect(scrubber.scrub(text)).toBe(expected);
  });

  it.each([..."\\^$.*+?()[]{}|/-"])("with %s in it", (character) => {
    const scrubber = new Scrubber({ AZURE_PASSWORD: `abc${character}def` });
    expect(scrubber.scrub([...`abc${character}def`].join("\u200b"))).toBe("[hidden]");
  });

  it("each of several", () => {
    const scrubber = new Scrubber({ AZURE_PASSWORD: "first-one", AZURE_CLIENT_SECRET: "second-one" });
    expect(scrubber.scrub("second-one first-one second-one")).toBe("[hidden] [hidden] [hidden]");
  });
});

describe("a known subscription is hidden wherever its id stands", () => {
  const ID = "0a1b2c3d-0000-4000-8000-00000000abcd";
  const scrubbed = (learnt: string | undefined, text: string, isShown = false) => {
    const scrubber = new Scrubber({}, isShown);
    scrubber.learnSubscription(learnt);
    return scrubber.scrub(text);
  };

  it.each([
    ["in any case", ID.toUpperCase(), `x${ID}x`, "x[subscription]x"],
    ["with blanks around it", ` ${ID}\n`, ID, "[subscription]"],
    ["not where none is named", undefined, ID, ID],
    ["not by its name", "production", "production", "production"],
    ["not where it is longer", `${ID}0`, `${ID}0`, `${ID}0`],
    ["not where something is before it", `x${ID}`, `x${ID}`, `x${ID}`],
    ["not where it is shorter", ID.slice(1), ID, ID],
  ])("%s", (_, learnt, text, expected) => {
    expect(scrubbed(learnt, text)).toBe(expected);
    expect(scrubbed(learnt, text, true)).toBe(text);
  });

  it("that of the environment, and each of several", () => {
    const scrubber = new Scrubber({ AZURE_SUBSCRIPTION_ID: ID });
    const other = ID.replace("0a", "0b");
    scrubber.learnSubscription(other);
    expect(scrubber.scrub(`${ID} ${other}`)).toBe("[subscription] [subscription]");
  });
});

describe("the id of an unknown subscription is recognised by its position", () => {
  const ID = "0A1b2c3d-0000-4000-8000-00000000abcd";
  it.each([
    ["/subscriptions/ID/resourceGroups/g", "/subscriptions/[subscription]/resourceGroups/g"],
    ["https://x/?id=%2Fsubscriptions%2FID%2Fx", "https://x/?id=%2Fsubscriptions%2F[subscription]%2Fx"],
    ["The subscription ID could not be found.", "The subscription [subscription] could not be found."],
    ["The subscription 'ID' could not be found.", "The subscription '[subscription]' could not be found."],
    ["the subscriptions (ID)", "the subscriptions ([subscription])"],
    ["Subscription: ID", "Subscription: [subscription]"],
    ["subscription id ID", "subscription id [subscription]"],
    ["?subscriptionId=ID&x=1", "?subscriptionId=[subscription]&x=1"],
    ['{"subscriptionId": "ID"}', '{"subscriptionId": "[subscription]"}'],
    ["tenant ID, correlation id: ID", "tenant ID, correlation id: ID"],
  ])("%s", (text, expected) => {
    const filled = (each: string) => each.replaceAll("ID", ID);
    expect(new Scrubber().scrub(filled(text))).toBe(filled(expected));
    expect(new Scrubber({}, true).scrub(filled(text))).toBe(filled(text));
  });
});

describe("a secret with invisible characters between its letters is hidden too", () => {
  const SECRET = "correct-horse.battery+staple";
  const ID = "0a1b2c3d-0000-4000-8000-00000000abcd";
  const inserted = (text: string, gap: string) => [...text].join(gap);
  const shown = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Z}]/gu, "");
  const UNSEEN = ["\u200b", "\u00ad", "\u0001", "\u0085", "\u2028", "\ufeff", "\u202e\u2066", "\u{e0041}"];
  const BLANKS = [" ", "\t", "\r\n", "\u00a0", "\u3000"];

  it.each([...UNSEEN, ...BLANKS])("known ones: %j", (gap) => {
    const scrubber = new Scrubber({ AZURE_ACCESS_TOKEN: SECRET, AZURE_SUBSCRIPTION_ID: ID });
    const text = `a ${inserted(SECRET, gap)}\u200b b c${gap}${inserted(ID.toUpperCase(), gap)} d`;
    expect(scrubber.scrub(text)).toBe(`a [hidden]\u200b b c${gap}[subscription] d`);
    expect(new Scrubber({}, true).scrub(inserted(ID, gap))).toBe(inserted(ID, gap));
  });

  it.each(UNSEEN)("what looks like one: %j", (gap) => {
    const scrub = (text: string) => shown(new Scrubber().scrub(text));
    expect(scrub(`a-${inserted(TOKEN, gap)}`)).toBe("a-[hidden]");
    expect(scrub(inserted("Bearer abc,", gap))).toBe("[hidden],");
    expect(scrub(inserted('{"password":"abc"}', gap))).toBe('{"password":"[hidden]"}');
    expect(scrub(inserted(`/subscriptions/${ID}/x`, gap))).toBe("/subscriptions/[subscription]/x");
  });

  it("text without secrets stays unchanged", () => {
    const scrubber = new Scrubber({ AZURE_ACCESS_TOKEN: SECRET, AZURE_SUBSCRIPTION_ID: ID });
    const pieces = fc.constantFrom("correct", "-horse", "ey", "abcd", ".", ...UNSEEN, ...BLANKS);
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join("");
        expect(scrubber.scrub(text)).toBe(text);
        expect(scrubber.scrub(`${text}=${inserted(SECRET, "\u200b")}=${text}`)).toBe(`${text}=[hidden]=${text}`);
      }),
    );
  });

  it("megabytes of it are read once", { tags: ["slow"] }, () => {
    const scrubber = new Scrubber({ AZURE_ACCESS_TOKEN: SECRET, AZURE_SUBSCRIPTION_ID: ID });
    for (const piece of ["\u200b", "e\u200b", "c \u200b", "\u200b-e", "password=\u200b ", "0\u0001"]) {
      const text = `e${piece.repeat(300_000)}`;
      expect(shown(scrubber.scrub(text)).length).toBeGreaterThan(0);
    }
    const text = "\u200b".repeat(20_000_000);
    expect(scrubber.scrub(text)).toBe(text);
  });
});
