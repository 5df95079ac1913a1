import { assertText } from '../../internal/assert.ts'

/** The result of a sign-in: X sent the user to the callback URL. */
export type OAuthCallback =
  | {
      /** The user authorised the app. */
      readonly denied: false
      /** The request token. Check that it belongs to the session of this user. */
      readonly oauthToken: string
      /** The verifier to pass to `accessToken`. */
      readonly oauthVerifier: string
    }
  | {
      /** The user refused. */
      readonly denied: true
      /** The request token. */
      readonly oauthToken: string
    }

/**
 * Reads the callback URL that X sent a user to.
 *
 * @param url - The requested URL, absolute or relative: `request.url` of a web server.
 * @throws TypeError if it is neither a string nor a URL.
 * @throws RangeError if it has neither `oauth_token` with `oauth_verifier` nor `denied`, or if it has one of them
 * twice.
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 *
 * @example
 * import { readCallback } from 'x-account-activity/auth'
 *
 * readCallback('https://app.example/callback?oauth_token=token&oauth_verifier=verifier')
 * // { denied: false, oauthToken: 'token', oauthVerifier: 'verifier' }
 * readCallback('/callback?denied=token')
 * // { denied: true, oauthToken: 'token' }
 */
export function readCallback(url: string | URL): OAuthCallback {
  const text = url instanceof URL ? url.href : url
  assertText(text, 'url')
  const query = new URLSearchParams(/^[^?#]*\?([^#]*)/.exec(text)?.[1])
  const refused = single(query, 'denied')
  if (refused !== undefined) return { denied: true, oauthToken: refused }
  const oauthToken = single(query, 'oauth_token')
  const oauthVerifier = single(query, 'oauth_verifier')
  if (oauthToken !== undefined && oauthVerifier !== undefined) return { denied: false, oauthToken, oauthVerifier }
  throw new RangeError('"url" must have the query parameters "oauth_token" and "oauth_verifier", or "denied"')
}

function single(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name)
  if (values.length > 1) throw new RangeError(`"url" must have the query parameter "${name}" only once`)
  return values[0] === '' ? undefined : values[0]
}
