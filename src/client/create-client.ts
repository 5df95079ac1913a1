import { type Authorizer, appOnly, assertBearerToken, userContext } from '../auth/authorizer.ts'
import {
  type AppCredentials,
  assertAppCredentials,
  assertUserCredentials,
  type OAuth2UserCredentials,
  type UserCredentials,
} from '../auth/credentials.ts'
import type { Api } from '../endpoints/api.ts'
import { fetchBearerToken } from '../endpoints/oauth/create-bearer-token.ts'
import { checkSubscription } from '../endpoints/v2/check-subscription.ts'
import { countSubscriptions } from '../endpoints/v2/count-subscriptions.ts'
import { createReplay } from '../endpoints/v2/create-replay.ts'
import { createSubscription } from '../endpoints/v2/create-subscription.ts'
import { createWebhook } from '../endpoints/v2/create-webhook.ts'
import { deleteSubscription } from '../endpoints/v2/delete-subscription.ts'
import { deleteWebhook } from '../endpoints/v2/delete-webhook.ts'
import { listSubscriptions } from '../endpoints/v2/list-subscriptions.ts'
import { listWebhooks } from '../endpoints/v2/list-webhooks.ts'
import { validateWebhook } from '../endpoints/v2/validate-webhook.ts'
import { createTransport, type TransportOptions } from '../http/transport.ts'
import { assertObject } from '../internal/assert.ts'
import type { Client } from './client.ts'

/** What a client is made of: the keys of an app, and how to reach X. */
export interface ClientOptions extends AppCredentials, TransportOptions {
  /**
   * The app's bearer token, where there is one; otherwise it is created from the keys when it is first needed. Either
   * way it is replaced once per call by a new one when X answers with a 401.
   */
  readonly bearerToken?: string
  /** The user that calls in user context act for, unless they name one. */
  readonly user?: UserCredentials | OAuth2UserCredentials
}

/**
 * A client of X's Account Activity API. Nothing is sent before a method is called, and what is done to the options
 * afterwards has no effect.
 *
 * Calls are tried again after a 429, a 5xx or a lost connection where that does no harm; see `RetryOptions`.
 *
 * @throws TypeError when a key is missing or an option is of the wrong type.
 * @throws RangeError when a key is empty or has white space at its ends, or an option is out of range.
 * @see https://docs.x.com/x-api/account-activity/introduction
 *
 * @example
 * import { createClient } from 'x-account-activity'
 *
 * const client = createClient({ consumerKey: 'key', consumerSecret: 'secret' })
 *
 * async function urls(): Promise<string[]> {
 *   const webhooks = await client.webhooks.list()
 *   return webhooks.map((webhook) => webhook.url)
 * }
 */
export function createClient(options: ClientOptions): Client {
  const api = createApi(options)
  return {
    webhooks: {
      create: (url, options) => createWebhook(api, url, options),
      list: (options) => listWebhooks(api, options),
      validate: (webhookId, options) => validateWebhook(api, webhookId, options),
      delete: (webhookId, options) => deleteWebhook(api, webhookId, options),
    },
    subscriptions: {
      create: (webhookId, options) => createSubscription(api, webhookId, options),
      check: (webhookId, options) => checkSubscription(api, webhookId, options),
      list: (webhookId, options) => listSubscriptions(api, webhookId, options),
      delete: (webhookId, userId, options) => deleteSubscription(api, webhookId, userId, options),
      count: (options) => countSubscriptions(api, options),
    },
    replay: {
      create: (webhookId, window, options) => createReplay(api, webhookId, window, options),
    },
  }
}

function createApi(options: ClientOptions): Api {
  assertObject(options, 'options')
  assertAppCredentials(options)
  const { consumerKey, consumerSecret, bearerToken, user } = options
  if (bearerToken !== undefined) assertBearerToken(bearerToken, 'bearerToken')
  const app = { consumerKey, consumerSecret }
  const defaultUser = user === undefined ? undefined : readUser(user)
  const given: string[] = Object.values({ ...app, ...defaultUser })
  const transport = createTransport(options, bearerToken === undefined ? given : [...given, bearerToken])
  return {
    transport,
    app: appOnly({ bearerToken, createToken: () => fetchBearerToken(transport, app) }),
    userContext: (user): Authorizer =>
      userContext(app, user === undefined ? needed(defaultUser) : readUser(user), transport.now),
  }
}

/** A copy, checked, that holds one kind of token. */
function readUser(user: UserCredentials | OAuth2UserCredentials): UserCredentials | OAuth2UserCredentials {
  assertObject(user, 'user')
  const { bearerToken, accessToken, accessTokenSecret } = user as Partial<UserCredentials & OAuth2UserCredentials>
  if (bearerToken === undefined) {
    assertUserCredentials(user)
    return { accessToken: user.accessToken, accessTokenSecret: user.accessTokenSecret }
  }
  if (accessToken !== undefined || accessTokenSecret !== undefined) {
    throw new TypeError('"user" must hold either "accessToken" and "accessTokenSecret" or "bearerToken", not both')
  }
  assertBearerToken(bearerToken, 'user.bearerToken')
  return { bearerToken }
}

function needed<T>(user: T | undefined): T {
  if (user !== undefined) return user
  throw new TypeError(
    'This call acts for a user: pass { user: { accessToken, accessTokenSecret } } to it, or "user" to createClient',
  )
}
