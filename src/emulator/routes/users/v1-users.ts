import { userPayload } from '../../../payloads/account-activity/user.ts'
import { tryAction } from '../../actions/action-error.ts'
import { like, unlike } from '../../actions/like.ts'
import { follow, unfollow } from '../../actions/relations.ts'
import { readParameter } from '../../api/api-request.ts'
import { exactJson } from '../../api/problems.ts'
import type { AppCall, AppRoute, UserCall, UserRoute } from '../../api/route.ts'
import { statusNotFound, v1Error } from '../../api/v1-problems.ts'
import { userProfile } from '../../state/records.ts'
import type { UserState } from '../../state/tables.ts'
import { showStatus, signedToWrite } from '../posts/statuses.ts'

const lookup = {
  as: 'app',
  accepts: ['OAuth 1.0a User Context', 'OAuth 2.0 Application-Only'],
  rate: 900,
} as const

/** @see https://developer.x.com/en/docs/twitter-api/v1/accounts-and-users/follow-search-get-users/api-reference/get-users-show */
const showUser: AppRoute = {
  method: 'GET',
  path: '/1.1/users/show.json',
  ...lookup,
  answer(call) {
    const user = findNamed(call)
    return user ? exactJson(userPayload(userProfile(user))) : v1Error(404, { code: 50, message: 'User not found.' })
  },
}

const maxUsers = 100

/**
 * The users that exist, in the order of the request. Both methods are documented, POST for long lists.
 *
 * @see https://developer.x.com/en/docs/twitter-api/v1/accounts-and-users/follow-search-get-users/api-reference/get-users-lookup
 */
const lookupRoutes: readonly AppRoute[] = (['GET', 'POST'] as const).map((method) => ({
  method,
  path: '/1.1/users/lookup.json',
  ...lookup,
  answer({ platform: { state }, request }) {
    const read = (name: string) => (readParameter(request, name) ?? '').split(',').map((one) => one.trim())
    const byId = read('user_id').map((id) => state.users.get(id))
    const byName = read('screen_name').map((name) => state.userByName(name))
    if (byId.length + byName.length > maxUsers + 1) {
      return v1Error(403, { code: 18, message: 'Too many terms specified in query.' })
    }
    const users = [...new Set([...byId, ...byName])].filter((user) => user !== undefined)
    if (users.length === 0) return v1Error(404, { code: 17, message: 'No user matches for specified terms.' })
    return exactJson(users.map((user) => userPayload(userProfile(user))))
  },
}))

/** @see https://developer.x.com/en/docs/twitter-api/v1/accounts-and-users/follow-search-get-users/api-reference/post-friendships-create */
const follows: readonly UserRoute[] = [
  {
    method: 'POST',
    path: '/1.1/friendships/create.json',
    ...signedToWrite,
    answer: (call) => answerFollow(call, follow),
  },
  {
    method: 'POST',
    path: '/1.1/friendships/destroy.json',
    ...signedToWrite,
    answer: (call) => answerFollow(call, unfollow),
  },
]

/** @see https://developer.x.com/en/docs/twitter-api/v1/tweets/post-and-engage/api-reference/post-favorites-create */
const favorites: readonly UserRoute[] = [
  { method: 'POST', path: '/1.1/favorites/create.json', ...signedToWrite, answer: (call) => answerLike(call, like) },
  { method: 'POST', path: '/1.1/favorites/destroy.json', ...signedToWrite, answer: (call) => answerLike(call, unlike) },
]

/** The routes of version 1.1 for users, follows and likes. */
export const v1UserRoutes: readonly (AppRoute | UserRoute)[] = [showUser, ...lookupRoutes, ...follows, ...favorites]

/** The user that `user_id` or `screen_name` names. */
function findNamed({ platform: { state }, request }: AppCall): UserState | undefined {
  const id = readParameter(request, 'user_id')
  return id === undefined ? state.userByName(readParameter(request, 'screen_name') ?? '') : state.users.get(id)
}

/** What was done before is answered as a success, as X documents. */
function answerFollow(call: UserCall, action: typeof follow): Response {
  const target = findNamed(call)
  if (!target) return v1Error(404, { code: 108, message: 'Cannot find specified user.' })
  const refusal = tryAction(() => action(call.platform, call.user, target))
  if (refusal?.problem === 'self') return v1Error(403, { code: 158, message: "You can't follow yourself." })
  if (refusal?.problem === 'blocked' || refusal?.problem === 'blocking') {
    const message = 'You have been blocked from following this account at the request of the user.'
    return v1Error(403, { code: 162, message })
  }
  return exactJson(userPayload(userProfile(target)))
}

function answerLike(call: UserCall, action: typeof like): Response {
  const id = readParameter(call.request, 'id') ?? ''
  const refusal = tryAction(() => action(call.platform, call.user, id))
  switch (refusal?.problem) {
    case undefined: {
      const post = call.platform.state.posts.get(id)
      return post ? showStatus(call, post) : statusNotFound()
    }
    case 'already-done':
      return v1Error(403, { code: 139, message: 'You have already favorited this status.' })
    case 'blocked':
      return v1Error(403, { code: 136, message: 'You have been blocked from the author of this tweet.' })
    default:
      return statusNotFound()
  }
}
