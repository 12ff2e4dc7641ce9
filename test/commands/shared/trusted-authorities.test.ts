import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { describe, expect, it } from "vitest";
import { trustedAuthorities } from "../../../src/commands/shared/trusted-authorities.ts";
import { throwAwayCertificate } from "../../azure/throw-away-certificate.ts";

const certificate = throwAwayCertificate();
const directory = mkdtempSync(join(tmpdir(), "vnet-explain-authorities-"));
const file = (name: string, text: string) => {
  writeFileSync(join(directory, name), text);
  return join(directory, name);
};
mkdirSync(join(directory, "folder"));

function trusted(env: Record<string, string | undefined>) {
  const notes: string[] = [];
  const context = trustedAuthorities({ env, note: (text) => notes.push(text) });
  return { isGiven: context !== undefined, notes };
}

describe("certificate authorities of the environment", () => {
  it("without the variables, Node decides", () => {
    expect(trusted({ NODE_EXTRA_CA_CERTS: "/x", SSL_CERT_FILE: "" })).toEqual({ isGiven: false, notes: [] });
  });

  it.skipIf(certificate === null)("either variable is enough", () => {
    const path = certificate?.authority;
    for (const env of [
      { SSL_CERT_FILE: path },
      { REQUESTS_CA_BUNDLE: path },
      { SSL_CERT_FILE: path, REQUESTS_CA_BUNDLE: path },
    ]) {
      expect(trusted(env)).toEqual({ isGiven: true, notes: [] });
    }
  });

  it("a file with nothing but Node's own authorities changes nothing", () => {
    const path = file(
      "own.pem",
      rootCertificates.map((pem) => `# a name\n${pem.replaceAll("\n", "\r\n")}\r\n`).join(""),
    );
    expect(trusted({ SSL_CERT_FILE: path })).toEqual({ isGiven: false, notes: [] });
  });

  it.skipIf(certificate === null)("with --use-openssl-ca, Node reads SSL_CERT_FILE itself", () => {
    const env = { SSL_CERT_FILE: certificate?.authority, NODE_OPTIONS: "--use-openssl-ca" };
    expect(trusted(env)).toEqual({ isGiven: false, notes: [] });
  });

  it.each([
    ["a missing file", join(directory, "missing.pem"), "SSL_CERT_FILE is ignored: no such file"],
    ["a file in a file", join(file("a.pem", ""), "b.pem"), "SSL_CERT_FILE is ignored: no such file"],
    ["a directory", join(directory, "folder"), "SSL_CERT_FILE is ignored: it is not a file"],
    ["another file", file("other.pem", "hello"), "SSL_CERT_FILE is ignored: the file holds no PEM certificate"],
    [
      "a damaged certificate",
      file("damaged.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
      "SSL_CERT_FILE is ignored: the file holds a damaged certificate",
    ],
    ["a large file", file("large.pem", "x".repeat(3_000_000)), "SSL_CERT_FILE is ignored: the file is too large"],
  ])("%s is left out with a note", (_, path, note) => {
    expect(trusted({ SSL_CERT_FILE: path })).toEqual({ isGiven: false, notes: [note] });
  });

  it.skipIf(process.platform === "win32")("the system's code is named where nothing better is known", () => {
    const { notes } = trusted({ REQUESTS_CA_BUNDLE: "x".repeat(5000) });
    expect(notes).toEqual(["REQUESTS_CA_BUNDLE is ignored: it cannot be read (ENAMETOOLONG)"]);
  });

  it.skipIf(certificate === null)("one that cannot be used does not keep the other out", () => {
    const { isGiven, notes } = trusted({
      SSL_CERT_FILE: join(directory, "missing.pem"),
      REQUESTS_CA_BUNDLE: certificate?.authority,
    });
    expect([isGiven, notes.length]).toEqual([true, 1]);
  });
});
