/** Returns an object that makes each field once, on first use. */
export function lazyFields<T extends object>(makers: { readonly [Name in keyof T]: () => T[Name] }): T {
  const fields = {} as T;
  for (const name in makers) {
    let made: T[typeof name] | undefined;
    const get = () => {
      made ??= makers[name]();
      return made;
    };
    Object.defineProperty(fields, name, { enumerable: true, get });
  }
  return fields;
}
