/**
 * The one table of reasons: what each endpoint can answer when it fails, and what to do about it.
 *
 * X's own words are documented at https://docs.x.com/x-api/account-activity/quickstart and
 * https://docs.x.com/x-api/webhooks/quickstart; the last six are ours, in the same style, for what has no word of X's.
 */
export const endpointReasons = {
  'webhooks.create': ['CrcValidationFailed', 'UrlValidationFailed', 'DuplicateUrlFailed', 'WebhookLimitExceeded'],
  'webhooks.list': [],
  'webhooks.validate': ['WebhookIdInvalid', 'CrcValidationFailed'],
  'webhooks.delete': ['WebhookIdInvalid'],
  'subscriptions.create': ['WebhookIdInvalid', 'DuplicateSubscriptionFailed', 'SubscriptionLimitExceeded'],
  'subscriptions.check': ['WebhookIdInvalid'],
  'subscriptions.list': ['WebhookIdInvalid'],
  'subscriptions.delete': ['SubscriptionNotFound', 'WebhookIdInvalid'],
  'subscriptions.count': [],
  'environments.list': [],
  'replay.create': ['QueryParamInvalid', 'CrcValidationFailed', 'ReplayConflictError', 'WebhookIdInvalid'],
  'oauth.createBearerToken': [],
  'oauth.invalidateBearerToken': [],
  'oauth.requestToken': [],
  'oauth.accessToken': [],
  'oauth.invalidateAccessToken': [],
} as const

/** The name of a call, as the client spells it: `webhooks.create`, `subscriptions.check` … */
export type Endpoint = keyof typeof endpointReasons

/** X's own words for why a call failed. */
export type PlatformReason = (typeof endpointReasons)[Endpoint][number]

/** The list of {@link GeneralReason}. */
export const generalReasons = [
  'Unauthorized',
  'Forbidden',
  'RateLimited',
  'NotFound',
  'ServerError',
  'Unknown',
] as const

/** Our words for failures that X gives no word for: any endpoint can answer with one of them. */
export type GeneralReason = (typeof generalReasons)[number]

/** Why a call failed: what `E` can answer, X's own words and ours. */
export type ReasonOf<E extends Endpoint = Endpoint> = (typeof endpointReasons)[E][number] | GeneralReason

/** The reasons that X documents for an endpoint. */
export function platformReasons(endpoint: Endpoint): readonly PlatformReason[] {
  return endpointReasons[endpoint]
}

/** What to do about each reason; where it is not for the caller to do something, there is no entry. */
export const reasonHints: { readonly [R in ReasonOf]?: string } = {
  CrcValidationFailed:
    'X asked the URL for a CRC answer and did not get the right one: answer GET with status 200 and {"response_token":"sha256=…"} within 3 seconds, computed with the consumer secret of this app, without a redirect',
  UrlValidationFailed: 'the URL must be https, public, without a port, and at most 200 characters long',
  DuplicateUrlFailed: 'this URL is registered already: list the webhooks and use the one that has it',
  WebhookLimitExceeded:
    'the account has as many webhooks as its plan allows, over all its apps: list them, and use or delete one',
  WebhookIdInvalid:
    'no webhook of this app has that id, or the environment has none: list the webhooks and use an id from there',
  DuplicateSubscriptionFailed: 'this account is subscribed already: there is nothing to do',
  SubscriptionLimitExceeded: 'the plan allows no more subscriptions: delete one, or ask X for more',
  SubscriptionNotFound: 'this account is not subscribed: there is nothing to delete',
  QueryParamInvalid:
    'X does not accept this replay window: ask checkReplayWindow() which rule it breaks (times are UTC; for the legacy enterprise API pass it enterpriseReplayRules)',
  ReplayConflictError: 'a replay job is running for this webhook: wait for its replay_job_status event, then ask again',
  Unauthorized:
    'X does not know these credentials: check the consumer key and secret, the access token and its secret, and the clock of this machine',
  Forbidden: 'the credentials are right, but this app or user may not do this: check the plan and the app permissions',
  NotFound: 'X has nothing at this path: check the base URL, and that the app has access to this API',
  ServerError: 'X failed, not the request: try again later',
}

/** What the numeric codes of the older error form mean here; said instead of the general hint where one is known. */
export const codeHints: { readonly [code: number]: string } = {
  32: 'X could not verify the request: check the four keys, the clock of this machine, that the tokens were issued to this app after its permissions were last changed, and on premium the spelling of the environment, upper and lower case included',
  34: 'X has nothing there for this app: the webhook or subscription does not exist, or belongs to another app',
  61: 'this app is not permitted to use this call: ask X to enable it for the app',
  88: 'the rate limit is used up: wait until it resets',
  89: 'the access token is invalid or was revoked: have the user authorise the app again',
  99: 'X could not verify the consumer key and secret',
  200: 'the app may not use this product or path: check that its plan includes the Account Activity API, and on premium the spelling of the environment, upper and lower case included',
  214: 'the webhook URL did not pass: it must be https and public, and answer the CRC with status 200 within 3 seconds; or the app has too many webhooks already',
  220: 'this call needs the other kind of authentication: user context where app-only was sent, or the reverse',
  261: 'the app may not write, or a bearer token was sent where the app must sign for a user: set its permission to Read, Write and Direct Messages, then issue the access tokens anew',
  348: 'this app may not see subscriptions of this user: have the user authorise the app first',
  355: 'this exists already: the account is subscribed, or a replay job is running',
  369: 'X tried to read the request as JSON: the premium API takes no JSON body, so something on the way has changed it',
  415: 'X sends users back only to the callback URLs that are listed in the settings of the app: add this one there, letter by letter',
}

/** What to do about the kinds of problem that are told by the last segment of their `type`, or by their `reason`. */
export const problemHints: { readonly [kind: string]: string } = {
  'client-not-enrolled':
    'the app is in no project whose plan includes this API: move it to a paid plan and its production environment in the developer portal',
  'official-client-forbidden': 'the keys belong to an official client of X: use those of your own app',
  'usage-capped': 'the cap of the plan is used up: wait for the next period, or raise the cap in the developer portal',
  'unsupported-authentication':
    'this call needs the other kind of authentication: user context where app-only was sent, or the reverse',
}
