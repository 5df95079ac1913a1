import { invalidRequest, ok } from '../../api/problems.ts'
import type { UserRoute } from '../../api/route.ts'
import { userData } from './user-data.ts'

/** @see https://docs.x.com/x-api/users/user-lookup-me */
export const showMe: UserRoute = {
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
