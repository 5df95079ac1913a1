import type { Emulator } from 'x-account-activity/emulator'
import type { Scheme } from './description.ts'

/** A request and its response. */
export interface Exchange {
  /** The name of the scenario. */
  readonly scenario: string
  /** Whether the client sent the request. The other requests are invalid on purpose. */
  readonly isFromClient: boolean
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly scheme: Scheme | undefined
  readonly sent: Body | undefined
  readonly status: number
  readonly received: Body
}

/** The body of a request or a response. */
export interface Body {
  /** The content type without its parameters. */
  readonly type: string
  readonly text: string
}

/** Passes requests to an emulator, and records those to v2 with their responses. */
export class Recorder {
  readonly exchanges: Exchange[] = []
  scenario = ''

  /** Returns a `fetch` for a client of `x`, or for other requests. */
  fetchOf(x: Emulator, { isFromClient }: { isFromClient: boolean }): (request: Request) => Promise<Response> {
    return async (request) => {
      const { pathname, searchParams } = new URL(request.url)
      const { scenario } = this
      const sent = await readBody(request.clone())
      const scheme = readScheme(x, request.headers.get('authorization') ?? '')
      const response = await x.fetch(request)
      if (pathname.startsWith('/2/')) {
        const { method } = request
        const { status } = response
        const received = (await readBody(response.clone())) ?? { type: '', text: '' }
        this.exchanges.push({
          scenario,
          isFromClient,
          method,
          path: pathname,
          query: searchParams,
          scheme,
          sent,
          status,
          received,
        })
      }
      return response
    }
  }
}

async function readBody(message: Request | Response): Promise<Body | undefined> {
  const text = await message.text()
  const type = (message.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? ''
  return text === '' && type === '' ? undefined : { type, text }
}

function readScheme(x: Emulator, authorization: string): Scheme | undefined {
  if (authorization.startsWith('OAuth ')) return 'UserToken'
  if (!authorization.startsWith('Bearer ')) return undefined
  return x.apps.some(({ bearerToken }) => authorization === `Bearer ${bearerToken}`) ? 'BearerToken' : 'OAuth2UserToken'
}
