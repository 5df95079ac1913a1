const loopback = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/
const longest = 200

/**
 * What X has against a webhook URL; nothing when it takes it.
 *
 * X wants https, no port, and 200 characters at most. A URL on this machine may be http and have a port, for that is
 * where receivers are developed, unless `strict`.
 *
 * @see https://docs.x.com/x-api/webhooks/introduction
 */
export function refuseUrl(text: string, { strict }: { strict: boolean }): string | undefined {
  if (text.length > longest) return `The URL must not be longer than ${longest} characters`
  if (!/^https?:\/\/[^\s/]\S*$/i.test(text) || !URL.canParse(text)) return 'The URL must be an absolute https URL'
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return 'The URL must not contain credentials'
  if (!strict && loopback.test(hostname)) return undefined
  if (protocol !== 'https:') return 'The URL must use https'
  // `new URL` drops the port that the scheme has anyway, X refuses that one too.
  return /^https:\/\/[^/?#]*:\d*(?:[/?#]|$)/i.test(text) ? 'The URL must not contain a port' : undefined
}
