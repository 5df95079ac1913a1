import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { LambdaEvent, LambdaHandler } from 'x-account-activity/aws-lambda'
import type { Language } from '../../src/cli/generate/options.ts'
import { consumerSecret, deliver } from './deliver.ts'

/** Invokes the function with the requests of the emulator, as API Gateway passes them. */
export async function checkLambda(cwd: string, out: string, language: Language): Promise<void> {
  process.env.X_CONSUMER_SECRET = consumerSecret
  const file = join(cwd, out, language === 'typescript' ? 'lambda.ts' : 'lambda.js')
  const { handler } = (await import(pathToFileURL(file).href)) as { readonly handler: LambdaHandler }
  const invoke = async (request: Request) => {
    const { statusCode, headers, body } = await handler(await toEvent(request))
    return new Response(body, { status: statusCode, headers })
  }
  const { statuses } = await deliver('https://lambda.example/webhook', invoke)
  assert.deepEqual(statuses, [200, 200])
  const health = await invoke(new Request('https://lambda.example/health'))
  assert.deepEqual([health.status, await health.json()], [200, { status: 'ok' }])
}

/** The event of a request, in the format of payload 2.0. */
async function toEvent(request: Request): Promise<LambdaEvent> {
  const { pathname, search } = new URL(request.url)
  return {
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: Object.fromEntries(request.headers),
    requestContext: { http: { method: request.method } },
    body: await request.text(),
    isBase64Encoded: false,
  }
}
