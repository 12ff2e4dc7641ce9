/**
 * Every exit code of the program, by the names that UserError uses. The help, docs/reference.md and the manual page
 * show this table.
 */
export const EXIT_CODES = {
  answered: { code: 0, meaning: "success, even if the answer is that packets are dropped" },
  failed: { code: 1, meaning: "failure: Azure, the network, a file that cannot be written, or a bug" },
  usage: { code: 2, meaning: "usage error or unreadable input" },
  unexpected: {
    code: 3,
    meaning: "success, but not the expected answer (--expect, --wait-for, --exit-code, check)",
  },
  notAllowed: { code: 4, meaning: "not signed in or not authorized" },
  tagsMissing: { code: 5, meaning: "service tags are required but missing or unusable" },
  interrupted: { code: 130, meaning: "interrupted with Ctrl-C" },
} as const;
