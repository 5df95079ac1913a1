import { assertText } from '../../internal/assert.ts'

/** What a user came back from X with. */
export type OAuthCallback =
  | {
      readonly denied: false
      /** The request token that the user was sent with: one that your app knows, and of this very session. */
      readonly oauthToken: string
      readonly oauthVerifier: string
    }
  | {
      /** The user said no. */
      readonly denied: true
      readonly oauthToken: string
    }

/**
 * Reads the URL that X sent a user back to.
 *
 * @param url - As it was requested, absolute or not: `request.url` of a web server.
 * @throws TypeError when it is neither a string nor a URL.
 * @throws RangeError when it carries neither a token with its verifier nor a refusal, or one of them twice.
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
  throw new RangeError('"url" must carry "oauth_token" and "oauth_verifier", or "denied": it is no callback of X')
}

function single(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name)
  if (values.length > 1) throw new RangeError(`"url" must carry "${name}" only once`)
  return values[0] === '' ? undefined : values[0]
}
