import type { Platform } from '../platform.ts'
import { EventLog } from '../state/event-log.ts'
import type { AppState, WebhookState } from '../state/state.ts'
import { type CrcFault, challenge } from './challenge.ts'

const loopback = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

const maxUrlLength = 200

/**
 * What X has against a webhook URL; nothing when it takes it.
 *
 * X wants https, no port, and 200 characters at most. A URL on this machine may be http and have a port, for that is
 * where receivers are developed, unless `strict`.
 *
 * @see https://docs.x.com/x-api/webhooks/introduction
 */
export function findUrlProblem(text: string, { strict }: { strict: boolean }): string | undefined {
  if (text.length > maxUrlLength) return `The URL must not be longer than ${maxUrlLength} characters`
  if (!/^https?:\/\/[^\s/]\S*$/i.test(text) || !URL.canParse(text)) return 'The URL must be an absolute https URL'
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return 'The URL must not contain credentials'
  if (!strict && loopback.test(hostname)) return undefined
  if (protocol !== 'https:') return 'The URL must use https'
  // `new URL` drops the port that the scheme has anyway, X refuses that one too.
  return /^https:\/\/[^/?#]*:\d*(?:[/?#]|$)/i.test(text) ? 'The URL must not contain a port' : undefined
}

/** What is to be registered, and for whom. */
export interface Registration {
  readonly app: AppState
  readonly url: string
  /** The premium environment it is to be bound to. */
  readonly environment?: string
}

/** Why a webhook is not registered. */
export type RegistrationRefusal =
  | {
      readonly reason: 'UrlValidationFailed' | 'WebhookLimitExceeded' | 'DuplicateUrlFailed'
      readonly details: string
    }
  | { readonly reason: 'CrcValidationFailed'; readonly details: string; readonly fault: CrcFault }

/** Registers a webhook, once its URL has passed a challenge. */
export async function registerWebhook(
  platform: Platform,
  registration: Registration,
): Promise<WebhookState | RegistrationRefusal> {
  const refused = findRefusal(platform, registration)
  if (refused) return refused
  const { app, url } = registration
  const crc = await challenge(platform, { url, secrets: app })
  if (!crc.passed) return { reason: 'CrcValidationFailed', details: crc.details, fault: crc.fault }
  // Another registration may have been faster meanwhile.
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
  // X looks at the limit first: under a limit of one, the same URL again is a webhook too many.
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

function storeWebhook({ state, clock, nextId }: Platform, { app, url, environment }: Registration): WebhookState {
  const now = clock.now()
  const webhook: WebhookState = {
    id: nextId(),
    appId: app.id,
    url,
    ...(environment !== undefined && { environment }),
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
