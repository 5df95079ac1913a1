/**
 * The reasons that X documents for each call. A call can also fail with one of {@link GeneralReason}.
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 * @see https://docs.x.com/x-api/activity/introduction
 * @see https://docs.x.com/x-api/webhooks/quickstart
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
  'activity.subscriptions.create': [
    'OauthAccessTokenRequired',
    'DuplicateSubscription',
    'SubscriptionLimitExceeded',
    'WebhookIdInvalid',
  ],
  'activity.subscriptions.list': [],
  'activity.subscriptions.update': ['SubscriptionNotFound', 'WebhookIdInvalid'],
  'activity.subscriptions.delete': [],
  'activity.subscriptions.deleteMany': [],
  'activity.stream': ['TooManyConnections'],
  'filteredStream.links.create': ['WebhookIdInvalid'],
  'filteredStream.links.list': [],
  'filteredStream.links.delete': ['WebhookIdInvalid'],
  'filteredStream.rules.add': ['DuplicateRule', 'InvalidRule', 'NoncompliantRule', 'RuleLimitExceeded'],
  'filteredStream.rules.list': [],
  'filteredStream.rules.delete': [],
  'filteredStream.rules.counts': [],
  'oauth.createBearerToken': [],
  'oauth.invalidateBearerToken': [],
  'oauth.requestToken': [],
  'oauth.accessToken': [],
  'oauth.invalidateAccessToken': [],
  'oauth.exchangeOAuth2Code': [],
  'oauth.refreshOAuth2Tokens': [],
  'oauth.revokeOAuth2Token': [],
} as const

/** The name of a call, as in the client: `webhooks.create`, `subscriptions.check` … */
export type Endpoint = keyof typeof endpointReasons

/** A reason that X documents. */
export type PlatformReason = (typeof endpointReasons)[Endpoint][number]

/** The reasons of this package, for failures without a documented reason. Every call can fail with each of them. */
export const generalReasons = [
  'Unauthorized',
  'Forbidden',
  'RateLimited',
  'NotFound',
  'ServerError',
  'Unknown',
] as const

/**
 * A reason of this package, for failures without a documented reason.
 *
 * - `Unauthorized`: X does not accept the credentials.
 * - `Forbidden`: the credentials are valid, but the app or the user may not do this.
 * - `RateLimited`: the rate limit or the cap of the plan is used up.
 * - `NotFound`: X has nothing at the path.
 * - `ServerError`: X failed.
 * - `Unknown`: none of the others. See `status` and `problems` of the error.
 */
export type GeneralReason = (typeof generalReasons)[number]

/** The reasons that the call `E` can fail with. */
export type ReasonOf<E extends Endpoint = Endpoint> = (typeof endpointReasons)[E][number] | GeneralReason

/** The reasons that X documents for a call. */
export function platformReasons(endpoint: Endpoint): readonly PlatformReason[] {
  return endpointReasons[endpoint]
}

/** What to do about each reason. `Unknown` has no entry. */
export const reasonHints: { readonly [R in ReasonOf]?: string } = {
  CrcValidationFailed:
    'X sent a CRC request to the URL and did not get the right answer. Answer GET requests within 3 seconds with status 200 and {"response_token":"sha256=…"}, computed with the consumer secret of this app, without a redirect. If the app has an OAuth 2.0 client secret and the consumer secret is refused, compute it with the client secret.',
  UrlValidationFailed: 'Use a public https URL without a port, of at most 200 characters.',
  DuplicateUrlFailed: 'This URL is registered already. List the webhooks and use the one with this URL.',
  WebhookLimitExceeded:
    'The account has as many webhooks as its plan allows, counted over all its apps. List the webhooks, and use or delete one of them.',
  WebhookIdInvalid: 'This app has no webhook with this id. List the webhooks and use an id from the list.',
  DuplicateSubscriptionFailed: 'This account is subscribed already. Nothing needs to be done.',
  SubscriptionLimitExceeded:
    'The plan does not allow another subscription. Delete a subscription, or ask X for a higher limit.',
  SubscriptionNotFound:
    'X has no such subscription: the account is not subscribed, or the id is wrong. Nothing needs to be deleted.',
  OauthAccessTokenRequired:
    'This event type is private, so X does not accept the bearer token of the app. Pass the token of the user in filter.userId as { user } to the call, or as the option "user" to the client.',
  DuplicateSubscription:
    'The app is subscribed to this event type with this filter already. List the activity subscriptions and use the existing one.',
  QueryParamInvalid:
    'X does not accept this replay window. Call checkReplayWindow() to see which rule it breaks. Times are in UTC. For the enterprise API, pass enterpriseReplayRules.',
  ReplayConflictError:
    'Another replay job is running for this webhook. Wait for its replay_job_status event, then try again.',
  TooManyConnections:
    'The app has as many open streams as its plan allows. Close the stream of another process. If a process ended a moment ago, wait until X notices that its connection is gone.',
  DuplicateRule: 'The app has a rule with this value already. List the rules and use the existing one.',
  InvalidRule: 'X cannot read this rule. Check its operators, its brackets and its length.',
  NoncompliantRule: 'This rule does not comply with the policies of X. Change its value.',
  RuleLimitExceeded: 'The app has as many rules as its plan allows. Delete rules, or ask X for a higher limit.',
  Unauthorized:
    'X does not accept these credentials. Check the consumer key and secret, the access token and its secret, and the clock of this machine.',
  Forbidden:
    'The credentials are valid, but this app or user may not do this. Check the plan and the permissions of the app.',
  RateLimited: 'The rate limit, or the cap of the plan, is used up. Wait until it resets.',
  NotFound:
    'X has nothing at this path. Check the base URL (the option "baseUrl"), and whether the app has access to this API.',
  ServerError: 'X failed, and the request is not the cause. Try again later.',
}

/** What to do about each numeric code of v1.1. It replaces the hint of a general reason. */
export const codeHints: { readonly [code: number]: string } = {
  32: 'X could not verify the request. Check the four keys, the clock of this machine, and whether the access token was issued after the last change of the permissions of the app. For the premium API, check the spelling of the environment, including upper and lower case.',
  34: 'The webhook or subscription does not exist, or it belongs to another app. List the webhooks, and check the keys of the app.',
  61: 'This app is not permitted to make this call. Ask X to enable it for the app.',
  63: 'X suspended the account of this user. The app cannot act for it until X lifts the suspension.',
  64: 'X suspended the account of this user. The app cannot act for it until X lifts the suspension.',
  88: 'The rate limit is used up. Wait until it resets.',
  89: 'The access token is invalid or was revoked. Ask the user to authorise the app again.',
  99: 'X could not verify the consumer key and secret. Check both.',
  200: 'The app may not use this product or path. Check whether its plan includes the Account Activity API. For the premium API, check the spelling of the environment, including upper and lower case.',
  214: 'X did not accept the webhook URL. It must be a public https URL that answers a CRC request with status 200 within 3 seconds, computed with the consumer secret of this app, or with its OAuth 2.0 client secret if X refuses that. The reason may also be that the app has too many webhooks already.',
  220: 'This call needs the other kind of authentication. Use user context instead of app-only, or app-only instead of user context.',
  261: 'The app may not write, or a bearer token was sent for a call that needs a user. Set the permission of the app to Read, Write and Direct Messages, then issue the access tokens again.',
  326: 'X locked the account of this user for the time being. The user must log in to x.com and unlock it, then try again.',
  348: 'This app may not see the subscriptions of this user. Ask the user to authorise the app first.',
  355: 'This exists already. If the account is subscribed, nothing needs to be done. If a replay job is running, wait for its replay_job_status event.',
  369: 'X tried to read the request as JSON, which the premium API does not accept. Check whether a proxy changes the request.',
  415: 'X redirects users only to the callback URLs in the settings of the app. Add exactly this callback URL there.',
}

/** What to do about a type of problem: the last segment of its `type`, or its `reason`. */
export const problemHints: { readonly [kind: string]: string } = {
  'client-not-enrolled':
    'The app is in no project whose plan includes this API. Move it to a paid plan and to the production environment in the developer portal.',
  'official-client-forbidden':
    'The keys belong to an official client of X. Use the keys of an app that you created in the developer portal.',
  'usage-capped':
    'The cap of the plan or its credits are used up. Wait for the next period, or raise the cap or add credits in the developer portal.',
  'unsupported-authentication':
    'This call needs the other kind of authentication. Use user context instead of app-only, or app-only instead of user context.',
}
