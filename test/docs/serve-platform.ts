import type { IncomingMessage, ServerResponse } from 'node:http'
import { HttpRequest, type HttpResponseInit } from '@azure/functions'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import express from 'express'
import { onTestFinished, vi } from 'vitest'
import { serveFetch } from '../support/serve-fetch.ts'

/** Puts a function of Google Cloud Functions or Firebase on a socket, behind the body parser that the platform has. */
export async function serveGoogleFunction(
  handle: (request: IncomingMessage & { rawBody: Buffer; body: unknown }, response: ServerResponse) => unknown,
): Promise<string> {
  const keepBytes = (request: IncomingMessage, _response: ServerResponse, bytes: Buffer) => {
    Object.assign(request, { rawBody: bytes })
  }
  const app = express()
  app.use(express.json({ verify: keepBytes }))
  app.use(express.raw({ type: '*/*', verify: keepBytes }))
  app.use((request, response) => void handle(request as never, response))
  const server = app.listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await vi.waitFor(() => {
    if (!server.listening) throw new Error('not yet')
  })
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}

/** Puts a function of Azure Functions on a socket. It gets the request class of Azure's own library. */
export function serveAzureFunction(handle: (request: HttpRequest) => Promise<HttpResponseInit>): Promise<string> {
  return serveFetch(async (request) => {
    const { method, url, headers } = request
    const {
      status,
      headers: answered,
      body,
    } = await handle(
      new HttpRequest({
        method,
        url,
        headers: Object.fromEntries(headers),
        ...(method === 'POST' && { body: { bytes: new Uint8Array(await request.arrayBuffer()) } }),
      }),
    )
    return new Response(body as string, {
      ...(status !== undefined && { status }),
      headers: answered as Record<string, string>,
    })
  })
}

/** Puts a function of AWS Lambda on a socket, as a function URL calls it: with its body in base64. */
export function serveLambda(
  handle: (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>,
): Promise<string> {
  return serveFetch(async (request) => {
    const { pathname, search } = new URL(request.url)
    const event = {
      version: '2.0',
      rawPath: pathname,
      rawQueryString: search.slice(1),
      queryStringParameters: Object.fromEntries(new URLSearchParams(search)),
      headers: Object.fromEntries(request.headers),
      requestContext: { http: { method: request.method, path: pathname } },
      ...(request.method === 'POST' && { body: Buffer.from(await request.arrayBuffer()).toString('base64') }),
      isBase64Encoded: request.method === 'POST',
    }
    const { statusCode, headers, body } = await handle(event as unknown as APIGatewayProxyEventV2)
    return new Response(body ?? null, {
      ...(statusCode !== undefined && { status: statusCode }),
      ...(headers !== undefined && { headers: headers as Record<string, string> }),
    })
  })
}
