/**
 * Reads the id of a webhook, an account, a rule or a subscription.
 *
 * @throws RangeError when the text does not have 1 to 19 digits.
 */
export function parseId(text: string): string {
  if (!/^\d{1,19}$/.test(text)) throw new RangeError(`"${text}" is not an id. An id has 1 to 19 digits.`)
  return text
}

/**
 * Reads an http or https URL.
 *
 * @throws RangeError when the text is not such a URL.
 */
export function parseUrl(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw new RangeError(`"${text}" is not a URL. Write it with http:// or https:// at the beginning.`)
  }
  return text
}
