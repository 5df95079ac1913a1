import * as z from 'zod/mini'
import { id } from '../schemas.ts'

/**
 * A rule of the filtered stream: X delivers each post that matches it.
 *
 * @see https://docs.x.com/x-api/posts/filtered-stream/introduction
 */
export interface StreamRule {
  /** The id of the rule, 1 to 19 digits. */
  readonly id: string
  /** The expression that posts must match, such as `from:XDevelopers has:links`. */
  readonly value: string
  /** Your label, which X repeats with each post that matches the rule. Absent if the rule has none. */
  readonly tag?: string
}

/** The path of all calls about rules. */
export const rulesPath = '/2/tweets/search/stream/rules'

const wire = z.looseObject({ id, value: z.string(), tag: z.optional(z.nullable(z.string())) })

/** A rule as X sends it. */
export const streamRule: z.ZodMiniType<StreamRule> = z.pipe(
  wire,
  z.transform(({ id, value, tag }: z.infer<typeof wire>) => ({ id, value, ...(tag && { tag }) })),
)
