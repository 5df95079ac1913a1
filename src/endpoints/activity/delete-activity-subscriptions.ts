import * as z from 'zod/mini'
import type { Problem } from '../../errors/api-error.ts'
import { isApiError, isResponseError, isTransportError } from '../../errors/guards.ts'
import { call } from '../../http/call.ts'
import { isText } from '../../http/read-problems.ts'
import type { SuccessResponse } from '../../http/read-success.ts'
import { assertId, kindOf } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { isEmpty, readResponse } from '../read-response.ts'
import { id, listOf } from '../schemas.ts'

/** An activity subscription that was not deleted. */
export interface ActivityDeletionFailure {
  /** The id of the subscription, as it was passed. */
  readonly id: string
  /**
   * Why it was not deleted: the reason that X gave for this id, or the reason of the request that it was in, such as
   * `Forbidden`, `timeout` or `network`. `Unknown` if X gave no reason.
   */
  readonly reason: string
  /** The explanation of X, or of the error of the request. Absent if there is none. */
  readonly message?: string
}

/** The result of `activity.subscriptions.deleteMany`. */
export interface ActivityDeletionResult {
  /** The ids that were deleted. */
  readonly deleted: readonly string[]
  /** The ids that were not deleted, with the reason of each. */
  readonly failed: readonly ActivityDeletionFailure[]
}

const endpoint = 'activity.subscriptions.deleteMany'
/** X deletes at most this many subscriptions in one request. */
const mostIds = 100

const outcome = z.looseObject({ subscription_id: id, deleted: z.optional(z.nullable(z.boolean())) })
const outcomes = z.looseObject({ data: z.optional(z.nullable(listOf(outcome))), errors: z.optional(z.unknown()) })

/**
 * `DELETE /2/activity/subscriptions?ids=…`, for 100 ids at a time. One request after the other is sent, so that the rate
 * limit is not used up by one call.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export async function deleteActivitySubscriptions(
  api: Api,
  ids: readonly string[],
  options: CallOptions = {},
): Promise<ActivityDeletionResult> {
  const wanted = readIds(ids)
  const callOptions = readCallOptions(options)
  const deleted: string[] = []
  const failed: ActivityDeletionFailure[] = []
  let sent = 0
  let notSent: { readonly error: unknown } | undefined
  for (let start = 0; start < wanted.length; start += mostIds) {
    const part = wanted.slice(start, start + mostIds)
    try {
      const result = await deletePart(api, part, callOptions)
      deleted.push(...result.deleted)
      failed.push(...result.failed)
      sent += 1
    } catch (error) {
      if (options.signal?.aborted) throw error
      notSent ??= { error }
      if (!isResponseError(error) && !isApiError(error) && !isTransportError(error)) throw error
      const reason = isResponseError(error) ? 'Unknown' : error.reason
      failed.push(...part.map((id) => ({ id, reason, message: error.message })))
      if (isResponseError(error)) sent += 1
    }
  }
  if (sent === 0 && notSent !== undefined) throw notSent.error
  return { deleted, failed }
}

/** Checks the ids, and leaves out those that are there twice. */
function readIds(ids: readonly string[]): string[] {
  if (!Array.isArray(ids)) throw new TypeError(`"ids" must be an array, got ${kindOf(ids)}`)
  for (const [index, id] of ids.entries()) assertId(id, `ids[${index}]`)
  return [...new Set(ids)]
}

async function deletePart(
  { transport, app }: Api,
  ids: readonly string[],
  options: ReturnType<typeof readCallOptions>,
): Promise<ActivityDeletionResult> {
  try {
    const response = await call(transport, {
      endpoint,
      method: 'DELETE',
      path: '/2/activity/subscriptions',
      query: { ids: ids.join(',') },
      authorizer: app,
      isIdempotent: true,
      ...options,
    })
    return isEmpty(response) ? { deleted: ids, failed: [] } : readResult(ids, response)
  } catch (error) {
    // A request that X refused as a whole. If X gave reasons for some of the ids, the others have the general one.
    if (!isApiError(error, endpoint)) throw error
    const { reason, problems, message } = error
    const failures = readFailures(problems)
    return { deleted: [], failed: ids.map((id) => failures.get(id) ?? { id, reason, message }) }
  }
}

/** An id without an outcome is deleted: X responded with success, and lists every failure. */
function readResult(ids: readonly string[], response: SuccessResponse): ActivityDeletionResult {
  const { data, errors } = readResponse(endpoint, response, outcomes)
  const failures = readFailures(Array.isArray(errors) ? errors : [])
  for (const { subscription_id, deleted } of data ?? []) {
    if (deleted === false && !failures.has(subscription_id)) {
      failures.set(subscription_id, { id: subscription_id, reason: 'Unknown' })
    }
  }
  return {
    deleted: ids.filter((id) => !failures.has(id)),
    failed: ids.flatMap((id) => failures.get(id) ?? []),
  }
}

function readFailures(problems: readonly Problem[]): Map<string, ActivityDeletionFailure> {
  return new Map(
    problems.flatMap((problem) => {
      const { subscription_id, reason, message, detail, title } = Object(problem) as Record<string, unknown>
      if (!isText(subscription_id)) return []
      const explanation = [message, detail, title].find(isText)
      const failure = { id: subscription_id, reason: isText(reason) ? reason : 'Unknown' }
      return [[subscription_id, explanation === undefined ? failure : { ...failure, message: explanation }] as const]
    }),
  )
}
