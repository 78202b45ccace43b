/** The service to which a proxy hands requests, from the address that is written. */

/** The name of a service: no address, no name with a dot, not this machine. */
export function serviceOf(address: string): string | undefined {
  const host = /^(?:https?:\/\/)?([A-Za-z][\w-]*)(?::\d+)?(?:\/|$)/.exec(address)?.[1];
  return host === 'localhost' ? undefined : host;
}
