import type { AddAppOptions, AppSettings } from '../accounts/app-settings.ts'
import type { AddUserOptions } from '../accounts/create-user.ts'
import type { EmulatedUser } from '../accounts/emulated-user.ts'
import type { NewsOptions } from '../actions/news.ts'
import type { Emulator } from '../emulator.ts'
import type { SavedState } from '../saved/saved-state.ts'
import type { FaultOptions } from '../simulation/faults.ts'
import type { Duration } from '../simulation/virtual-clock.ts'
import type { ControlEndpoint } from './endpoint.ts'
import { listDeliveries, listRequests } from './list-records.ts'
import { appOfPath, readSettings, userOfPath } from './read-fields.ts'
import { userActionEndpoints } from './user-actions.ts'

// The functions of the emulator check their arguments, as they do for JavaScript code. Only the names are listed here.

const newUser: Record<keyof AddUserOptions, true> = {
  screenName: true,
  name: true,
  description: true,
  location: true,
  url: true,
  protected: true,
  verified: true,
}
const appSettings: Record<keyof AppSettings, true> = {
  permissions: true,
  enrolled: true,
  deniedUsers: true,
  oauth2: true,
}
const newApp: Record<keyof AddAppOptions, true> = { name: true, ...appSettings }
const newsStory: Record<keyof NewsOptions, true> = { keyword: true, headline: true }
const duration: Record<keyof Duration, true> = { days: true, hours: true, minutes: true, seconds: true, ms: true }
const faults: Record<keyof FaultOptions, true> = {
  api: true,
  deliveries: true,
  crc: true,
  stream: true,
  clockSkewMs: true,
}
const savedState: Record<keyof SavedState, true> = { version: true, counters: true, tables: true }

const overview: ControlEndpoint = {
  method: 'GET',
  path: '/emulator',
  about: 'The time, the first app with its keys, and a list of all endpoints.',
  takes: [],
  answer: (x) => ({
    ...showTime(x),
    app: x.app,
    endpoints: controlEndpoints.map(({ method, path, takes, about }) => ({ method, path, takes, about })),
  }),
}

/** All endpoints of the control API. */
export const controlEndpoints: readonly ControlEndpoint[] = [
  overview,
  {
    method: 'GET',
    path: '/emulator/apps',
    about: 'The apps with their keys.',
    takes: [],
    answer: (x) => ({ apps: x.apps }),
  },
  {
    method: 'POST',
    path: '/emulator/apps',
    about: 'Adds an app. Returns it with its keys.',
    takes: Object.keys(newApp),
    answer: (x, { fields }) => x.addApp(readSettings(x, fields)),
  },
  {
    method: 'PUT',
    path: '/emulator/apps/:app',
    about: 'Changes the settings of an app. Settings that are not given stay as they are.',
    takes: Object.keys(appSettings),
    answer: (x, request) => x.configureApp(readSettings(x, request.fields), appOfPath(x, request)),
  },
  {
    method: 'POST',
    path: '/emulator/apps/:app/regenerateTokens',
    about: 'Invalidates the tokens of the account that owns the app. Returns the app with new ones.',
    takes: [],
    answer(x, request) {
      const app = appOfPath(x, request)
      x.regenerateTokens(app)
      return app
    },
  },
  {
    method: 'GET',
    path: '/emulator/users',
    about: 'The users with their tokens.',
    takes: [],
    answer: (x) => ({ users: x.users.map(showUser) }),
  },
  {
    method: 'POST',
    path: '/emulator/users',
    about: 'Adds a user, who has authorised the first app. Returns the user with the tokens.',
    takes: Object.keys(newUser),
    answer: (x, { fields }) => showUser(x.addUser(fields as unknown as AddUserOptions)),
  },
  {
    method: 'GET',
    path: '/emulator/users/:user',
    about: 'A user, by handle or id, with the tokens.',
    takes: [],
    answer: (x, request) => showUser(userOfPath(x, request)),
  },
  ...userActionEndpoints,
  {
    method: 'POST',
    path: '/emulator/news',
    about: 'Publishes a story about a keyword. Returns its id.',
    takes: Object.keys(newsStory),
    answer: (x, { fields }) => x.news(fields as unknown as NewsOptions),
  },
  {
    method: 'GET',
    path: '/emulator/webhooks',
    about: 'The webhooks of all apps, with the subscribed users.',
    takes: [],
    answer: (x) => ({ webhooks: x.webhooks }),
  },
  {
    method: 'GET',
    path: '/emulator/subscriptions',
    about: 'The subscriptions of all apps.',
    takes: [],
    answer: (x) => ({
      subscriptions: x.webhooks.flatMap(({ id, appId, subscribers }) =>
        subscribers.map((userId) => ({ appId, webhookId: id, userId })),
      ),
    }),
  },
  listDeliveries,
  listRequests,
  {
    method: 'POST',
    path: '/emulator/advance',
    about: 'Advances the clock. The members of the body are added up.',
    takes: Object.keys(duration),
    async answer(x, { fields }) {
      await x.advance(fields as Duration)
      return showTime(x)
    },
  },
  {
    method: 'POST',
    path: '/emulator/idle',
    about: 'Answers when no delivery and no replay job is pending.',
    takes: [],
    async answer(x) {
      await x.idle()
      return showTime(x)
    },
  },
  {
    method: 'PUT',
    path: '/emulator/faults',
    about: 'Replaces all faults. {} removes them.',
    takes: Object.keys(faults),
    answer: (x, { fields }) => x.faults(fields as FaultOptions),
  },
  {
    method: 'GET',
    path: '/emulator/state',
    about: 'The state of the emulator, to be restored later.',
    takes: [],
    answer: (x) => x.save(),
  },
  {
    method: 'PUT',
    path: '/emulator/state',
    about: 'Restores a state that GET /emulator/state answered. It replaces everything.',
    takes: Object.keys(savedState),
    answer: (x, { fields }) => x.load(fields as unknown as SavedState),
  },
  {
    method: 'POST',
    path: '/emulator/reset',
    about: 'Restores the initial state. The first app keeps its keys.',
    takes: [],
    answer: (x) => x.reset(),
  },
]

function showTime(x: Emulator): { now: number; date: string } {
  return { now: x.now(), date: new Date(x.now()).toISOString() }
}

/** The tokens of an `EmulatedUser` are getters, which JSON leaves out. */
function showUser(user: EmulatedUser): object {
  const { id, screenName, name, accessToken, accessTokenSecret, oauth2Token } = user
  return { id, screenName, name, accessToken, accessTokenSecret, oauth2Token }
}
