/**
 * Reads a port from a flag.
 *
 * @throws RangeError when it is not an integer from 0 to 65535.
 */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new RangeError(`A port is a number from 0 to 65535, got "${text}".`)
  return port
}
