import { type Authorizer, appOnlyAuthorizer, assertBearerToken, userContextAuthorizer } from '../auth/authorizer.ts'
import {
  type AppCredentials,
  type OAuth2UserCredentials,
  readAppCredentials,
  readUserCredentials,
  type UserCredentials,
  type UserSource,
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
export function createApi(options: ClientOptions<AnyUser>): Api {
  return bindApi(createConnection(options, readUser))
}

function bindApi(connection: Connection<AnyUser>): Api {
  const { app, transport, appOnly, replayEndpoint } = connection
  return {
    transport,
    consumerSecret: app.consumerSecret,
    app: appOnly,
    userContext: (own) => authorizerFor(connection, own, missingUser),
    hasUser: connection.user !== undefined,
    replayEndpoint,
    as: (user) => bindApi(withUser(connection, user)),
  }
}

/** Checks the options and creates what the v1.1 endpoints need. */
export function createLegacyApi<List extends SubscriptionList>(
  options: ClientOptions,
  dialect: Dialect<List>,
): LegacyApi<List> {
  return bindLegacyApi(createConnection(options, readLegacyUser), dialect)
}

function bindLegacyApi<List extends SubscriptionList>(
  connection: Connection<UserCredentials>,
  dialect: Dialect<List>,
): LegacyApi<List> {
  const { app, transport, appOnly } = connection
  return {
    transport,
    consumerSecret: app.consumerSecret,
    dialect,
    app: appOnly,
    owner: () => authorizerFor(connection, undefined, missingOwner),
    userContext: (own) => authorizerFor(connection, own, missingUser),
    as: (user) => bindLegacyApi(withUser(connection, user), dialect),
  }
}

type AnyUser = UserCredentials | OAuth2UserCredentials

/** What all calls of a client share, also those of the clients that `as` returns. */
interface Connection<User extends AnyUser> {
  readonly app: AppCredentials
  readonly transport: Transport
  readonly appOnly: Authorizer
  readonly replayEndpoint: Api['replayEndpoint']
  readonly read: (user: AnyUser) => User
  readonly user: UserSource<User> | undefined
}

function createConnection<User extends AnyUser>(
  options: ClientOptions<User>,
  read: (user: AnyUser) => User,
): Connection<User> {
  assertObject(options, 'options')
  const app = readAppCredentials(options)
  const { bearerToken } = options
  if (bearerToken !== undefined) assertBearerToken(bearerToken, 'bearerToken')
  const user = options.user === undefined ? undefined : readSource(options.user, read)
  const known = Object.values({ ...app, ...(typeof user === 'function' ? {} : user), bearerToken })
  const transport = createTransport(options, known.filter((secret) => secret !== undefined) as string[])
  const appOnly = appOnlyAuthorizer({
    bearerToken,
    createToken: (signal) => fetchBearerToken(transport, app, { signal }),
  })
  return { app, transport, appOnly, replayEndpoint: { known: undefined }, read, user }
}

function withUser<User extends AnyUser>(connection: Connection<User>, user: UserSource<User>): Connection<User> {
  const { transport, read } = connection
  const own = readSource(user, read)
  const secrets = typeof own === 'function' ? [] : Object.values(own).filter((secret) => typeof secret === 'string')
  return { ...connection, transport: { ...transport, secrets: [...transport.secrets, ...secrets] }, user: own }
}

function readSource<User extends AnyUser>(user: UserSource<User>, read: (user: AnyUser) => User): UserSource<User> {
  return typeof user === 'function' ? user : read(user)
}

/** The authorizer for the user of the call, or for the user of the client. */
function authorizerFor<User extends AnyUser>(
  { app, transport, read, user }: Connection<User>,
  own: UserSource<User> | undefined,
  missing: string,
): Authorizer {
  const source = own === undefined ? user : readSource(own, read)
  if (source === undefined) throw new TypeError(missing)
  return userContextAuthorizer({ app, user: source, readUser: read, now: transport.now })
}

/** Checks and copies a user, who has one kind of token. */
function readUser(user: AnyUser): AnyUser {
  assertObject(user, 'user')
  const { bearerToken, accessToken, accessTokenSecret } = user
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
  const { bearerToken, accessToken } = user
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
