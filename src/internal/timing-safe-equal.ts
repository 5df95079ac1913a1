/**
 * Whether two texts are the same, in a time that tells only how long they are, not where they differ.
 *
 * The comparison of `node:crypto` wants bytes, and making those takes as long as the rest of checking a signature.
 */
export function timingSafeEqual(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let index = 0; index < a.length; index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index)
  return difference === 0
}
