/**
 * The id of a post, a user or another object of X's, as a string: from `id_str`, which is always exact, else from `id`.
 *
 * X's ids are larger than 2^53, so a number that came out of JSON may have lost its last digits: such a number is not
 * taken for an id.
 *
 * @returns `undefined` where there is no id that can be trusted.
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

/** An id from a text, or from a number that is still exact. */
export function readId(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return Number.isSafeInteger(value) ? String(value) : undefined
}
