const HOST_NAME = /^(?=.{1,253}\.?$)(?!\d+(\.\d+)*\.?$)\w([\w-]{0,61}\w)?(\.\w([\w-]{0,61}\w)?)*\.?$/;

/** Whether the text may be a host name: no address, nothing that was meant as one. */
export function isHostName(text: string): boolean {
  return HOST_NAME.test(text);
}
