import { isAccountActivityError, isApiError, type SubscriptionCount, type Webhook } from '../../../entries/index.ts'
import { type CheckResult, doubtful, fail, pass, skipped } from '../finding.ts'

/** What came of a call: its value, or its error. */
export type Called<T> = { readonly value: T } | { readonly error: unknown }

/** The keys of the app must get a bearer token. */
export function checkAppKeys(token: Called<string>): CheckResult {
  if ('value' in token) return pass('X gives a bearer token for them')
  return fail(
    describeError(token.error),
    isRefusal(token.error)
      ? 'Compare X_CONSUMER_KEY and X_CONSUMER_SECRET with "API Key" and "API Key Secret" of the app in the developer portal.'
      : hintOf(token.error),
  )
}

/**
 * The bearer token must be accepted. The client replaces a refused one by itself, so that calls succeed, but every process
 * then needs an additional request.
 *
 * @param firstStatus - The status of the first request with the token. `undefined` when X did not respond.
 */
export function checkBearerToken(isGiven: boolean, firstStatus: number | undefined): CheckResult {
  if (!isGiven) return skipped('X_BEARER_TOKEN is not set: the client gets a token with the keys of the app')
  if (firstStatus === undefined) return skipped('X did not respond')
  if (firstStatus !== 401) return pass('X accepts it')
  return fail(
    'X refuses it (HTTP 401)',
    'Replace X_BEARER_TOKEN by the token in the developer portal, or remove it. The client gets another token when X refuses one, so that calls may succeed anyway.',
  )
}

/** An app-only call must succeed. */
export function checkAppOnly(webhooks: Called<readonly Webhook[]>): CheckResult {
  if ('value' in webhooks) return pass('the webhooks can be listed')
  return fail(describeError(webhooks.error), hintOf(webhooks.error))
}

/**
 * A call in user context must be accepted. It asks whether the user is subscribed. A refusal that is not about the
 * credentials shows that they are right.
 */
export function checkUserContext(subscription: Called<boolean> | undefined): CheckResult {
  if (subscription === undefined) {
    return skipped(
      'X_ACCESS_TOKEN and X_ACCESS_TOKEN_SECRET are not set',
      'Set both to check the token of a user, for example with "x-account-activity login".',
    )
  }
  if ('value' in subscription) return pass(subscription.value ? 'the user is subscribed' : 'X accepts the user')
  const { error } = subscription
  if (isApiError(error) && ![401, 403, 429].includes(error.status) && error.status < 500)
    return pass('X accepts the user')
  return fail(describeError(error), hintOf(error))
}

const permissionFix =
  'Set the permission "Read and write and Direct message" in the developer portal, then let the user sign in again: existing tokens keep the old permission.'

/**
 * The token of the user needs the permission to read direct messages.
 *
 * @param level - The header `x-access-level` of the response.
 */
export function checkPermission(subscription: Called<boolean> | undefined, level: string | undefined): CheckResult {
  if (subscription === undefined) return skipped('The token of a user is needed.')
  if (level === 'read-write-directmessages') return pass(level)
  if (level !== undefined) return fail(level, permissionFix)
  if ('error' in subscription && isApiError(subscription.error) && isAboutPermission(subscription.error)) {
    return fail(describeError(subscription.error), permissionFix)
  }
  return skipped('X did not send the permission of the token.')
}

/** X names the permission in the text of a 403, or has the code 261 for it. */
function isAboutPermission({
  status,
  platformCodes,
  body,
}: {
  status: number
  platformCodes: readonly number[]
  body: string
}) {
  return status === 403 && (platformCodes.includes(261) || /permission|oauth1-permissions/i.test(body))
}

/** Every webhook must be valid: X sends nothing to the others. */
export function checkWebhooks(webhooks: Called<readonly Webhook[]>): CheckResult {
  if ('error' in webhooks) return skipped('The webhooks cannot be listed.')
  const { value } = webhooks
  if (value.length === 0) {
    return doubtful('the app has none', 'Register one with "x-account-activity webhooks create <url>".')
  }
  const invalid = value.filter(({ valid }) => !valid)
  if (invalid.length === 0) return pass(value.map(({ id, url }) => `${id} ${url}`).join(', '))
  const [first] = invalid
  return fail(
    `not valid: ${invalid.map(({ id, url }) => `${id} ${url}`).join(', ')}`,
    `Run "x-account-activity doctor ${first?.url}", correct what it finds, and run "x-account-activity webhooks validate ${first?.id}".`,
  )
}

/** There should be room for another subscription. */
export function checkSubscriptions(count: Called<SubscriptionCount>): CheckResult {
  if ('error' in count) return doubtful(describeError(count.error), hintOf(count.error))
  const { subscriptionsCountAll, subscriptionsCountDirectMessages, provisionedCount } = count.value
  const used = subscriptionsCountAll + subscriptionsCountDirectMessages
  if (!Number.isFinite(used) || !Number.isFinite(provisionedCount)) return skipped('X did not send the numbers.')
  const seen = `${used} of ${provisionedCount} are used`
  if (used < provisionedCount) return pass(seen)
  return doubtful(seen, 'Remove a subscription, or extend the plan: X refuses the next subscription.')
}

function isRefusal(error: unknown): boolean {
  return isApiError(error) && (error.status === 401 || error.status === 403)
}

function describeError(error: unknown): string {
  if (isApiError(error)) return `${error.reason} (HTTP ${error.status})`
  if (isAccountActivityError(error)) return error.message
  return error instanceof Error ? error.message : 'the call failed'
}

function hintOf(error: unknown): string {
  if (isApiError(error)) return error.hint ?? 'Look at the app in the developer portal, and run the doctor again later.'
  return 'Check the network, the proxy and X_BASE_URL.'
}
