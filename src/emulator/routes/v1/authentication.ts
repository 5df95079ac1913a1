import { couldNotAuthenticate, lacksPermission, noAccess } from '../../api/v1-problems.ts'

/** Calls of the app alone. */
export const bearer = { as: 'app', accepts: ['OAuth 2.0 Application-Only'] } as const

/** As before, on lists and counts of subscriptions, where X takes user context for a failure to authenticate. */
export const bearerForSubscriptionLists = {
  ...bearer,
  refusals: { authentication: () => couldNotAuthenticate() },
} as const

/** As before, on lists of webhooks. */
export const bearerForWebhookLists = { ...bearer, rate: 15, refusals: { authentication: noAccess } } as const

/** Calls that are signed with the tokens of the app itself. */
export const signedByOwner = {
  as: 'app',
  accepts: ['OAuth 1.0a User Context'],
  level: 'read-write-directmessages',
  rate: 15,
} as const

/** As before, to register a webhook. */
export const signedByOwnerToRegister = { ...signedByOwner, refusals: { authentication: lacksPermission } } as const

/** Calls that are signed for the user whom they are about. */
export const signedByUser = {
  as: 'user',
  accepts: ['OAuth 1.0a User Context'],
  level: 'read-write-directmessages',
  rate: 500,
} as const
