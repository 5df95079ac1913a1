import type { State } from '../../state/state.ts'
import type { AppState, UserState } from '../../state/tables.ts'

// What the sign-in with OAuth 1.0a and the one with OAuth 2.0 have in common.

/** Whether a browser can open the callback from a page of X. The schemes of phone apps are allowed. */
export function isCallback(callback: string): boolean {
  return callback === 'oob' || (URL.canParse(callback) && !blockedSchemes.has(new URL(callback).protocol))
}

const blockedSchemes: ReadonlySet<string> = new Set(['about:', 'blob:', 'data:', 'file:', 'javascript:', 'vbscript:'])

/** Sends a person back to the app. The parameters are added to the query that the callback has. */
export function redirectToCallback(callback: string, parameters: Readonly<Record<string, string>>): Response {
  const url = new URL(callback)
  const added = new URLSearchParams(parameters).toString()
  url.search = url.search === '' ? added : `${url.search}&${added}`
  return new Response(null, {
    status: 302,
    headers: { location: url.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  })
}

/** The first user who does not own the app, or the owner when the emulator has no other user. */
export function defaultUser({ users }: State, { ownerId }: AppState): UserState | undefined {
  return [...users.values()].find(({ id }) => id !== ownerId) ?? users.get(ownerId)
}
