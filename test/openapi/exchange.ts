import type { Emulator } from 'x-account-activity/emulator'
import type { Scheme } from './description.ts'

/** A request and its answer, as they went over the wire. */
export interface Exchange {
  /** What was being tried. */
  readonly story: string
  /** Whether the client made the request; the others are made up to be refused. */
  readonly byClient: boolean
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly scheme: Scheme | undefined
  readonly sent: Body | undefined
  readonly status: number
  readonly answer: Body
}

export interface Body {
  /** The content type without its parameters. */
  readonly type: string
  readonly text: string
}

/** Lets an emulator answer, and writes down what was asked and answered on paths of v2. */
export class Recorder {
  readonly exchanges: Exchange[] = []
  story = ''

  /** A `fetch` for a client of `x`, or for requests that are made up. */
  fetchOf(x: Emulator, { byClient }: { byClient: boolean }): (request: Request) => Promise<Response> {
    return async (request) => {
      const { pathname, searchParams } = new URL(request.url)
      const { story } = this
      const sent = await bodyOf(request.clone())
      const scheme = schemeOf(x, request.headers.get('authorization') ?? '')
      const response = await x.fetch(request)
      if (pathname.startsWith('/2/')) {
        const { method } = request
        const { status } = response
        const answer = (await bodyOf(response.clone())) ?? { type: '', text: '' }
        this.exchanges.push({
          story,
          byClient,
          method,
          path: pathname,
          query: searchParams,
          scheme,
          sent,
          status,
          answer,
        })
      }
      return response
    }
  }
}

async function bodyOf(message: Request | Response): Promise<Body | undefined> {
  const text = await message.text()
  const type = (message.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? ''
  return text === '' && type === '' ? undefined : { type, text }
}

function schemeOf(x: Emulator, authorization: string): Scheme | undefined {
  if (authorization.startsWith('OAuth ')) return 'UserToken'
  if (!authorization.startsWith('Bearer ')) return undefined
  return x.apps.some(({ bearerToken }) => authorization === `Bearer ${bearerToken}`) ? 'BearerToken' : 'OAuth2UserToken'
}
