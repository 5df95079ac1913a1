import type { Authorizer } from '../../auth/authorizer.ts'
import type { OAuth1Credentials } from '../../auth/credentials.ts'
import { type OAuth1Options, type OAuth1Request, signOAuth1 } from '../../auth/oauth1.ts'
import type { Clock } from '../../internal/clock.ts'

/** What a request on the way to a token is signed with, besides its credentials. */
interface Signed extends Pick<OAuth1Options, 'callback' | 'verifier'>, Pick<OAuth1Request, 'form'> {}

/** OAuth 1.0a as the app alone, or with a token that need not be that of a user yet. */
export function signAs(credentials: OAuth1Credentials, now: Clock, { form, ...options }: Signed = {}): Authorizer {
  const given: string[] = Object.values(credentials)
  const authorize: Authorizer['authorize'] = async ({ method, url }) => {
    const timestamp = Math.floor(now() / 1000)
    const request = form === undefined ? { method, url } : { method, url, form }
    const header = signOAuth1(request, credentials, { ...options, timestamp })
    return { header, secrets: [...given, header, header.slice('OAuth '.length)] }
  }
  return { authorize }
}
