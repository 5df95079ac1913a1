import * as z from 'zod/mini'
import { id, time } from '../schemas.ts'

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

const wire = z.looseObject({ id, url: z.string(), valid: z.boolean(), created_at: z.optional(z.nullable(time)) })

/** A webhook as X writes it. */
export const webhook: z.ZodMiniType<Webhook> = z.pipe(
  wire,
  z.transform(({ id, url, valid, created_at }: z.infer<typeof wire>) => ({
    id,
    url,
    valid,
    ...(created_at && { createdAt: created_at }),
  })),
)
