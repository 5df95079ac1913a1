import { type EventType, eventTypes } from '../events/events.ts'
import { assertObject, kindOf } from '../internal/assert.ts'
import { accountActivityBuilders } from './deliveries/account-activity-builders.ts'
import { type Cast, createCast } from './deliveries/cast.ts'
import type { DeliveryBody } from './deliveries/delivery-bodies.ts'
import { filteredPostBuilders } from './deliveries/filtered-post-builders.ts'
import { type DeepPartial, mergeOverrides } from './deliveries/merge-overrides.ts'
import type { BuildersOf, DeliveryVariant } from './deliveries/variants.ts'
import { xActivityBuilders } from './deliveries/x-activity-builders.ts'

/** The members of a body that `buildDelivery` changes: a part of the body, at any depth. */
export type DeliveryOverrides<Type extends EventType> = DeepPartial<DeliveryBody<Type>>

/** The options of `buildDelivery`. */
export interface BuildDeliveryOptions<Type extends EventType> {
  /**
   * Which form of the event, such as `media` for a post with a photo. `deliveryVariants` lists the variants of each type.
   *
   * @defaultValue the first variant of the type
   */
  readonly variant?: DeliveryVariant<Type> | undefined
}

const builders: BuildersOf<EventType> = { ...accountActivityBuilders, ...xActivityBuilders, ...filteredPostBuilders }

type AnyBuilder = (cast: Cast) => object

/**
 * The names of the variants of each type of event, the default first. The list is empty for a type that has one form.
 *
 * @example
 * import { deliveryVariants } from 'x-account-activity/testing'
 *
 * deliveryVariants.replay_job_status
 * // ['complete', 'incomplete']
 */
export const deliveryVariants: { readonly [Type in EventType]: readonly DeliveryVariant<Type>[] } = listVariants()

function listVariants() {
  const names = eventTypes.map((type) => [type, Object.keys(builders[type])] as const)
  return Object.fromEntries(names) as unknown as { readonly [Type in EventType]: readonly DeliveryVariant<Type>[] }
}

/**
 * Builds the body of a delivery with one event of the given type, whole and in the form in which X sends it.
 *
 * Use it in the tests of your handlers: pass the body to `parseDelivery` for an event, or to `signedRequest` for a request.
 * The people are invented. The ids and times of a body fit together, and every call has new ones, so no delivery counts as
 * a duplicate of another.
 *
 * `overrides` changes members at any depth. An array is changed by index: `[{ text: 'Hi' }]` or `{ 0: { text: 'Hi' } }`
 * changes its first element, and an index at its end adds one. `undefined` removes a member or an element. If you change
 * the account (`for_user_id`, or `data.filter.user_id` of the X Activity API), the whole body is about that account.
 * Other members are changed as they are: an `id_str` does not change the `id` beside it.
 *
 * @param type - One of `eventTypes`. `unknown` gives an event of a type that X does not document.
 * @param overrides - The members to change. It is not changed itself.
 * @param options - Which variant to build.
 * @throws TypeError when the type or the variant does not exist; the message lists those that do. Also when an override
 *   is not a JSON value.
 * @throws RangeError when an override has an index beyond the end of an array.
 * @see https://docs.x.com/x-api/account-activity/introduction
 *
 * @example
 * import { parseDelivery } from 'x-account-activity/events'
 * import { buildDelivery } from 'x-account-activity/testing'
 *
 * const body = buildDelivery('tweet_create', { tweet_create_events: [{ text: 'Good morning' }] }, { variant: 'reply' })
 * const [event] = parseDelivery(body).events
 * console.log(event?.type, event?.direction)
 * // tweet_create incoming
 */
export function buildDelivery<Type extends EventType>(
  type: Type,
  overrides?: DeliveryOverrides<NoInfer<Type>>,
  options: BuildDeliveryOptions<NoInfer<Type>> = {},
): DeliveryBody<Type> {
  const build = findBuilder(type, options)
  const body = build(createCast(accountIdIn(overrides)))
  return (overrides === undefined ? body : mergeOverrides(body, overrides)) as DeliveryBody<Type>
}

function findBuilder(type: EventType, options: { readonly variant?: string | undefined }): AnyBuilder {
  if (!(eventTypes as readonly unknown[]).includes(type)) {
    throw new TypeError(`"type" must be ${listOf(eventTypes)}, got ${describe(type)}`)
  }
  assertObject(options, 'options')
  const found = builders[type] as AnyBuilder | Readonly<Record<string, AnyBuilder>>
  const names = deliveryVariants[type]
  const { variant = names[0] } = options
  const build = typeof found === 'function' ? found : found[variant ?? '']
  if (variant === undefined && build) return build
  if (build && (names as readonly string[]).includes(variant ?? '')) return build
  throw new TypeError(
    names.length === 0
      ? `"variant" must not be set: "${type}" has no variants, got ${describe(variant)}`
      : `"variant" of "${type}" must be ${listOf(names)}, got ${describe(variant)}`,
  )
}

function listOf(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(' or ')
}

function describe(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : kindOf(value)
}

/** Where the bodies contain the id of the account. */
const accountPaths = [
  ['for_user_id'],
  ['data', 'filter', 'user_id'],
  ['data', 'payload', 'user_id'],
  ['user_event', 'revoke', 'source', 'user_id'],
]

/** The id of the account that the overrides contain. `undefined` when they contain none, or one that X would not send. */
function accountIdIn(overrides: unknown): string | undefined {
  return accountPaths
    .map((path) => path.reduce(memberOf, overrides))
    .find((id): id is string => typeof id === 'string' && /^\d{1,19}$/.test(id))
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined
}
