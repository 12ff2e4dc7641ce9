/** An object each of whose fields is made when it is first asked for, once. */
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
