import type { Platform } from '../platform.ts'

/** A webhook of the emulator and its subscriptions, as they were when `x.webhooks` was read. */
export interface EmulatedWebhook {
  /** The id of the webhook: 19 digits. */
  readonly id: string
  /** The id of the app that registered it. */
  readonly appId: string
  /** The URL of the webhook, as it was registered. */
  readonly url: string
  /** The label of the premium environment. Absent when the webhook was registered with v2 or enterprise. */
  readonly environment?: string
  /** When it was registered: milliseconds since 1970 on the emulator. */
  readonly createdAt: number
  /** Whether it is valid. X delivers to valid webhooks only. */
  readonly valid: boolean
  /** The ids of the subscribed users. */
  readonly subscribers: readonly string[]
}

/** The webhooks of all apps. */
export function showWebhooks({ state }: Platform): EmulatedWebhook[] {
  return [...state.webhooks.values()].map(({ id, appId, url, environment, createdAt, valid, subscribers }) => ({
    id,
    appId,
    url,
    ...(environment !== undefined && { environment }),
    createdAt,
    valid,
    subscribers: [...subscribers],
  }))
}
