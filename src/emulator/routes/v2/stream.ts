import { invalidRequest, tooManyConnections } from '../../api/problems.ts'
import { type AppRoute, appOnly } from '../../api/route.ts'
import { filteredStream } from '../../streams/filtered-stream.ts'
import { listFields, readLinkFields } from '../../streams/link-fields.ts'
import { readStreamWindow, windowParameters } from '../../streams/stream-window.ts'

/** @see https://docs.x.com/x-api/posts/filtered-stream/introduction */
export const streamPosts: AppRoute = {
  method: 'GET',
  path: '/2/tweets/search/stream',
  ...appOnly,
  rate: 50,
  answer({ platform, app, request }) {
    const { tier, clock, state, streams } = platform
    const query = request.url.searchParams
    const window = readStreamWindow(query, { tier, now: clock.now() })
    if (typeof window === 'string') return invalidRequest(window)
    const fieldQuery = new URLSearchParams(query)
    for (const name of windowParameters) fieldQuery.delete(name)
    const fields = listFields(fieldQuery, state.users.get(app.ownerId))
    if ('problem' in fields) return invalidRequest(fields.problem)
    const stream = filteredStream(platform, app, { window, fields: readLinkFields(fields) })
    return streams.connect(app, request.incoming, stream) ?? tooManyConnections()
  },
}
