import * as z from 'zod/mini'
import { isApiError } from '../../errors/guards.ts'
import { call } from '../../http/call.ts'
import { parseJson } from '../../http/read-problems.ts'
import { assertId, kindOf } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { checkResponse, readResponse } from '../read-response.ts'
import { count } from '../schemas.ts'
import { rulesPath } from './stream-rule.ts'

/** The result of `filteredStream.rules.delete`. X counts the rules, and does not name those that it did not delete. */
export interface StreamRuleDeletion {
  /** The number of rules that were deleted. */
  readonly deleted: number
  /** The number of rules that were not deleted, for example because the app does not have them. */
  readonly notDeleted: number
}

const endpoint = 'filteredStream.rules.delete'
const wire = z.looseObject({
  meta: z.looseObject({ summary: z.looseObject({ deleted: count, not_deleted: z.optional(z.nullable(count)) }) }),
})
const deletion: z.ZodMiniType<StreamRuleDeletion> = z.pipe(
  wire,
  z.transform(({ meta: { summary } }: z.infer<typeof wire>) => ({
    deleted: summary.deleted,
    notDeleted: summary.not_deleted ?? 0,
  })),
)

/**
 * `POST /2/tweets/search/stream/rules` with the ids of the rules to delete. The request is safe to repeat.
 *
 * @see https://docs.x.com/x-api/posts/filtered-stream/introduction
 */
export async function deleteStreamRules(
  { transport, app }: Api,
  ids: readonly string[],
  options: CallOptions = {},
): Promise<StreamRuleDeletion> {
  if (!Array.isArray(ids)) throw new TypeError(`"ids" must be an array, got ${kindOf(ids)}`)
  for (const [index, id] of ids.entries()) assertId(id, `ids[${index}]`)
  const callOptions = readCallOptions(options)
  if (ids.length === 0) return { deleted: 0, notDeleted: 0 }
  try {
    const response = await call(transport, {
      endpoint,
      method: 'POST',
      path: rulesPath,
      json: { delete: { ids: [...new Set(ids)] } },
      authorizer: app,
      isIdempotent: true,
      ...callOptions,
    })
    if (hasCounts(response.json)) return readResponse(endpoint, response, deletion)
    checkResponse(endpoint, response)
    return { deleted: new Set(ids).size, notDeleted: 0 }
  } catch (error) {
    // A success with problems for some of the rules has no `data`, like a refusal with status 200. It has the counts.
    if (!isApiError(error, endpoint) || error.status >= 300) throw error
    const counts = deletion.safeParse(parseJson(error.body))
    if (!counts.success) throw error
    return counts.data
  }
}

/** Whether X sent the counts. Any 2xx means that it carried out the request. */
function hasCounts(body: unknown): boolean {
  const { meta } = Object(body) as { meta?: unknown }
  return Object.hasOwn(Object(meta), 'summary')
}
