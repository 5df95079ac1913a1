import type { Platform } from '../platform.ts'

/** A webhook of the emulator, and who is subscribed to it. */
export interface EmulatedWebhook {
  readonly id: string
  /** The app that registered it. */
  readonly appId: string
  readonly url: string
  /** The label of the premium environment that it is bound to, where it was registered with the premium API. */
  readonly environment?: string
  /** Milliseconds since 1970 on the emulator. */
  readonly createdAt: number
  /** Whether X delivers to it. */
  readonly valid: boolean
  /** Ids of the subscribed users. */
  readonly subscribers: readonly string[]
}

/** The webhooks of all apps, as they are now. */
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
