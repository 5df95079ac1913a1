import type { Platform } from '../platform.ts'
import { EventLog } from '../state/event-log.ts'
import type { AppState, WebhookState } from '../state/tables.ts'
import { type CrcFault, challenge } from './challenge.ts'

/** A webhook to be registered. */
export interface Registration {
  readonly app: AppState
  readonly url: string
  /** The premium environment of the webhook. Absent for v2 and enterprise. */
  readonly environment?: string
  /** Whether version 1.1 registers it. */
  readonly isVersion1: boolean
}

/** Why a webhook was not registered. */
export type RegistrationRefusal =
  | {
      readonly reason: 'UrlValidationFailed' | 'WebhookLimitExceeded' | 'DuplicateUrlFailed'
      readonly details: string
    }
  | { readonly reason: 'CrcValidationFailed'; readonly details: string; readonly fault: CrcFault }

/** Registers a webhook when its URL passes a challenge. */
export async function registerWebhook(
  platform: Platform,
  registration: Registration,
): Promise<WebhookState | RegistrationRefusal> {
  const refusal = findRefusal(platform, registration)
  if (refusal) return refusal
  const { app, url } = registration
  const crc = await challenge(platform, { url, secrets: app })
  if (!crc.passed) return { reason: 'CrcValidationFailed', details: crc.details, fault: crc.fault }
  // A second time, because another registration may have ended during the challenge.
  return findRefusal(platform, registration) ?? storeWebhook(platform, registration)
}

function findRefusal(
  { state, limits, strict }: Platform,
  { app, url, environment }: Registration,
): RegistrationRefusal | undefined {
  const problem = findUrlProblem(url, { strict })
  if (problem) return { reason: 'UrlValidationFailed', details: problem }
  const webhooks = state.webhooksOfAccount(app.ownerId)
  const neighbours = webhooks.filter((webhook) => webhook.appId === app.id && webhook.environment === environment)
  // X checks the limit first: with a limit of one, the same URL again exceeds the limit.
  if (webhooks.length >= limits.webhooks) {
    return {
      reason: 'WebhookLimitExceeded',
      details: `The account has ${limits.webhooks} of ${limits.webhooks} webhooks`,
    }
  }
  if (environment !== undefined && neighbours.length > 0) {
    return { reason: 'WebhookLimitExceeded', details: 'The environment has a webhook' }
  }
  if (neighbours.some((webhook) => new URL(webhook.url).href === new URL(url).href)) {
    return { reason: 'DuplicateUrlFailed', details: 'A webhook with this URL already exists' }
  }
  return undefined
}

const maxUrlLength = 200
const loopback = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * The problem that X has with a webhook URL, or `undefined` when it accepts the URL.
 *
 * X accepts https without a port, and at most 200 characters. Unless `strict` is set, a URL on this machine may use http
 * and a port, because receivers are developed there.
 *
 * @see https://docs.x.com/x-api/webhooks/introduction
 */
function findUrlProblem(text: string, { strict }: { strict: boolean }): string | undefined {
  if (text.length > maxUrlLength) return `The URL must not be longer than ${maxUrlLength} characters`
  if (!/^https?:\/\/[^\s/]\S*$/i.test(text) || !URL.canParse(text)) return 'The URL must be an absolute https URL'
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return 'The URL must not contain credentials'
  if (!strict && loopback.test(hostname)) return undefined
  if (protocol !== 'https:') return 'The URL must use https'
  // X also refuses the default port, which `new URL` removes.
  return /^https:\/\/[^/?#]*:\d*(?:[/?#]|$)/i.test(text) ? 'The URL must not contain a port' : undefined
}

function storeWebhook(
  { state, clock, nextId }: Platform,
  { app, url, environment, isVersion1 }: Registration,
): WebhookState {
  const now = clock.now()
  const webhook: WebhookState = {
    id: nextId(),
    appId: app.id,
    url,
    ...(environment !== undefined && { environment }),
    isVersion1,
    createdAt: now,
    valid: true,
    validatedAt: now,
    subscribers: new Set(),
    log: new EventLog(),
    replaying: false,
  }
  state.webhooks.set(webhook.id, webhook)
  return webhook
}
