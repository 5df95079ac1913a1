import { timingSafeEqual } from '#hmac'
import type { ApiRequest } from '../../api/api-request.ts'
import type { Platform } from '../../platform.ts'
import type { AppState } from '../../state/tables.ts'

/** The app whose key and secret are in the `Authorization: Basic …` header, each percent-encoded. */
export function appByBasic({ state }: Platform, { headers }: ApiRequest): AppState | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  const [key, secret] = encoded === undefined ? [] : decodeBasic(encoded)
  const app = state.appByConsumerKey(key ?? '')
  return app && timingSafeEqual(app.consumerSecret, secret ?? '') ? app : undefined
}

function decodeBasic(encoded: string): string[] {
  try {
    return atob(encoded).split(':').map(decodeURIComponent)
  } catch {
    return []
  }
}
