import type { AddAppOptions, AppSettings } from '../accounts/app-settings.ts'
import type { AddUserOptions } from '../accounts/create-user.ts'
import type { EmulatedUser } from '../accounts/emulated-user.ts'
import type { Emulator } from '../emulator.ts'
import type { SavedState } from '../saved/saved-state.ts'
import type { FaultOptions } from '../simulation/faults.ts'
import type { Duration } from '../simulation/virtual-clock.ts'
import { listDeliveries } from './deliveries.ts'
import type { ControlEndpoint } from './endpoint.ts'
import { appOfPath, readSettings, userOfPath } from './read-fields.ts'
import { userActionEndpoints } from './user-actions.ts'

// The functions of the emulator check what they are given, as they do for JavaScript: what they take is only named here.

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
const duration: Record<keyof Duration, true> = { days: true, hours: true, minutes: true, seconds: true, ms: true }
const faults: Record<keyof FaultOptions, true> = { api: true, deliveries: true, crc: true, clockSkewMs: true }
const savedState: Record<keyof SavedState, true> = { version: true, counters: true, tables: true }

const overview: ControlEndpoint = {
  method: 'GET',
  path: '/emulator',
  about: 'The time, the first app with its keys, and all of these endpoints',
  takes: [],
  answer: (x) => ({
    ...showTime(x),
    app: x.app,
    endpoints: controlEndpoints.map(({ method, path, takes, about }) => ({ method, path, takes, about })),
  }),
}

/** All of the control API. */
export const controlEndpoints: readonly ControlEndpoint[] = [
  overview,
  {
    method: 'GET',
    path: '/emulator/apps',
    about: 'The apps with their keys',
    takes: [],
    answer: (x) => ({ apps: x.apps }),
  },
  {
    method: 'POST',
    path: '/emulator/apps',
    about: 'Makes another app, and returns it with its keys',
    takes: Object.keys(newApp),
    answer: (x, { fields }) => x.addApp(readSettings(x, fields)),
  },
  {
    method: 'PUT',
    path: '/emulator/apps/:app',
    about: 'Changes the settings of an app; what is not named stays as it is',
    takes: Object.keys(appSettings),
    answer: (x, given) => x.configureApp(readSettings(x, given.fields), appOfPath(x, given)),
  },
  {
    method: 'POST',
    path: '/emulator/apps/:app/regenerateTokens',
    about: 'Ends the tokens of the account that owns the app, and returns the app with others',
    takes: [],
    answer(x, given) {
      const app = appOfPath(x, given)
      x.regenerateTokens(app)
      return app
    },
  },
  {
    method: 'GET',
    path: '/emulator/users',
    about: 'The users with their tokens',
    takes: [],
    answer: (x) => ({ users: x.users.map(showUser) }),
  },
  {
    method: 'POST',
    path: '/emulator/users',
    about: 'Lets a user join, who has authorised the first app, and returns the tokens',
    takes: Object.keys(newUser),
    answer: (x, { fields }) => showUser(x.addUser(fields as unknown as AddUserOptions)),
  },
  {
    method: 'GET',
    path: '/emulator/users/:user',
    about: 'A user, by handle or id, with their tokens',
    takes: [],
    answer: (x, given) => showUser(userOfPath(x, given)),
  },
  ...userActionEndpoints,
  {
    method: 'GET',
    path: '/emulator/webhooks',
    about: 'The webhooks of all apps, and who is subscribed to them',
    takes: [],
    answer: (x) => ({ webhooks: x.webhooks }),
  },
  {
    method: 'GET',
    path: '/emulator/subscriptions',
    about: 'The subscriptions of all apps',
    takes: [],
    answer: (x) => ({
      subscriptions: x.webhooks.flatMap(({ id, appId, subscribers }) =>
        subscribers.map((userId) => ({ appId, webhookId: id, userId })),
      ),
    }),
  },
  listDeliveries,
  {
    method: 'POST',
    path: '/emulator/advance',
    about: 'Puts the clock forward; what is given is added up',
    takes: Object.keys(duration),
    async answer(x, { fields }) {
      await x.advance(fields as Duration)
      return showTime(x)
    },
  },
  {
    method: 'POST',
    path: '/emulator/idle',
    about: 'Answers when no delivery and no replay job is under way any more',
    takes: [],
    async answer(x) {
      await x.idle()
      return showTime(x)
    },
  },
  {
    method: 'PUT',
    path: '/emulator/faults',
    about: 'Lets these things go wrong from now on, and no others; {}: nothing',
    takes: Object.keys(faults),
    answer: (x, { fields }) => x.faults(fields as FaultOptions),
  },
  {
    method: 'GET',
    path: '/emulator/state',
    about: 'Everything the emulator knows, to be put back later',
    takes: [],
    answer: (x) => x.save(),
  },
  {
    method: 'PUT',
    path: '/emulator/state',
    about: 'Puts back what GET /emulator/state answered, in the place of everything',
    takes: Object.keys(savedState),
    answer: (x, { fields }) => x.load(fields as unknown as SavedState),
  },
  {
    method: 'POST',
    path: '/emulator/reset',
    about: 'Lets everything be as it was in the beginning; the keys of the first app stay',
    takes: [],
    answer: (x) => x.reset(),
  },
]

function showTime(x: Emulator): { now: number; date: string } {
  return { now: x.now(), date: new Date(x.now()).toISOString() }
}

/** The tokens of a user are no members of their own, lest they be logged by chance. */
function showUser(user: EmulatedUser): object {
  const { id, screenName, name, accessToken, accessTokenSecret, oauth2Token } = user
  return { id, screenName, name, accessToken, accessTokenSecret, oauth2Token }
}
