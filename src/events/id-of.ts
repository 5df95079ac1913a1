/**
 * Returns the id of a post, a user or another object of X as a string: `id_str` if there is one, otherwise `id`.
 *
 * Use it instead of `id`: ids of X are larger than 2^53, so JSON rounds them when they are numbers. A number that may
 * be rounded is not returned.
 *
 * @param object - An object as X sent it. It may be missing, as the author of a post may.
 * @returns `undefined` when the object has neither a string id nor a number that is exact.
 *
 * @example
 * import { idOf } from 'x-account-activity/events'
 *
 * idOf({ id: 1207610954160037890, id_str: '1207610954160037891' })
 * // '1207610954160037891'
 */
export function idOf(
  object: { readonly id?: unknown; readonly id_str?: unknown } | null | undefined,
): string | undefined {
  const idText = object?.id_str
  return typeof idText === 'string' && idText !== '' ? idText : readId(object?.id)
}

/** Reads an id from a string, or from a number that JSON cannot have rounded. */
export function readId(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return Number.isSafeInteger(value) ? String(value) : undefined
}
