import type { EmulatedUser, EmulatorOptions } from 'x-account-activity/emulator'
import { type ActivityEvent, parseDelivery } from 'x-account-activity/events'
import { EmulatorHarness, type Received, start } from './emulator-harness.ts'
import { oauth1Header } from './emulator-oauth1.ts'

export const subscriptionsPath = '/2/activity/subscriptions'

/** A subscription as X shows it. */
export interface ShownSubscription {
  readonly subscription_id: string
  readonly event_type: string
  readonly filter: Readonly<Record<string, unknown>>
  readonly tag?: string
  readonly webhook_id?: string
  readonly created_at: string
  readonly updated_at: string
  readonly expires_at?: string
}

/** An emulator with calls for the X Activity API. */
export class ActivityHarness extends EmulatorHarness {
  #signed = 0

  /** A call with the OAuth 2.0 token of a user, or with another bearer token. */
  withToken(token: string, method: string, path: string, body?: unknown): Promise<Response> {
    return this.asApp(method, path, body, { ...this.x.app, bearerToken: token })
  }

  /** A call with a JSON body that is signed with OAuth 1.0a. */
  signed(user: EmulatedUser, method: string, path: string, body?: unknown): Promise<Response> {
    const url = `https://api.x.com${path}`
    this.#signed += 1
    const { accessToken, accessTokenSecret } = user
    const keys = { ...this.x.app, accessToken, accessTokenSecret }
    const at = { timestamp: Math.floor(start / 1000), nonce: `signed${this.#signed}` }
    const headers = { authorization: oauth1Header({ method, url }, keys, at), 'content-type': 'application/json' }
    return this.x.fetch(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  }

  /** Creates a subscription with the token of a user, or else with the bearer token of the app. */
  async subscribeTo(
    eventType: string,
    user: EmulatedUser,
    { by = user, ...more }: { by?: EmulatedUser | 'app'; filter?: object; webhook_id?: string; tag?: string } = {},
  ): Promise<ShownSubscription> {
    const { filter, ...members } = more
    const body = { event_type: eventType, filter: { user_id: user.id, ...filter }, ...members }
    const token = by === 'app' ? this.x.app.bearerToken : by.oauth2Token
    const response = await this.withToken(token, 'POST', subscriptionsPath, body)
    if (response.status !== 200) throw new Error(await response.text())
    return ((await response.json()) as { data: { subscription: ShownSubscription } }).data.subscription
  }

  /** The subscriptions of the first app. */
  async listed(query = ''): Promise<ShownSubscription[]> {
    const response = await this.asApp('GET', `${subscriptionsPath}${query}`)
    if (response.status !== 200) throw new Error(await response.text())
    return ((await response.json()) as { data: ShownSubscription[] }).data
  }
}

/** An emulator with a webhook and a user, who is subscribed to these event types by webhook. */
export async function activityWorld(
  types: readonly string[],
  options: EmulatorOptions = {},
): Promise<{ harness: ActivityHarness; webhookId: string; alice: EmulatedUser; bob: EmulatedUser }> {
  const harness = new ActivityHarness(options)
  const alice = harness.x.addUser({ screenName: 'alice', name: 'Alice' })
  const bob = harness.x.addUser({ screenName: 'bob', name: 'Bob' })
  const webhookId = await harness.register()
  for (const type of types) await harness.subscribeTo(type, alice, { webhook_id: webhookId })
  return { harness, webhookId, alice, bob }
}

/** The event type and the filter of each activity delivery: `post.create 2124…`. */
export function typesOf(received: readonly Received[]): string[] {
  return received.filter(({ json }) => 'data' in json).map(({ json }) => json.data.event_type)
}

/** The `data` of the last activity delivery since the last call. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into payloads of every type.
export async function lastData(harness: ActivityHarness): Promise<any> {
  return (await harness.flush()).findLast(({ json }) => 'data' in json)?.json.data
}

/** Asserts that a delivery is read without issues, and returns its event. */
export function parsed(received: Received | undefined): ActivityEvent {
  const [event, ...more] = parseDelivery(received?.body ?? '').events
  if (event === undefined || more.length > 0) throw new Error('The delivery does not have exactly one event.')
  if (event.type === 'unknown') throw new Error(`The event is unknown: ${JSON.stringify(event.issues)}`)
  return event
}
