import { describe, expect, it, vi } from 'vitest'
import { type LambdaEvent, toLambdaHandler } from 'x-account-activity/aws-lambda'
import { describeAdapter, type Serve } from '../../../support/adapter-cases.ts'
import { deferred } from '../../../support/deferred.ts'
import { createTestReceiver, settle, signatureHeader } from '../../../support/receiver.ts'
import { serveFetch } from '../../../support/serve-fetch.ts'
import { followBody } from '../../../support/x-request.ts'

/** Turns a request into the event that a function is called with. */
type ToEvent = (request: Request, body: Buffer) => LambdaEvent

/** Takes the place of the gateway in front of a function. */
function serveLambda(toEvent: ToEvent): Serve {
  return (receiver) => {
    const handler = toLambdaHandler(receiver)
    return serveFetch(async (request) => {
      const { statusCode, headers, body } = await handler(toEvent(request, Buffer.from(await request.arrayBuffer())))
      return new Response(body, { status: statusCode, headers })
    })
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
const payload1: ToEvent = (request, body) => {
  const { pathname, searchParams } = new URL(request.url)
  const names = [...new Set(searchParams.keys())]
  return {
    httpMethod: request.method,
    path: pathname,
    headers: Object.fromEntries(request.headers),
    multiValueHeaders: Object.fromEntries([...request.headers].map(([name, value]) => [name, [value]])),
    queryStringParameters: names.length > 0 ? Object.fromEntries(searchParams) : null,
    multiValueQueryStringParameters:
      names.length > 0 ? Object.fromEntries(names.map((name) => [name, searchParams.getAll(name)])) : null,
    body: body.length > 0 ? body.toString('base64') : null,
    isBase64Encoded: body.length > 0,
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
const payload2: ToEvent = (request, body) => {
  const { pathname, search } = new URL(request.url)
  return {
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: Object.fromEntries(request.headers),
    requestContext: { http: { method: request.method } },
    ...(body.length > 0 && { body: body.toString('base64') }),
    isBase64Encoded: body.length > 0,
  }
}

/**
 * Payload 2.0, but only bodies that are not text are in base64.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
const functionUrl: ToEvent = (request, body) => {
  const isText = Buffer.from(body.toString()).equals(body)
  return {
    ...payload2(request, body),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  }
}

describeAdapter('toLambdaHandler behind API Gateway, payload 1.0', serveLambda(payload1))
describeAdapter('toLambdaHandler behind API Gateway, payload 2.0', serveLambda(payload2))
describeAdapter('toLambdaHandler behind a function URL', serveLambda(functionUrl))

describe('toLambdaHandler', () => {
  it('answers when the handlers have ended, with after-accept too', async () => {
    const hanging = deferred()
    const { receiver } = createTestReceiver({ ack: 'after-accept', on: { follow: () => hanging.promise } })
    const body = followBody()
    const answer = toLambdaHandler(receiver)({ httpMethod: 'POST', headers: signatureHeader(body), body })
    const answered = vi.fn()
    void answer.then(answered)
    await settle()
    expect(answered).not.toHaveBeenCalled()
    hanging.resolve()
    expect(await answer).toMatchObject({ statusCode: 200, body: '{}' })
  })

  it.each([
    [undefined, '"event" must be an object, got undefined'],
    [null, '"event" must be an object, got null'],
    [{}, '"event.httpMethod" must be a string, got undefined'],
    [{ httpMethod: 1 }, '"event.httpMethod" must be a string, got number'],
  ])('rejects %j, which is not an event of HTTP', async (event, message) => {
    const handler = toLambdaHandler(createTestReceiver().receiver)
    await expect(handler(event as never)).rejects.toThrow(new TypeError(message))
  })
})
