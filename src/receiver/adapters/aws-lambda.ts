import { assertObject, assertText } from '../../internal/assert.ts'
import type { Receiver, WebhookAnswer, WebhookRequest } from '../receiver.ts'

/**
 * The event of an HTTP request, as API Gateway (payload 1.0 or 2.0), a function URL or a load balancer passes it to a
 * function. The event types of `@types/aws-lambda` are assignable to it.
 */
export interface LambdaEvent {
  /** The headers. One that came several times has its values joined by commas, or only its last value. */
  readonly headers?: Readonly<Record<string, string | undefined>> | null | undefined
  /** The headers with all their values. Payload 1.0, and load balancers that are set up for it. */
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null | undefined
  /** The body: text, or base64 when `isBase64Encoded` is true. */
  readonly body?: string | null | undefined
  /** Whether the body is base64. */
  readonly isBase64Encoded?: boolean | undefined
  /** The path. Payload 2.0 and function URLs. */
  readonly rawPath?: string | undefined
  /** The query as it was sent, without the question mark. Payload 2.0 and function URLs. */
  readonly rawQueryString?: string | undefined
  /**
   * What called the function. The events of payload 1.0 have an object without either of the two members, which
   * `object &` permits.
   */
  readonly requestContext?:
    | (object & {
        /** Payload 2.0 and function URLs. */
        readonly http?:
          | {
              /** The HTTP method. */
              readonly method: string
            }
          | undefined
        /** There when a load balancer called. */
        readonly elb?: object | undefined
      })
    | undefined
  /** The HTTP method. Payload 1.0 and load balancers. */
  readonly httpMethod?: string | undefined
  /** The path. Payload 1.0 and load balancers. */
  readonly path?: string | undefined
  /** The query, with the last value of each parameter. Payload 1.0 and load balancers. */
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | null | undefined
  /** The query, with all values of each parameter. Payload 1.0, and load balancers that are set up for it. */
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[] | undefined>> | null | undefined
}

/** The answer of a function to an HTTP request. It fits all of the gateways. */
export interface LambdaAnswer {
  /** The HTTP status. For X, exactly 200 means received. */
  readonly statusCode: number
  /** The headers, with names in lower case. */
  readonly headers: Record<string, string>
  /** The headers as lists, for a load balancer that is set up for multiple values. */
  readonly multiValueHeaders?: Record<string, string[]>
  /** The body: JSON, as text. */
  readonly body: string
}

/**
 * A handler of AWS Lambda. It is assignable to `APIGatewayProxyHandler`, `APIGatewayProxyHandlerV2`, `ALBHandler` and
 * `LambdaFunctionURLHandler` of `@types/aws-lambda`.
 */
export type LambdaHandler = (event: LambdaEvent) => Promise<LambdaAnswer>

/**
 * Turns a receiver into a handler for AWS Lambda, behind API Gateway (payload 1.0 or 2.0), a function URL or a load
 * balancer.
 *
 * Lambda stops a function when it has answered. Therefore the handler answers when all event handlers have ended, with
 * `ack: 'after-accept'` too. Keep handled events in a store that all instances share (`dedupe`), because each instance
 * has its own memory. `crc: 'signed'` does not work with payload 1.0, which has no query as it was sent.
 *
 * The handler rejects with a `TypeError` when it is called with an event that is not an HTTP request.
 *
 * @see https://docs.x.com/x-api/webhooks/introduction
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
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
    const running: Promise<unknown>[] = []
    const answer = await receiver.handle(toRequest(event), { waitUntil: (promise) => running.push(promise) })
    await Promise.all(running)
    return toAnswer(event, answer)
  }
}

/** A load balancer that is set up for multiple values ignores `headers`, and takes the headers from `multiValueHeaders`. */
function toAnswer(event: LambdaEvent, { status, headers, body }: WebhookAnswer): LambdaAnswer {
  const answer = { statusCode: status, headers: { ...headers }, body }
  if (!isFromLoadBalancer(event) || !event.multiValueHeaders) return answer
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))
  return { ...answer, multiValueHeaders }
}

function isFromLoadBalancer({ requestContext }: LambdaEvent): boolean {
  return requestContext?.elb !== undefined
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
    body: isBase64Encoded && body ? decodeBase64(body) : body,
  }
}

/** A multiple of four, so that each piece can be decoded alone. */
const pieceLength = 65_536

/** The pieces of a body, so that one over the limit is refused before it takes much memory. */
async function* decodeBase64(text: string): AsyncGenerator<Uint8Array, void> {
  for (let start = 0; start < text.length; start += pieceLength) {
    const decoded = atob(text.slice(start, start + pieceLength))
    const piece = new Uint8Array(decoded.length)
    // `Uint8Array.from` would first make a list of all characters, which takes much more memory than the bytes.
    for (let index = 0; index < decoded.length; index += 1) piece[index] = decoded.charCodeAt(index)
    yield piece
  }
}

/**
 * Payload 1.0 has the parameters decoded, a load balancer has them as they were sent. A repeated one is complete only in
 * the multiple values.
 */
function queryOf(event: LambdaEvent): string {
  const { queryStringParameters, multiValueQueryStringParameters } = event
  const parameters = Object.entries(multiValueQueryStringParameters ?? queryStringParameters ?? {})
  const pairs = parameters.flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one]))
  return isFromLoadBalancer(event)
    ? pairs.map((pair) => pair.join('=')).join('&')
    : new URLSearchParams(pairs).toString()
}
