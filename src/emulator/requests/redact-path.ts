const redacted = '[redacted]'
const maxLength = 2048

/** The parameters whose values are always replaced. */
const secretName = /^oauth_|authorization|token|secret|password|signature|verifier|^code$|api_?key/i

/** Every secret and every token of the emulator but a PIN contains such a run of characters. Few paths do. */
const possibleSecret = /(?=[\w-]*[A-Za-z])[\w-]{20}/

/** Returns all secrets and tokens of the emulator. */
export type ListSecrets = () => Iterable<string>

/** The path and the query of a URL for a record: without secrets, and at most 2,048 characters. */
export function redactPath({ pathname, search }: URL, listSecrets: ListSecrets): string {
  const query = search.slice(1).split('&').map(redactParameter).join('&')
  const path = redactText(search === '' ? pathname : `${pathname}?${query}`, listSecrets)
  return path.length > maxLength ? `${path.slice(0, maxLength - 1)}…` : path
}

/** Replaces the secrets in a text, in any percent-encoding. */
export function redactText(text: string, listSecrets: ListSecrets): string {
  if (!possibleSecret.test(text)) return text
  let result = text.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase())
  for (const secret of listSecrets()) {
    if (!possibleSecret.test(secret)) continue
    for (const form of [encodeURIComponent(secret), secret, decode(secret)]) result = result.replaceAll(form, redacted)
  }
  return result
}

function redactParameter(pair: string): string {
  const at = pair.indexOf('=')
  if (at < 0 || at === pair.length - 1) return pair
  return secretName.test(decode(pair.slice(0, at))) ? `${pair.slice(0, at)}=${redacted}` : pair
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
