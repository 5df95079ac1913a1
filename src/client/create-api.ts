import { type Authorizer, appOnlyAuthorizer, assertBearerToken, userContextAuthorizer } from '../auth/authorizer.ts'
import {
  type AppCredentials,
  type OAuth2UserCredentials,
  readAppCredentials,
  readUserCredentials,
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

/** Checks the options and creates what the v2 endpoints need. */
export function createApi(options: ClientOptions): Api {
  const { app, transport, appOnly, user } = createConnection(options, readUser)
  return {
    transport,
    app: appOnly,
    userContext: (own) =>
      userContextAuthorizer(app, own === undefined ? requireUser(user, missingUser) : readUser(own), transport.now),
  }
}

/** Checks the options and creates what the v1.1 endpoints need. */
export function createLegacyApi<List extends SubscriptionList>(
  options: ClientOptions,
  dialect: Dialect<List>,
): LegacyApi<List> {
  const { app, transport, appOnly, user } = createConnection(options, readLegacyUser)
  const sign = (user: UserCredentials): Authorizer => userContextAuthorizer(app, user, transport.now)
  return {
    transport,
    dialect,
    app: appOnly,
    owner: () => sign(requireUser(user, missingOwner)),
    userContext: (own) => sign(own === undefined ? requireUser(user, missingUser) : readLegacyUser(own)),
  }
}

type AnyUser = UserCredentials | OAuth2UserCredentials

interface Connection<User> {
  readonly app: AppCredentials
  readonly transport: Transport
  readonly appOnly: Authorizer
  readonly user: User | undefined
}

function createConnection<User extends AnyUser>(
  options: ClientOptions,
  read: (user: AnyUser) => User,
): Connection<User> {
  assertObject(options, 'options')
  const app = readAppCredentials(options)
  const { bearerToken } = options
  if (bearerToken !== undefined) assertBearerToken(bearerToken, 'bearerToken')
  const user = options.user === undefined ? undefined : read(options.user)
  const secrets: string[] = Object.values({ ...app, ...user })
  const transport = createTransport(options, bearerToken === undefined ? secrets : [...secrets, bearerToken])
  const appOnly = appOnlyAuthorizer({ bearerToken, createToken: () => fetchBearerToken(transport, app) })
  return { app, transport, appOnly, user }
}

/** Checks and copies a user, who has one kind of token. */
function readUser(user: AnyUser): AnyUser {
  assertObject(user, 'user')
  const { bearerToken, accessToken, accessTokenSecret } = user as Partial<UserCredentials & OAuth2UserCredentials>
  if (bearerToken === undefined) return readUserCredentials(user)
  if (accessToken !== undefined || accessTokenSecret !== undefined) {
    throw new TypeError('"user" must have either "accessToken" and "accessTokenSecret" or "bearerToken", not both')
  }
  assertBearerToken(bearerToken, 'user.bearerToken')
  return { bearerToken }
}

/** Checks and copies a user with the only kind of token that v1.1 accepts. */
function readLegacyUser(user: AnyUser): UserCredentials {
  assertObject(user, 'user')
  const { bearerToken, accessToken } = user as Partial<UserCredentials & OAuth2UserCredentials>
  if (bearerToken !== undefined && accessToken === undefined) {
    throw new TypeError(
      'Version 1.1 does not accept an OAuth 2.0 token of a user. Pass the "accessToken" and "accessTokenSecret" of OAuth 1.0a in "user".',
    )
  }
  return readUserCredentials(user)
}

const missingUser =
  'This call needs a user. Pass { user: { accessToken, accessTokenSecret } } to the call, or the option "user" to the client.'
const missingOwner =
  'This call needs the owner of the app. Pass the option "user" with the accessToken and accessTokenSecret of the owner to the client.'

function requireUser<T>(user: T | undefined, message: string): T {
  if (user !== undefined) return user
  throw new TypeError(message)
}
