/** The flag of an option by the name that commander gives it: `--next-hop` for `nextHop`. */
export const optionFlag = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
