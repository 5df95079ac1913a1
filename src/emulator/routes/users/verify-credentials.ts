import type { UserRoute } from '../../api/route.ts'
import { userPayload } from '../../payloads/user.ts'
import { wireJson } from '../../payloads/wire-json.ts'

/** @see https://developer.x.com/en/docs/twitter-api/v1/accounts-and-users/manage-account-settings/api-reference/get-account-verify_credentials */
export const verifyCredentials: UserRoute = {
  method: 'GET',
  path: '/1.1/account/verify_credentials.json',
  as: 'user',
  accepts: ['OAuth 1.0a User Context'],
  answer: ({ user }) =>
    new Response(wireJson(userPayload(user)), {
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    }),
}
