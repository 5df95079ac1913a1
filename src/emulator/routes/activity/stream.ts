import { invalidRequest, tooManyConnections } from '../../api/problems.ts'
import { type AppRoute, appOnly } from '../../api/route.ts'
import { activityStream } from '../../streams/open-streams.ts'
import { readStreamWindow } from '../../streams/stream-window.ts'

/** @see https://docs.x.com/x-api/activity/introduction */
export const streamActivity: AppRoute = {
  method: 'GET',
  path: '/2/activity/stream',
  ...appOnly,
  rate: 450,
  answer({ platform, app, request }) {
    const { tier, clock, state, streams } = platform
    const window = readStreamWindow(request.url.searchParams, { tier, now: clock.now() })
    if (typeof window === 'string') return invalidRequest(window)
    return streams.connect(app, request.incoming, activityStream(state, app, window)) ?? tooManyConnections()
  },
}
