import type { Clock } from '../../internal/clock.ts'
import { signBody } from '../../webhook/sign-body.ts'
import type { PendingTasks } from '../simulation/pending-tasks.ts'
import type { Message } from '../state/event-log.ts'
import { Semaphore } from './semaphore.ts'
import { describeError, withTimeout } from './timeout.ts'

/** How requests leave the emulator. */
export type Send = (request: Request) => Promise<Response>

/** The same, with a signal that is aborted when nobody waits for the answer any more. */
export type Transport = (request: Request, signal: AbortSignal) => Promise<Response>

/** Why something is delivered: it just happened, a replay job brings it back, or such a job has ended. */
export type DeliveryKind = 'live' | 'replay' | 'replay_job_status'

/** One POST to a webhook. */
export interface DeliveryRecord {
  /** 1 for the first that an emulator sends, and one more for each that follows. */
  readonly number: number
  readonly kind: DeliveryKind
  readonly webhookId: string
  readonly url: string
  /** The subscribed user it is for; missing where the body names none. */
  readonly forUserId?: string
  /** The exact text that is sent, all of it ASCII. */
  readonly body: string
  /** The `x-twitter-webhooks-signature` header. */
  readonly signature: string
  /** The `x-twitter-webhooks-signature-oauth2` header, where the app has an OAuth 2.0 client secret. */
  readonly oauth2Signature?: string
  /** 1, and one more each time that X tries again; each attempt is a delivery of its own. */
  readonly attempt: number
  /** When it was sent: milliseconds since 1970 on the emulator. */
  readonly at: number
  /** `pending` until an answer came or failed to; `delivered` only by status 200. */
  readonly outcome: 'pending' | 'delivered' | 'failed'
  /** The status of the answer, when there was one. */
  readonly status?: number
  /** Why it was not delivered. */
  readonly failure?: string
  /** When X tries again; missing where it was received, and where X has given up. */
  readonly retryAt?: number
}

/** The keys that an app shares with X. */
export interface AppSecrets {
  readonly consumerSecret: string
  readonly clientSecret?: string
}

/** What is to be delivered. */
export interface OutgoingDelivery {
  readonly kind: DeliveryKind
  readonly webhook: { readonly id: string; readonly url: string }
  readonly secrets: AppSecrets
  readonly message: Message
  /** How long X waits for the answer. */
  readonly timeoutMs: number
  /** 1 unless given. */
  readonly attempt?: number
  /** Sees to the next attempt, if there is to be one, and tells when that is. */
  readonly retry?: (now: number) => number | undefined
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

const maxConcurrent = 50
const loggedAtLeast = 10_000

/** Sends deliveries in the order they come in, 50 at a time, and keeps a log of them. */
export class Outbox {
  readonly #send: Transport
  readonly #clock: { now: Clock; base: Clock }
  readonly #pendingTasks: PendingTasks
  readonly #log: DeliveryRecord[] = []
  readonly #turns = new Semaphore(maxConcurrent)
  #count = 0

  constructor(send: Transport, clock: { now: Clock; base: Clock }, pendingTasks: PendingTasks) {
    this.#send = send
    this.#clock = clock
    this.#pendingTasks = pendingTasks
  }

  /** The latest deliveries, in the order they were sent: 10,000 of them at least. */
  get deliveries(): readonly DeliveryRecord[] {
    return this.#log
  }

  /** Sends a parcel when its turn comes, and returns what became of it. */
  async deliver(parcel: OutgoingDelivery): Promise<DeliveryRecord> {
    this.#pendingTasks.begin()
    if (!this.#turns.tryAcquire()) await this.#turns.acquire()
    try {
      return await this.#post(parcel)
    } finally {
      this.#turns.release()
      this.#pendingTasks.end()
    }
  }

  async #post(parcel: OutgoingDelivery): Promise<DeliveryRecord> {
    const delivery = this.#begin(parcel)
    try {
      // Measured without what `advance` adds: whoever puts the clock forward means the time after this delivery.
      const status = await withTimeout({ ms: parcel.timeoutMs, now: this.#clock.base }, (signal) =>
        this.#status(delivery, signal),
      )
      delivery.status = status
      if (status === 200) delivery.outcome = 'delivered'
      else this.#fail(delivery, parcel, `Status ${status} instead of 200`)
    } catch (error) {
      this.#fail(delivery, parcel, describeError(error))
    }
    return delivery
  }

  #begin({
    kind,
    webhook,
    secrets,
    message: { body, forUserId },
    attempt = 1,
  }: OutgoingDelivery): Mutable<DeliveryRecord> {
    const { consumerSecret, clientSecret } = secrets
    this.#count += 1
    const delivery: Mutable<DeliveryRecord> = {
      number: this.#count,
      kind,
      webhookId: webhook.id,
      url: webhook.url,
      ...(forUserId !== undefined && { forUserId }),
      body,
      signature: signBody(body, consumerSecret),
      ...(clientSecret !== undefined && { oauth2Signature: signBody(body, clientSecret) }),
      attempt,
      at: this.#clock.now(),
      outcome: 'pending',
    }
    this.#record(delivery)
    return delivery
  }

  async #status({ url, body, signature, oauth2Signature }: DeliveryRecord, signal: AbortSignal): Promise<number> {
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'x-account-activity-emulator',
      'x-twitter-webhooks-signature': signature,
      ...(oauth2Signature !== undefined && { 'x-twitter-webhooks-signature-oauth2': oauth2Signature }),
    }
    // With the signal in it, the request would take half as long again to make, and its memory a while to be free.
    const request = new Request(url, { method: 'POST', headers, body, redirect: 'manual' })
    const response = await this.#send(request, signal)
    // Nobody looks at the body, but an unread one would hold on to its connection.
    if (response.body && !response.bodyUsed) await response.arrayBuffer()
    return response.status
  }

  #fail(delivery: Mutable<DeliveryRecord>, { retry }: OutgoingDelivery, failure: string): void {
    delivery.outcome = 'failed'
    delivery.failure = failure
    const retryAt = retry?.(this.#clock.now())
    if (retryAt !== undefined) delivery.retryAt = retryAt
  }

  #record(delivery: DeliveryRecord): void {
    this.#log.push(delivery)
    // In bulk, so that recording stays cheap.
    if (this.#log.length >= loggedAtLeast * 1.1) this.#log.splice(0, loggedAtLeast * 0.1)
  }
}
