/** Every exit code of the program, what it is called here and what it means: the one table that the help, README and man page show. */
export const EXIT_CODES = {
  answered: { code: 0, meaning: "answered, also when the answer is that the packet is dropped" },
  failed: { code: 1, meaning: "failed: Azure, the network, a file that cannot be written, or a fault of the program" },
  usage: { code: 2, meaning: "usage, or input that cannot be read" },
  unexpected: {
    code: 3,
    meaning: "answered, and the answer is not the expected one (--expect, --wait-for, --exit-code, check)",
  },
  notAllowed: { code: 4, meaning: "not signed in, or not allowed" },
  tagsMissing: { code: 5, meaning: "service tags are needed, and missing or unusable" },
  interrupted: { code: 130, meaning: "interrupted with Ctrl-C" },
} as const;
