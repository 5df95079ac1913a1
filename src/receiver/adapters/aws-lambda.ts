import { assertObject, assertText } from '../../internal/assert.ts'
import type { Receiver, WebhookRequest } from '../receiver.ts'

/** What AWS Lambda is called with: by API Gateway (payload 1.0 or 2.0), by a function URL, or by a load balancer. */
export interface LambdaEvent {
  readonly headers?: Readonly<Record<string, string | undefined>> | null
  readonly multiValueHeaders?: Readonly<Record<string, string[] | undefined>> | null
  readonly body?: string | null
  readonly isBase64Encoded?: boolean
  /** Payload 2.0 and function URLs. */
  readonly rawPath?: string
  readonly rawQueryString?: string
  readonly requestContext?: { readonly http?: { readonly method: string } }
  /** Payload 1.0 and load balancers. */
  readonly httpMethod?: string
  readonly path?: string
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | null
  readonly multiValueQueryStringParameters?: Readonly<Record<string, string[] | undefined>> | null
}

/** What AWS Lambda answers with. */
export interface LambdaAnswer {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: string
}

/** A handler of AWS Lambda. */
export type LambdaHandler = (event: LambdaEvent) => Promise<LambdaAnswer>

/**
 * A receiver as a handler of AWS Lambda, behind API Gateway (payload 1.0 and 2.0), a function URL or a load balancer.
 *
 * A function stands still once it has answered: with `ack: 'after-accept'` it therefore answers when the work is done.
 * Payload 1.0 does not hold the query as it was sent, so `crc: 'signed'` needs payload 2.0 or a function URL.
 *
 * @see https://docs.x.com/x-api/webhooks/introduction
 *
 * @example
 * import { toLambdaHandler } from 'x-account-activity/aws-lambda'
 * import { createReceiver } from 'x-account-activity/receiver'
 *
 * const receiver = createReceiver({
 *   consumerSecret: 'consumer-secret',
 *   on: { follow: (event) => console.log(event.sourceId) },
 * })
 * export const handler = toLambdaHandler(receiver)
 */
export function toLambdaHandler(receiver: Receiver): LambdaHandler {
  return async (event) => {
    const underWay: Promise<unknown>[] = []
    const answer = await receiver.handle(toRequest(event), { waitUntil: (promise) => underWay.push(promise) })
    await Promise.all(underWay)
    return { statusCode: answer.status, headers: { ...answer.headers }, body: answer.body }
  }
}

function toRequest(event: LambdaEvent): WebhookRequest {
  assertObject(event, 'event')
  const method = event.requestContext?.http?.method ?? event.httpMethod
  assertText(method, 'event.httpMethod')
  const { body, isBase64Encoded } = event
  return {
    method,
    url: `${event.rawPath ?? event.path ?? '/'}?${event.rawQueryString ?? queryOf(event)}`,
    headers: { ...event.headers, ...event.multiValueHeaders },
    body: isBase64Encoded && body ? Uint8Array.from(atob(body), (char) => char.charCodeAt(0)) : body,
  }
}

/** Payload 1.0 holds the parameters decoded, a repeated one only among the multiple values. */
function queryOf({ queryStringParameters, multiValueQueryStringParameters }: LambdaEvent): string {
  const parameters = Object.entries(multiValueQueryStringParameters ?? queryStringParameters ?? {})
  const pairs = parameters.flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one]))
  return new URLSearchParams(pairs).toString()
}
