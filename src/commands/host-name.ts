const HOST_NAME =
  /^(?=.{1,253}\.?$)(?!\d+(\.\d+)*\.?$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;

/** Whether the text may be a host name: no address, nothing that was meant as one. */
export function isHostName(text: string): boolean {
  return HOST_NAME.test(text);
}
