/** The likely cause of an empty word on a command line. */
export const UNSET_VARIABLE = "a shell variable in the command may be empty or unset";
