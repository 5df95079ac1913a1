import { EmulatorHarness } from './emulator-harness.ts'
import { callSigned, noTokens } from './emulator-v1.ts'

export const callback = 'https://app.example.com/back?from=x'
export const invalidToken = { status: 401, code: 89, message: 'Invalid or expired token.' }
export const credentialsNotVerified = {
  errors: [{ code: 99, message: 'Unable to verify your credentials', label: 'authenticity_token_error' }],
}

export interface RequestToken {
  readonly token: string
  readonly secret: string
}

/** A harness with the users alice and bob. */
export function createSignInHarness() {
  const harness = new EmulatorHarness()
  const alice = harness.x.addUser({ screenName: 'alice', name: 'Alice' })
  harness.x.addUser({ screenName: 'bob', name: 'Bob' })
  return { harness, alice }
}

/** Calls `POST /oauth/request_token`. */
export function callRequestToken(
  harness: EmulatorHarness,
  to: string,
  query = '',
  app = harness.x.app,
): Promise<Response> {
  const oauth = { oauth_callback: to, oauth_token: '' }
  return callSigned(harness, noTokens, { method: 'POST', path: `/oauth/request_token${query}`, oauth, app })
}

export async function getRequestToken(harness: EmulatorHarness, to = callback, query = ''): Promise<RequestToken> {
  const form = new URLSearchParams(await (await callRequestToken(harness, to, query)).text())
  return { token: form.get('oauth_token') ?? '', secret: form.get('oauth_token_secret') ?? '' }
}

/** Opens a page, as a browser does. */
export function openPage(harness: EmulatorHarness, path: string): Promise<Response> {
  return harness.x.fetch(`https://api.x.com${path}`)
}

/** Submits a form, as a browser does. */
export function submitForm(
  harness: EmulatorHarness,
  fields: Record<string, string>,
  path = '/oauth/authorize',
): Promise<Response> {
  return harness.x.fetch(`https://api.x.com${path}`, { method: 'POST', body: new URLSearchParams(fields) })
}

/** Authorises the app for a user in the browser, and returns the verifier. */
export async function getVerifier(
  harness: EmulatorHarness,
  { token }: RequestToken,
  screenName: string,
): Promise<string> {
  const response = await submitForm(harness, { oauth_token: token, screen_name: screenName })
  return new URL(response.headers.get('location') ?? '').searchParams.get('oauth_verifier') ?? ''
}

/** Calls `POST /oauth/access_token`. */
export function callAccessToken(
  harness: EmulatorHarness,
  { token, secret }: RequestToken,
  verifier: string,
): Promise<Response> {
  const tokens = { accessToken: token, accessTokenSecret: secret }
  const oauth = { oauth_verifier: verifier }
  return callSigned(harness, tokens, { method: 'POST', path: '/oauth/access_token', oauth })
}

export function basicAuthorization(key: string, secret: string): string {
  return `Basic ${btoa(`${encodeURIComponent(key)}:${encodeURIComponent(secret)}`)}`
}

/** Posts a form with the credentials of the app in a Basic header. */
export function postForm(
  harness: EmulatorHarness,
  path: string,
  body: string,
  authorization?: string,
): Promise<Response> {
  const { consumerKey, consumerSecret } = harness.x.app
  return harness.x.fetch(`https://api.x.com${path}`, {
    method: 'POST',
    headers: {
      authorization: authorization ?? basicAuthorization(consumerKey, consumerSecret),
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
    },
    body,
  })
}
