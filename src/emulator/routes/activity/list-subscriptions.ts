import { invalidRequest, ok, subscriptionsDenied } from '../../api/problems.ts'
import type { AppCall, AppRoute } from '../../api/route.ts'
import { anyToken, subscriptionData, subscriptionsOf, totalSubscriptions } from './subscriptions.ts'

const maxPageSize = 1000

/**
 * Pages begin after the subscription that the token names, so a subscription that is created or deleted between two pages
 * moves no other one.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export const listActivitySubscriptions: AppRoute = {
  method: 'GET',
  path: '/2/activity/subscriptions',
  ...anyToken,
  scopes: ['like.read', 'tweet.read'],
  answer(call) {
    const query = readQuery(call.request.url.searchParams)
    if (typeof query === 'string') return invalidRequest(query)
    const { pageSize, after, userId } = query
    const refusal = refuseOtherUser(call, userId)
    if (refusal) return refusal
    const found = subscriptionsOf(call)
      .filter(({ filter }) => userId === undefined || filter.userId === userId)
      .filter(({ id }) => BigInt(id) > after)
    const page = found.slice(0, pageSize)
    const last = found.length > pageSize ? page.at(-1) : undefined
    const meta = {
      result_count: page.length,
      ...(last && { next_token: toToken(last.id) }),
      total_subscriptions: totalSubscriptions(call),
    }
    return ok({ data: page.map(subscriptionData), meta })
  },
}

interface ListQuery {
  readonly pageSize: number
  /** The id of the last subscription of the page before. */
  readonly after: bigint
  readonly userId: string | undefined
}

/** Reads the query, or returns the problem with it in one sentence. */
function readQuery(parameters: URLSearchParams): ListQuery | string {
  const size = parameters.get('max_results') ?? String(maxPageSize)
  const pageSize = /^\d{1,5}$/.test(size) ? Number(size) : 0
  if (pageSize < 1 || pageSize > maxPageSize) return `max_results: must be a whole number from 1 to ${maxPageSize}`
  const token = parameters.get('pagination_token')
  const after = token === null ? 0n : fromToken(token)
  if (after === undefined) return 'pagination_token: must be the next_token of a page'
  const userId = parameters.get('user_id') ?? undefined
  if (userId !== undefined && !/^\d{1,19}$/.test(userId)) return 'user_id: must be an id of 1 to 19 digits'
  return { pageSize, after, userId }
}

/** With the token of a user, `user_id` must be the id of that user. */
function refuseOtherUser({ caller }: AppCall, userId: string | undefined): Response | undefined {
  if (userId === undefined || caller.by === 'OAuth 2.0 Application-Only') return undefined
  return userId === caller.user.id ? undefined : subscriptionsDenied(userId)
}

/** A token of 16 digits of base32hex, which is how JavaScript writes numbers to the base 32. */
function toToken(id: string): string {
  return BigInt(id).toString(32).padStart(16, '0')
}

function fromToken(token: string): bigint | undefined {
  if (!/^[0-9a-v]{16}$/.test(token)) return undefined
  return [...token].reduce((id, digit) => id * 32n + BigInt(Number.parseInt(digit, 32)), 0n)
}
