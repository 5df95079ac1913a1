import { type Authorizer, appOnlyAuthorizer, assertBearerToken, userContextAuthorizer } from '../auth/authorizer.ts'
import {
  type AppCredentials,
  assertAppCredentials,
  assertUserCredentials,
  type OAuth2UserCredentials,
  type UserCredentials,
} from '../auth/credentials.ts'
import type { Api } from '../endpoints/api.ts'
import { fetchBearerToken } from '../endpoints/oauth/create-bearer-token.ts'
import type { SubscriptionList } from '../endpoints/subscription-list.ts'
import type { Dialect } from '../endpoints/v1/dialect.ts'
import type { LegacyApi } from '../endpoints/v1/legacy-api.ts'
import { createTransport, type Transport } from '../http/transport.ts'
import { assertObject } from '../internal/assert.ts'
import type { ClientOptions } from './client-options.ts'

/** What the endpoints of version 2 are called with. */
export function createApi(options: ClientOptions): Api {
  const { keys, transport, app, user } = createConnection(options, readUser)
  return {
    transport,
    app,
    userContext: (own) =>
      userContextAuthorizer(keys, own === undefined ? requireUser(user, actsForUser) : readUser(own), transport.now),
  }
}

/** What the endpoints of version 1.1 are called with. */
export function createLegacyApi<List extends SubscriptionList>(
  options: ClientOptions,
  dialect: Dialect<List>,
): LegacyApi<List> {
  const { keys, transport, app, user } = createConnection(options, readLegacyUser)
  const sign = (user: UserCredentials): Authorizer => userContextAuthorizer(keys, user, transport.now)
  return {
    transport,
    dialect,
    app,
    owner: () => sign(requireUser(user, actsForOwner)),
    userContext: (own) => sign(own === undefined ? requireUser(user, actsForUser) : readLegacyUser(own)),
  }
}

type AnyUser = UserCredentials | OAuth2UserCredentials

interface Connection<User> {
  readonly keys: AppCredentials
  readonly transport: Transport
  readonly app: Authorizer
  readonly user: User | undefined
}

function createConnection<User extends AnyUser>(options: ClientOptions, read: (user: AnyUser) => User): Connection<User> {
  assertObject(options, 'options')
  assertAppCredentials(options)
  const { consumerKey, consumerSecret, bearerToken } = options
  if (bearerToken !== undefined) assertBearerToken(bearerToken, 'bearerToken')
  const keys = { consumerKey, consumerSecret }
  const user = options.user === undefined ? undefined : read(options.user)
  const given: string[] = Object.values({ ...keys, ...user })
  const transport = createTransport(options, bearerToken === undefined ? given : [...given, bearerToken])
  const app = appOnlyAuthorizer({ bearerToken, createToken: () => fetchBearerToken(transport, keys) })
  return { keys, transport, app, user }
}

/** A copy, checked, that holds one kind of token. */
function readUser(user: AnyUser): AnyUser {
  assertObject(user, 'user')
  const { bearerToken, accessToken, accessTokenSecret } = user as Partial<UserCredentials & OAuth2UserCredentials>
  if (bearerToken === undefined) return copyUserCredentials(user)
  if (accessToken !== undefined || accessTokenSecret !== undefined) {
    throw new TypeError('"user" must hold either "accessToken" and "accessTokenSecret" or "bearerToken", not both')
  }
  assertBearerToken(bearerToken, 'user.bearerToken')
  return { bearerToken }
}

/** A copy, checked, of the one kind of token that version 1.1 takes. */
function readLegacyUser(user: AnyUser): UserCredentials {
  assertObject(user, 'user')
  const { bearerToken, accessToken } = user as Partial<UserCredentials & OAuth2UserCredentials>
  if (bearerToken !== undefined && accessToken === undefined) {
    throw new TypeError(
      'Version 1.1 takes no OAuth 2.0 token of a user: "user" must hold the "accessToken" and "accessTokenSecret" of OAuth 1.0a',
    )
  }
  return copyUserCredentials(user)
}

function copyUserCredentials(user: object): UserCredentials {
  assertUserCredentials(user)
  return { accessToken: user.accessToken, accessTokenSecret: user.accessTokenSecret }
}

const actsForUser =
  'This call acts for a user: pass { user: { accessToken, accessTokenSecret } } to it, or "user" to the client'
const actsForOwner =
  'This call acts for the owner of the app: pass "user", with the accessToken and accessTokenSecret of the owner, to the client'

function requireUser<T>(user: T | undefined, message: string): T {
  if (user !== undefined) return user
  throw new TypeError(message)
}
