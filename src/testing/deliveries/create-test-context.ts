import { parseDelivery } from '../../events/parse-delivery.ts'
import { assertObject } from '../../internal/assert.ts'
import type { HandlerContext } from '../../receiver/handlers/handler.ts'
import { buildDelivery } from '../build-delivery.ts'

/** The members of a handler's context that a test sets. The others have a default. */
export type TestContextOverrides = { readonly [Key in keyof HandlerContext]?: HandlerContext[Key] | undefined }

/** The time that a receiver gives the handlers of a delivery by default. */
const handlerTimeoutMs = 2500

/**
 * Creates the second argument of a handler, to call a handler in a test without a receiver.
 *
 * The delivery was received now, and the signal never fires. Pass `delivery` if the handler reads it, and `signal` to
 * test what the handler does when its time is up.
 *
 * @param overrides - The members to set. A member that is `undefined` has its default.
 * @throws TypeError when `overrides` is not an object.
 *
 * @example
 * import { type EventOf, type HandlerContext, parseDelivery } from 'x-account-activity'
 * import { buildDelivery, createTestContext } from 'x-account-activity/testing'
 *
 * const thank = (event: EventOf<'follow'>, context: HandlerContext) =>
 *   console.log(event.type, context.signal.aborted)
 *
 * const delivery = parseDelivery(buildDelivery('follow'))
 * const [event] = delivery.events
 * if (event?.type === 'follow') thank(event, createTestContext({ delivery }))
 * // follow false
 */
export function createTestContext(overrides: TestContextOverrides = {}): HandlerContext {
  assertObject(overrides, 'overrides')
  const { receivedAt = new Date() } = overrides
  const defaults: HandlerContext = {
    delivery: overrides.delivery ?? parseDelivery(buildDelivery('tweet_create')),
    receivedAt,
    deadline: new Date(receivedAt.getTime() + handlerTimeoutMs),
    signal: new AbortController().signal,
  }
  const set = Object.entries(overrides).filter(([, value]) => value !== undefined)
  return { ...defaults, ...Object.fromEntries(set) }
}
