import * as z from 'zod/mini'
import { id, time } from './schemas.ts'

/** A URL that X delivers to. */
export interface Webhook {
  /** What the other calls name it by. It changes when the webhook is deleted and created again. */
  readonly id: string
  readonly url: string
  /** Whether X delivers to it: `false` after a CRC that failed, until one passes. */
  readonly valid: boolean
  /** When it was registered, where X tells. */
  readonly createdAt?: Date
}

/** What came of asking X to check a webhook. */
export interface WebhookValidation {
  /** Whether X has set about the check. What came of that stands in `valid` of the webhook, when it is listed again. */
  readonly attempted: boolean
}

/** Premium has been seen to write the time of creation under another name. */
const wire = z.looseObject({
  id,
  url: z.string(),
  valid: z.boolean(),
  created_at: z.optional(z.nullable(time)),
  created_timestamp: z.optional(z.nullable(time)),
})

/** A webhook as X writes it. */
export const webhook: z.ZodMiniType<Webhook> = z.pipe(
  wire,
  z.transform(({ id, url, valid, created_at, created_timestamp }: z.infer<typeof wire>) => {
    const createdAt = created_at ?? created_timestamp
    return { id, url, valid, ...(createdAt && { createdAt }) }
  }),
)
