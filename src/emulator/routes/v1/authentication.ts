import { appOnly } from '../../api/route.ts'
import { couldNotAuthenticate, lacksPermission, noAccess } from '../../api/v1-problems.ts'

/** The bearer token, for lists and counts of subscriptions. X answers user context there with code 32. */
export const bearerForSubscriptionLists = {
  ...appOnly,
  refusals: { authentication: () => couldNotAuthenticate() },
} as const

/** The bearer token, for lists of webhooks. */
export const bearerForWebhookLists = { ...appOnly, rate: 15, refusals: { authentication: noAccess } } as const

/** The bearer token, or the OAuth 1.0a tokens of the account that owns the app. */
export const bearerOrSignedForWebhookLists = {
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only', 'OAuth 1.0a User Context'],
  rate: 15,
  refusals: { authentication: noAccess },
} as const

/** The OAuth 1.0a tokens of the account that owns the app. */
export const signedByOwner = {
  as: 'app',
  accepts: ['OAuth 1.0a User Context'],
  level: 'read-write-directmessages',
  rate: 15,
} as const

/** The same, to register a webhook. */
export const signedByOwnerToRegister = { ...signedByOwner, refusals: { authentication: lacksPermission } } as const

/** The OAuth 1.0a tokens of the user whose subscription the call is about. */
export const signedByUser = {
  as: 'user',
  accepts: ['OAuth 1.0a User Context'],
  level: 'read-write-directmessages',
  rate: 500,
} as const
