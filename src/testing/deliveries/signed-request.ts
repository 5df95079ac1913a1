import { assertObject, assertSecret, kindOf } from '../../internal/assert.ts'
import { isBytes } from '../../internal/bytes.ts'
import { wireJson } from '../../payloads/wire-json.ts'
import { signBody } from '../../webhook/sign-body.ts'

/** The options of `signedRequest`. */
export interface SignedRequestOptions {
  /** The consumer secret ("API key secret") of the app, which the receiver has too. */
  readonly consumerSecret: string
  /**
   * The OAuth 2.0 client secret of the app. With it, the request has a second signature, as X sends it for an app that has
   * one.
   *
   * @defaultValue no second signature
   */
  readonly clientSecret?: string | undefined
  /**
   * The URL of the webhook.
   *
   * @defaultValue `'https://app.example/webhook'`
   */
  readonly url?: string | URL | undefined
}

/**
 * Returns the POST request that X sends to a webhook, rightly signed.
 *
 * Use it to test a receiver, or the route that it is behind, without a server: pass the request to `receiver.fetch`, or
 * send it with `fetch`.
 *
 * @param body - An object is written as X writes JSON: with `\uXXXX` for characters beyond ASCII, with `\/`, and with
 *   the digits of `id_str` in the `id` before it, which JavaScript cannot hold. A string or bytes are sent as they are.
 * @param options - The secrets to sign with, and the URL.
 * @throws TypeError when the body is not an object, a string or bytes, when a secret is not a string, or when the URL is
 *   not valid.
 * @throws RangeError when a secret is empty, or begins or ends with white space.
 * @see https://docs.x.com/x-api/webhooks/introduction
 *
 * @example
 * import { createReceiver } from 'x-account-activity'
 * import { buildDelivery, signedRequest } from 'x-account-activity/testing'
 *
 * const consumerSecret = 'consumer-secret'
 * const receiver = createReceiver({ consumerSecret, on: { follow: (event) => console.log(event.type) } })
 *
 * const response = await receiver.fetch(signedRequest(buildDelivery('follow'), { consumerSecret }))
 * console.log(response.status)
 * // follow
 * // 200
 */
export function signedRequest(body: object | string | Uint8Array, options: SignedRequestOptions): Request {
  assertObject(options, 'options')
  const { consumerSecret, clientSecret, url = 'https://app.example/webhook' } = options
  const sent = bodyToSend(body)
  assertSecret(consumerSecret, 'consumerSecret')
  if (clientSecret !== undefined) assertSecret(clientSecret, 'clientSecret')
  const headers = new Headers({
    'content-type': 'application/json',
    'x-twitter-webhooks-signature': signBody(sent, consumerSecret),
  })
  if (clientSecret !== undefined) headers.set('x-twitter-webhooks-signature-oauth2', signBody(sent, clientSecret))
  return new Request(url, { method: 'POST', headers, body: sent, redirect: 'manual' })
}

/** The bytes are copied: the caller may change them before they are sent. */
function bodyToSend(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body
  if (isBytes(body)) return new Uint8Array(body)
  if (typeof body === 'object' && body !== null) return wireJson(body)
  throw new TypeError(`"body" must be an object, a string or a Uint8Array, got ${kindOf(body)}`)
}
