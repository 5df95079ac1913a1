import * as z from 'zod/mini'
import { assertObject, kindOf } from '../../internal/assert.ts'
import { id, listOf, time } from '../schemas.ts'

/**
 * The fields that X adds to the posts of a link: for each parameter of X, a list of its values. X uses the older names,
 * with `tweet`, here.
 */
export interface StreamFields {
  /** Fields of the post: `created_at`, `entities` … Absent for the default fields. */
  readonly 'tweet.fields'?: readonly string[] | undefined
  /** Objects to include: `author_id`, `attachments.media_keys` … Absent for none. */
  readonly expansions?: readonly string[] | undefined
  /** Fields of included media. Absent for the default fields. */
  readonly 'media.fields'?: readonly string[] | undefined
  /** Fields of included polls. Absent for the default fields. */
  readonly 'poll.fields'?: readonly string[] | undefined
  /** Fields of included users. Absent for the default fields. */
  readonly 'user.fields'?: readonly string[] | undefined
  /** Fields of included places. Absent for the default fields. */
  readonly 'place.fields'?: readonly string[] | undefined
}

/**
 * A link between a webhook and the filtered stream: X delivers the posts that match a rule to the webhook.
 *
 * @see https://docs.x.com/x-api/webhooks/stream/introduction
 */
export interface StreamLink {
  /** The id of the webhook, 1 to 19 digits. */
  readonly webhookId: string
  /** The fields that were chosen when the link was created. Empty for the default fields. */
  readonly fields: StreamFields
  /** The id of the app. Absent if X did not send it. */
  readonly applicationId?: string
  /** The id of the account that owns the app. Absent if X did not send it. */
  readonly businessUserId?: string
  /** The id of the filtered stream of the app. Absent if X did not send it. */
  readonly instanceId?: string
  /** When the link was created. Absent if X did not send the time. */
  readonly createdAt?: Date
}

const optionalId = z.optional(z.nullable(id))
const wire = z.looseObject({
  webhook_id: id,
  application_id: optionalId,
  business_user_id: optionalId,
  instance_id: optionalId,
  created_at: z.optional(z.nullable(time)),
  fields: z.optional(z.nullable(listOf(z.string()))),
})

/** A link as X sends it. */
export const streamLink: z.ZodMiniType<StreamLink> = z.pipe(
  wire,
  z.transform((sent: z.infer<typeof wire>) => ({
    webhookId: sent.webhook_id,
    fields: readFields(sent.fields ?? []),
    ...(sent.application_id && { applicationId: sent.application_id }),
    ...(sent.business_user_id && { businessUserId: sent.business_user_id }),
    ...(sent.instance_id && { instanceId: sent.instance_id }),
    ...(sent.created_at && { createdAt: sent.created_at }),
  })),
)

/**
 * X repeats the query, cut at each comma: `["user.fields=username", "name", "expansions=author_id"]`. An entry without a
 * parameter belongs to the one before it.
 */
function readFields(entries: readonly string[]): StreamFields {
  const fields = new Map<string, string[]>()
  let values: string[] | undefined
  for (const entry of entries) {
    const at = entry.indexOf('=')
    if (at !== -1) {
      const parameter = entry.slice(0, at)
      values = fields.get(parameter) ?? []
      fields.set(parameter, values)
    }
    values?.push(entry.slice(at + 1))
  }
  return Object.fromEntries(fields)
}

/** Checks the fields of a link, and returns its query. */
export function toFieldsQuery(fields: StreamFields): Record<string, string> {
  assertObject(fields, 'fields')
  const chosen = Object.entries<unknown>({ ...fields }).filter(([, values]) => values !== undefined)
  return Object.fromEntries(
    chosen.map(([parameter, values]) => {
      if (!/^[a-z_]+\.fields$|^expansions$/.test(parameter)) {
        throw new RangeError('"fields" must have parameters of X, such as "tweet.fields" and "expansions"')
      }
      if (!Array.isArray(values)) throw new TypeError(`"fields.${parameter}" must be an array, got ${kindOf(values)}`)
      if (values.length === 0) throw new RangeError(`"fields.${parameter}" must not be empty`)
      if (!values.every((value) => typeof value === 'string' && /^[\w.]+$/.test(value))) {
        throw new RangeError(`"fields.${parameter}" must hold names of fields`)
      }
      return [parameter, values.join(',')]
    }),
  )
}
