import { timingSafeEqual } from '#hmac'
import type { ApiRequest } from '../../api/api-request.ts'
import type { Platform } from '../../platform.ts'
import type { AppState } from '../../state/tables.ts'

/** The app whose key and secret are in the `Authorization: Basic …` header, each percent-encoded. */
export function appByBasic({ state }: Platform, request: ApiRequest): AppState | undefined {
  const [key, secret] = readBasic(request)
  const app = state.appByConsumerKey(key ?? '')
  return app && timingSafeEqual(app.consumerSecret, secret ?? '') ? app : undefined
}

/** The name and the password of an `Authorization: Basic …` header. Empty when there is none. */
export function readBasic({ headers }: ApiRequest): string[] {
  const encoded = /^Basic\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  return encoded === undefined ? [] : decodeBasic(encoded)
}

function decodeBasic(encoded: string): string[] {
  try {
    return atob(encoded).split(':').map(decodeURIComponent)
  } catch {
    return []
  }
}
