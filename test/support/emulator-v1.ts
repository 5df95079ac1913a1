import type { EmulatedUser } from 'x-account-activity/emulator'
import { EmulatorHarness, hookUrl, start } from './emulator-harness.ts'
import { oauth1Header } from './emulator-oauth1.ts'

type Tokens = Pick<EmulatedUser, 'accessToken' | 'accessTokenSecret'>

interface SignedCall {
  readonly method: string
  readonly path: string
  /** A form body, which the signature covers. */
  readonly form?: Readonly<Record<string, string>>
  /** Replaces or adds parameters of OAuth. An empty text removes one. */
  readonly oauth?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly app?: EmulatorHarness['x']['app']
}

// Errors of X, in the form that `failureOf` returns.
export const noPage = { status: 404, code: 34, message: 'Sorry, that page does not exist.' }
export const noWebhook = {
  status: 404,
  code: 34,
  message: 'Webhook does not exist or is associated with a different twitter application.',
}
export const unauthenticated = { status: 401, code: 32, message: 'Could not authenticate you.' }
/** https://github.com/xdevplatform/autohook/issues/52 */
export const noCredentials = { status: 400, code: 215, message: 'Bad Authentication data.' }
export const wrongKind = { status: 403, code: 220, message: 'Your credentials do not allow access to this resource.' }

/** A harness with the user alice. */
export function harnessWithAlice(options: ConstructorParameters<typeof EmulatorHarness>[0] = {}) {
  const harness = new EmulatorHarness(options)
  return { harness, alice: harness.x.addUser({ screenName: 'alice' }), owner: harness.x.app }
}

/** No tokens: the app signs the call without a user. */
export const noTokens: Tokens = { accessToken: '', accessTokenSecret: '' }

let nonces = 0

/** A call signed with OAuth 1.0a, at the time of the base clock. */
export function callSigned(harness: EmulatorHarness, tokens: Tokens, call: SignedCall): Promise<Response> {
  const { method, path, form, oauth = {}, headers, app = harness.x.app } = call
  const url = `https://api.x.com${path}`
  nonces += 1
  const { accessToken, accessTokenSecret } = tokens
  const authorization = oauth1Header(
    { method, url, ...(form && { form }) },
    { ...app, accessToken, accessTokenSecret },
    { timestamp: Math.floor(harness.time / 1000), nonce: `v1nonce${nonces}`, oauth },
  )
  const body = form ? new URLSearchParams(form).toString() : call.body
  const contentType = form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
  return harness.x.fetch(url, {
    method,
    headers: { authorization, ...contentType, ...headers },
    ...(body !== undefined && { body }),
  })
}

/** Registers a webhook at a v1.1 path, and returns its id. */
export async function registerAt(harness: EmulatorHarness, path: string, url = hookUrl): Promise<string> {
  const { x } = harness
  const response = await callSigned(harness, x.app, { method: 'POST', path: `${path}?url=${encodeURIComponent(url)}` })
  if (response.status !== 200) throw new Error(await response.text())
  return ((await response.json()) as { id: string }).id
}

/** The status of an answer and its error in the form of v1.1. There must be exactly one error. */
export async function failureOf(response: Response): Promise<{ status: number; code?: number; message?: string }> {
  const { errors } = (await response.json()) as { errors: { code: number; message: string }[] }
  if (errors.length !== 1) throw new Error(`${errors.length} errors instead of one`)
  return { status: response.status, ...errors[0] }
}

/** A time before the start of a harness, in the format of replays. */
export function minutesAgo(minutes: number): string {
  return new Date(start - minutes * 60_000).toISOString().replace(/\D/g, '').slice(0, 12)
}

/** The root of the enterprise paths. */
export const enterpriseRoot = '/1.1/account_activity'

/** The same with a webhook of the enterprise API, and the path of its subscription. */
export async function harnessWithWebhook(options: ConstructorParameters<typeof EmulatorHarness>[0] = {}) {
  const enterprise = harnessWithAlice(options)
  const id = await registerAt(enterprise.harness, `${enterpriseRoot}/webhooks.json`)
  return { ...enterprise, id, subscription: `${enterpriseRoot}/webhooks/${id}/subscriptions/all.json` }
}
