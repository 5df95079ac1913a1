import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A small OAuth 2.0 server with the path of X, which issues tokens for a code. */
export interface FakeAuthorizationServer {
  readonly url: string
  /** Allows the app as a browser does: follows the redirect, and resolves to the page that the user sees. */
  readonly allow: (authorizeUrl: string, changes?: Readonly<Record<string, string>>) => Promise<Response>
  /** The forms that were sent to the token endpoint. */
  readonly forms: readonly URLSearchParams[]
}

export async function fakeAuthorizationServer(): Promise<FakeAuthorizationServer> {
  const challenges = new Map<string, string>()
  const forms: URLSearchParams[] = []
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await textOf(request))
    forms.push(form)
    const isRight = challenges.get(form.get('code') ?? '') === s256(form.get('code_verifier') ?? '')
    const body = isRight
      ? {
          token_type: 'bearer',
          access_token: 'issued-token',
          refresh_token: 'issued-refresh',
          expires_in: 7200,
          scope: 'tweet.read users.read',
        }
      : { error: 'invalid_request' }
    response.writeHead(isRight ? 200 : 400, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forms,
    allow: (authorizeUrl, changes = {}) => {
      const query = new URL(authorizeUrl).searchParams
      const code = `code-${challenges.size}`
      challenges.set(code, query.get('code_challenge') ?? '')
      const back = new URLSearchParams({ state: query.get('state') ?? '', code, ...changes })
      for (const [name, value] of Object.entries(changes)) if (value === '') back.delete(name)
      return fetch(`${query.get('redirect_uri')}?${back}`)
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** https://www.rfc-editor.org/rfc/rfc7636#section-4.2 */
function s256(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}
