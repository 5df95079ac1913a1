import type { Clock } from '../../internal/clock.ts'
import { signBody } from '../../webhook/sign-body.ts'
import type { PendingTasks } from '../simulation/pending-tasks.ts'
import { BoundedLog } from '../state/bounded-log.ts'
import type { DeliveryApi, Message } from '../state/event-log.ts'
import { describeError } from './connection-errors.ts'
import { Semaphore } from './semaphore.ts'
import { withTimeout } from './timeout.ts'

/** Sends a request from the emulator to a webhook, and returns the answer. */
export type Send = (request: Request) => Promise<Response>

/** The same, with a signal that is aborted when the time limit has passed. */
export type Transport = (request: Request, signal: AbortSignal) => Promise<Response>

/**
 * The reason of a delivery: an event that just happened, an event that a replay job delivers again, or the end of a
 * replay job.
 */
export type DeliveryKind = 'live' | 'replay' | 'replay_job_status'

/** A POST to a webhook. */
export interface DeliveryRecord {
  /** The position of the delivery among all deliveries of the emulator, from 1. */
  readonly number: number
  /** Why X sent it. */
  readonly kind: DeliveryKind
  /** The API that the event belongs to. The end of a replay job belongs to `account_activity`. */
  readonly api: DeliveryApi
  /** The id of the webhook. */
  readonly webhookId: string
  /** The URL of the webhook. */
  readonly url: string
  /** The id of the subscribed user that the body is for. Absent when the body names no user. */
  readonly forUserId?: string
  /** The exact request body. It contains ASCII characters only. */
  readonly body: string
  /** The `x-twitter-webhooks-signature` header. */
  readonly signature: string
  /** The `x-twitter-webhooks-signature-oauth2` header. Absent when the app has no OAuth 2.0 client secret. */
  readonly oauth2Signature?: string
  /** The number of the attempt, from 1. Each attempt has a record of its own. */
  readonly attempt: number
  /** When it was sent: milliseconds since 1970 on the emulator. */
  readonly at: number
  /** `pending` while the answer is awaited, `delivered` after status 200, `failed` after anything else. */
  readonly outcome: 'pending' | 'delivered' | 'failed'
  /** The HTTP status of the answer. Absent when there was none. */
  readonly status?: number
  /** Why the delivery failed. Absent unless `outcome` is `failed`. */
  readonly failure?: string
  /** When X attempts it again: milliseconds since 1970 on the emulator. Absent when it does not. */
  readonly retryAt?: number
}

/** The secrets that an app shares with X. */
export interface AppSecrets {
  readonly consumerSecret: string
  readonly clientSecret?: string
}

/** A delivery to be sent. */
export interface OutgoingDelivery {
  readonly kind: DeliveryKind
  readonly webhook: { readonly id: string; readonly url: string }
  readonly secrets: AppSecrets
  readonly message: Message
  /** How long X waits for the answer. */
  readonly timeoutMs: number
  /** @defaultValue 1 */
  readonly attempt?: number
  /** Called when the delivery has failed. Schedules the next attempt and returns its time, if there is one. */
  readonly retry?: (now: number) => number | undefined
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

const maxConcurrent = 50

/** What the outbox takes from the platform. */
export interface OutboxContext {
  readonly send: Transport
  readonly clock: { readonly now: Clock; readonly baseNow: Clock }
  readonly pendingTasks: PendingTasks
  /** The number of deliveries that the log keeps at least. */
  readonly minLogged: number
}

/** Sends deliveries in order, 50 at the same time, and logs them. */
export class Outbox {
  readonly #send: Transport
  readonly #clock: OutboxContext['clock']
  readonly #pendingTasks: PendingTasks
  readonly #log: BoundedLog<DeliveryRecord>
  readonly #semaphore = new Semaphore(maxConcurrent)
  #count = 0

  constructor({ send, clock, pendingTasks, minLogged }: OutboxContext) {
    this.#send = send
    this.#clock = clock
    this.#pendingTasks = pendingTasks
    this.#log = new BoundedLog(minLogged)
  }

  /** The latest deliveries, in the order in which they were sent. */
  get deliveries(): readonly DeliveryRecord[] {
    return this.#log.records
  }

  /** Sends a delivery when a permit is free, and returns its record with the outcome. */
  async deliver(delivery: OutgoingDelivery): Promise<DeliveryRecord> {
    this.#pendingTasks.begin()
    if (!this.#semaphore.tryAcquire()) await this.#semaphore.acquire()
    try {
      return await this.#post(delivery)
    } finally {
      this.#semaphore.release()
      this.#pendingTasks.end()
    }
  }

  async #post(delivery: OutgoingDelivery): Promise<DeliveryRecord> {
    const record = this.#startRecord(delivery)
    try {
      // The base clock: `advance` puts the time after this delivery, so it does not make the answer late.
      const status = await withTimeout({ ms: delivery.timeoutMs, now: this.#clock.baseNow }, (signal) =>
        this.#request(record, signal),
      )
      record.status = status
      if (status === 200) record.outcome = 'delivered'
      else this.#fail(record, delivery, `Status ${status} instead of 200`)
    } catch (error) {
      this.#fail(record, delivery, describeError(error))
    }
    return record
  }

  #startRecord(delivery: OutgoingDelivery): Mutable<DeliveryRecord> {
    const { kind, webhook, secrets, message, attempt = 1 } = delivery
    const { api, body, forUserId } = message
    const { consumerSecret, clientSecret } = secrets
    this.#count += 1
    const record: Mutable<DeliveryRecord> = {
      number: this.#count,
      kind,
      api,
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
    this.#log.push(record)
    return record
  }

  /** Sends the request, and returns the status of the answer. */
  async #request({ url, body, signature, oauth2Signature }: DeliveryRecord, signal: AbortSignal): Promise<number> {
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'x-account-activity-emulator',
      'x-twitter-webhooks-signature': signature,
      ...(oauth2Signature !== undefined && { 'x-twitter-webhooks-signature-oauth2': oauth2Signature }),
    }
    // Without the signal: a `Request` with one takes half as long again to create, and its memory is freed later.
    const request = new Request(url, { method: 'POST', headers, body, redirect: 'manual' })
    const response = await this.#send(request, signal)
    // An unread body keeps its connection open.
    if (response.body && !response.bodyUsed) await response.arrayBuffer()
    return response.status
  }

  #fail(record: Mutable<DeliveryRecord>, { retry }: OutgoingDelivery, failure: string): void {
    record.outcome = 'failed'
    record.failure = failure
    const retryAt = retry?.(this.#clock.now())
    if (retryAt !== undefined) record.retryAt = retryAt
  }
}
