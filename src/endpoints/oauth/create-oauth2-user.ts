import { assertBearerToken } from '../../auth/authorizer.ts'
import type { UserRequest } from '../../auth/credentials.ts'
import type { TransportOptions } from '../../http/transport.ts'
import { assertFunction, assertInteger, assertObject, assertSecret, kindOf } from '../../internal/assert.ts'
import { minuteMs } from '../../internal/clock.ts'
import { type OAuth2App, type OAuth2Tokens, readOAuth2App } from './oauth2-tokens.ts'
import { refreshOAuth2Tokens } from './refresh-oauth2-tokens.ts'

/** The parameters of `createOAuth2User`. */
export interface OAuth2UserInput extends OAuth2App {
  /** The tokens of the user: the result of `exchangeOAuth2Code`, or the tokens that `onRefresh` stored last. */
  readonly tokens: OAuth2Tokens
  /**
   * Stores the new tokens. It is called after each refresh, before the new access token is used. If it throws, the call
   * that needed the token rejects with its error, and the next call hands over the same tokens again.
   */
  readonly onRefresh: (tokens: OAuth2Tokens) => unknown
  /**
   * How long before its end an access token is replaced, in milliseconds: an integer from 0 to 3_600_000.
   *
   * @defaultValue 60_000
   */
  readonly refreshBeforeMs?: number | undefined
}

/**
 * Returns a function that fetches valid tokens of a user, and refreshes them when they expire or when X refuses them.
 * Pass it as `user` to a client or to a call.
 *
 * Only one refresh runs at a time, because X accepts a refresh token once. Create one such function per user, and let
 * only one process refresh the tokens of a user.
 *
 * @returns The function. It rejects with the errors of `refreshOAuth2Tokens` and of `onRefresh`, and with a `RangeError`
 * if the tokens have expired and there is no refresh token.
 * @throws TypeError or RangeError if a parameter or an option is missing or invalid.
 * @see https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
 *
 * @example
 * import { type Client, createOAuth2User, type OAuth2Tokens } from 'x-account-activity'
 *
 * declare const store: { save(userId: string, tokens: OAuth2Tokens): Promise<void> }
 *
 * function actFor(client: Client, userId: string, tokens: OAuth2Tokens): Client {
 *   const onRefresh = (tokens: OAuth2Tokens) => store.save(userId, tokens)
 *   return client.as(createOAuth2User({ clientId: 'client-id', tokens, onRefresh }))
 * }
 */
export function createOAuth2User(
  input: OAuth2UserInput,
  options: TransportOptions = {},
): (request?: UserRequest) => Promise<OAuth2Tokens> {
  const app = readOAuth2App(input)
  const { onRefresh, refreshBeforeMs = minuteMs } = input
  assertFunction(onRefresh, 'onRefresh')
  assertInteger(refreshBeforeMs, 'refreshBeforeMs', { max: 60 * minuteMs })
  assertObject(options, 'options')
  const { now = Date.now } = options
  let current = readTokens(input.tokens)
  /** New tokens that `onRefresh` has not stored yet. The old refresh token is used up, so they must not be lost. */
  let unsaved: OAuth2Tokens | undefined
  let running: Promise<void> | undefined

  const refresh = async (): Promise<void> => {
    const { refreshToken } = current
    if (refreshToken === undefined) throw new RangeError(missingRefreshToken)
    unsaved ??= await refreshOAuth2Tokens({ ...app, refreshToken }, options)
    await onRefresh(copyOf(unsaved))
    current = unsaved
    unsaved = undefined
  }

  return async ({ refusedToken } = {}) => {
    // Without a refresh token, the access token is used to its end.
    const marginMs = current.refreshToken === undefined ? 0 : refreshBeforeMs
    const isUsable = current.bearerToken !== refusedToken && current.expiresAt.getTime() - now() > marginMs
    if (!isUsable || unsaved !== undefined) {
      running ??= refresh().finally(() => {
        running = undefined
      })
      await running
    }
    return copyOf(current)
  }
}

const missingRefreshToken =
  'The access token of this user has expired or was refused, and there is no refresh token. Ask the user to authorise the app again, with the scope "offline.access".'

function copyOf(tokens: OAuth2Tokens): OAuth2Tokens {
  return { ...tokens, expiresAt: new Date(tokens.expiresAt), scopes: [...tokens.scopes] }
}

function readTokens(tokens: unknown): OAuth2Tokens {
  assertObject(tokens, 'tokens')
  const { bearerToken, refreshToken, expiresAt, scopes = [] } = tokens as Partial<OAuth2Tokens>
  assertBearerToken(bearerToken, 'tokens.bearerToken')
  if (refreshToken !== undefined) assertSecret(refreshToken, 'tokens.refreshToken')
  if (!Array.isArray(scopes)) throw new TypeError(`"tokens.scopes" must be an array, got ${kindOf(scopes)}`)
  if (!(expiresAt instanceof Date)) throw new TypeError(`"tokens.expiresAt" must be a Date, got ${kindOf(expiresAt)}`)
  if (Number.isNaN(expiresAt.getTime())) throw new RangeError('"tokens.expiresAt" must be a valid Date')
  return copyOf({ bearerToken, refreshToken, expiresAt, scopes })
}
