import { replaceFile } from "../../../src/store/files/replace-file.ts";
import { isStoreError } from "../../../src/store/files/store-error.ts";

/**
 * Replaces a file with SIZE times a letter, again and again, and tells after each time. Arguments: path, letter, size.
 */
const [path = "", letter = "", size = "0"] = process.argv.slice(2);
try {
  for (;;) {
    replaceFile(path, letter.repeat(Number(size)), { what: "the test file" });
    process.stdout.write(".");
  }
} catch (thrown) {
  process.stderr.write(isStoreError(thrown) ? thrown.code : String(thrown));
  process.exitCode = 1;
}
