import type { Clock } from '../internal/clock.ts'
import { signBody } from '../webhook/sign-body.ts'
import type { Message } from './event-log.ts'
import { Turns } from './turns.ts'
import { describe, within } from './within.ts'

/** How requests leave the emulator. */
export type Send = (request: Request) => Promise<Response>

/** Why something is delivered: it just happened, a replay job brings it back, or such a job has ended. */
export type DeliveryKind = 'live' | 'replay' | 'replay_job_status'

/** One POST to a webhook. */
export interface Delivery {
  readonly kind: DeliveryKind
  readonly webhookId: string
  readonly url: string
  /** The subscribed user it is for; missing where the body names none. */
  readonly forUserId?: string
  /** The exact text that is sent, all of it ASCII. */
  readonly body: string
  /** The `x-twitter-webhooks-signature` header. */
  readonly signature: string
  /** When it was sent: milliseconds since 1970 on the emulator. */
  readonly at: number
  /** `pending` until an answer came or failed to; `delivered` only by status 200. */
  readonly outcome: 'pending' | 'delivered' | 'failed'
  /** The status of the answer, when there was one. */
  readonly status?: number
  /** Why it was not delivered. */
  readonly failure?: string
}

/** What is to be delivered. */
export interface Parcel extends Message {
  readonly kind: DeliveryKind
  readonly webhook: { readonly id: string; readonly url: string }
  readonly secret: string
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

const atOnce = 50
const timeoutMs = 10_000
const loggedAtMost = 10_000

/** Sends deliveries in the order they come in, 50 at a time, and keeps a log of them. */
export class Outbox {
  readonly #send: Send
  readonly #clock: { now: Clock; base: Clock }
  readonly #log: Delivery[] = []
  readonly #turns = new Turns(atOnce)
  #underWay = 0
  #whenIdle: (() => void)[] = []

  constructor(send: Send, clock: { now: Clock; base: Clock }) {
    this.#send = send
    this.#clock = clock
  }

  /** The latest deliveries, in the order they were sent: 10,000 of them at least. */
  get deliveries(): readonly Delivery[] {
    return this.#log
  }

  /** Sends a parcel when its turn comes; true when it was received. */
  deliver(parcel: Parcel): Promise<boolean> {
    return this.track(async () => {
      await this.#turns.take()
      try {
        return await this.#post(parcel)
      } finally {
        this.#turns.release()
      }
    })
  }

  /** Runs something that `idle` waits for. */
  async track<T>(task: () => Promise<T>): Promise<T> {
    this.#underWay += 1
    try {
      return await task()
    } finally {
      this.#underWay -= 1
      if (this.#underWay === 0) for (const resolve of this.#whenIdle.splice(0)) resolve()
    }
  }

  /** Waits until nothing is under way. */
  async idle(): Promise<void> {
    while (this.#underWay > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve))
  }

  async #post({ webhook, secret, ...parcel }: Parcel): Promise<boolean> {
    const delivery: Mutable<Delivery> = {
      ...parcel,
      webhookId: webhook.id,
      url: webhook.url,
      signature: signBody(parcel.body, secret),
      at: this.#clock.now(),
      outcome: 'pending',
    }
    this.#record(delivery)
    try {
      // Measured without what `advance` adds: whoever puts the clock forward means the time after this delivery.
      delivery.status = await within({ ms: timeoutMs, now: this.#clock.base }, (signal) =>
        this.#status(delivery, signal),
      )
      delivery.outcome = delivery.status === 200 ? 'delivered' : 'failed'
      if (delivery.status !== 200) delivery.failure = `Status ${delivery.status} instead of 200`
    } catch (error) {
      delivery.outcome = 'failed'
      delivery.failure = describe(error)
    }
    return delivery.outcome === 'delivered'
  }

  async #status({ url, body, signature }: Delivery, signal: AbortSignal): Promise<number> {
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'x-account-activity-emulator',
      'x-twitter-webhooks-signature': signature,
    }
    const response = await this.#send(new Request(url, { method: 'POST', headers, body, redirect: 'manual', signal }))
    // Nobody looks at the body, but an unread one would hold on to its connection.
    if (!response.bodyUsed) await response.arrayBuffer()
    return response.status
  }

  #record(delivery: Delivery): void {
    this.#log.push(delivery)
    if (this.#log.length >= 2 * loggedAtMost) this.#log.splice(0, loggedAtMost)
  }
}
