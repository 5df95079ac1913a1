import { readBaseUrl } from '../../http/transport.ts'
import { assertObject, assertSecret, assertText, kindOf } from '../../internal/assert.ts'

/** What a user is sent to X with. */
export interface ConsentUrlInput {
  /** Of {@link requestToken}. */
  readonly oauthToken: string
  /** Where X is; `https://api.x.com` unless set. */
  readonly baseUrl?: string | URL
  /** Whether the user must sign in anew, although a session is there. */
  readonly forceLogin?: boolean
  /** The name to fill in where the user must sign in, without `@`. */
  readonly screenName?: string
}

/** The URL of a page of X that asks a user for consent. */
export function consentUrl(page: 'authorize' | 'authenticate', input: ConsentUrlInput): string {
  assertObject(input, 'input')
  const { oauthToken, baseUrl = 'https://api.x.com', forceLogin = false, screenName } = input
  assertSecret(oauthToken, 'oauthToken')
  if (typeof forceLogin !== 'boolean') throw new TypeError(`"forceLogin" must be a boolean, got ${kindOf(forceLogin)}`)
  if (screenName !== undefined) assertText(screenName, 'screenName')
  const query = new URLSearchParams({
    oauth_token: oauthToken,
    ...(forceLogin && { force_login: 'true' }),
    ...(screenName !== undefined && { screen_name: screenName }),
  })
  return `${readBaseUrl(baseUrl)}/oauth/${page}?${query}`
}
