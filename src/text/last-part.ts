/** The last part of a text with slashes: the name in a resource id. A text without any is its own last part. */
export const lastPart = (text: string): string => text.slice(text.lastIndexOf("/") + 1);
