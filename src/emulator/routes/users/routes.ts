import { userPayload } from '../../../payloads/account-activity/user.ts'
import { exactJson, invalidRequest, ok } from '../../api/problems.ts'
import type { Route, UserRoute } from '../../api/route.ts'
import { userProfile } from '../../state/records.ts'
import { userData } from './user-data.ts'

/** @see https://docs.x.com/x-api/users/user-lookup-me */
const showMe: UserRoute = {
  method: 'GET',
  path: '/2/users/me',
  as: 'user',
  accepts: ['OAuth 1.0a User Context', 'OAuth 2.0 User Context'],
  scopes: ['tweet.read', 'users.read'],
  answer({ request, user }) {
    const data = userData(user, request.url.searchParams.get('user.fields') ?? '')
    return typeof data === 'string' ? invalidRequest(data) : ok({ data })
  },
}

/** @see https://developer.x.com/en/docs/twitter-api/v1/accounts-and-users/manage-account-settings/api-reference/get-account-verify_credentials */
const verifyCredentials: UserRoute = {
  method: 'GET',
  path: '/1.1/account/verify_credentials.json',
  as: 'user',
  accepts: ['OAuth 1.0a User Context'],
  answer: ({ user }) => exactJson(userPayload(userProfile(user))),
}

/** The routes that return the user of a token. */
export const userRoutes: readonly Route[] = [verifyCredentials, showMe]
