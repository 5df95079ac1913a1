import * as z from 'zod/mini'
import { assertText } from '../internal/assert.ts'
import { parseHttpUrl } from '../internal/http-url.ts'
import { id, time } from './schemas.ts'

/**
 * A registered webhook: a URL that X sends deliveries to.
 *
 * @see https://docs.x.com/x-api/webhooks/introduction
 */
export interface Webhook {
  /** The id of the webhook, 1 to 19 digits. A webhook that is deleted and created again gets a new id. */
  readonly id: string
  /** The registered URL. */
  readonly url: string
  /** Whether X sends deliveries to the webhook. `false` after a failed CRC, until a CRC passes. */
  readonly valid: boolean
  /** When the webhook was registered. Absent if X did not send the time. */
  readonly createdAt?: Date
}

/** The result of `webhooks.validate`. */
export interface WebhookValidation {
  /** Whether X started the check. To see whether the CRC passed, list the webhooks afterwards and read `valid`. */
  readonly attempted: boolean
}

/** In a recorded response of the premium API, the time was in `created_timestamp`. */
const wire = z.looseObject({
  id,
  url: z.string(),
  valid: z.boolean(),
  created_at: z.optional(z.nullable(time)),
  created_timestamp: z.optional(z.nullable(time)),
})

/** A webhook as X sends it. */
export const webhook: z.ZodMiniType<Webhook> = z.pipe(
  wire,
  z.transform(({ id, url, valid, created_at, created_timestamp }: z.infer<typeof wire>) => {
    const createdAt = created_at ?? created_timestamp
    return { id, url, valid, ...(createdAt && { createdAt }) }
  }),
)

/** What to do after a lost response to `webhooks.create`. */
export const webhookMayExist = 'The request may have been carried out: list the webhooks before you try again.'

/** Checks a URL to register. X checks whether it is https and public; the emulator accepts other URLs too. */
export function assertWebhookUrl(url: unknown): asserts url is string {
  assertText(url, 'url')
  if (url.length > 200) throw new RangeError(`"url" must have at most 200 characters, got ${url.length}`)
  parseHttpUrl(url, 'url')
}
