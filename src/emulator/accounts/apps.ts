import { assertObject } from '../../internal/assert.ts'
import type { Platform } from '../platform.ts'
import type { SeededRandom } from '../simulation/seeded-random.ts'
import type { AppState, Grant, UserState } from '../state/state.ts'
import { authorize } from './authorize.ts'

/** Makes an app that belongs to `owner`. */
export function createApp({ state, random }: Platform, { name, owner }: { name: string; owner: UserState }): AppState {
  const id = String(10_000_001 + state.apps.size)
  const app: AppState = {
    id,
    name,
    url: 'https://example.com/app',
    ownerId: owner.id,
    consumerKey: random.alphanumeric(`consumer key ${id}`, 25),
    consumerSecret: random.alphanumeric(`consumer secret ${id}`, 50),
    bearerToken: newBearerToken(random, { id, bearerTokens: 0 }),
    bearerTokens: 1,
    permissions: 'read-write-directmessages',
    enrolled: true,
    deniedUsers: new Set(),
  }
  state.addApp(app)
  return app
}

/** Percent-encoded, as X gives them out. */
export function newBearerToken(
  random: SeededRandom,
  { id, bearerTokens }: Pick<AppState, 'id' | 'bearerTokens'>,
): string {
  const text = random.alphanumeric(`bearer token ${id} ${bearerTokens}`, 80)
  return `${'A'.repeat(21)}${text.slice(0, 28)}%2F${text.slice(28, 50)}%3D${text.slice(50)}`
}

/** An app of the emulator. */
export interface AppRef {
  readonly id: string
}

/** The app that is meant: the first one unless another is given. */
export function findApp({ state }: Platform, ref?: AppRef): AppState {
  if (ref !== undefined) assertObject(ref, 'app')
  const app = ref === undefined ? state.apps.values().next().value : state.apps.get(ref.id)
  if (!app) throw new RangeError('"app" is not an app of this emulator')
  return app
}

/** Ends the tokens of the account that owns an app, and issues others. */
export function regenerateTokens(platform: Platform, app: AppState): void {
  const { state } = platform
  const owner = state.users.get(app.ownerId)
  const grant = state.grantOf(app.id, app.ownerId)
  if (grant) state.removeGrant(grant)
  if (owner) authorize(platform, app, owner)
}

/** An app as its developer sees it. */
export interface EmulatedApp {
  readonly id: string
  readonly name: string
  readonly consumerKey: string
  readonly consumerSecret: string
  /** The app-only bearer token; another one after it was invalidated and created again. */
  readonly bearerToken: string
  /** That of OAuth 2.0, where the app has one. */
  readonly clientSecret?: string | undefined
  /** The tokens of the account that owns the app; others after they were regenerated. */
  readonly accessToken: string
  readonly accessTokenSecret: string
}

/** The view of an app for its developer, everything in it always the latest. */
export function createAppView(platform: () => Platform, id: string): EmulatedApp {
  const app = () => findApp(platform(), { id })
  let last: Grant | undefined
  const tokens = () => {
    last = platform().state.grantOf(id, app().ownerId) ?? last
    return last
  }
  return {
    id,
    get name() {
      return app().name
    },
    get consumerKey() {
      return app().consumerKey
    },
    get consumerSecret() {
      return app().consumerSecret
    },
    get bearerToken() {
      return app().bearerToken
    },
    get clientSecret() {
      return app().clientSecret
    },
    get accessToken() {
      return tokens()?.accessToken ?? ''
    },
    get accessTokenSecret() {
      return tokens()?.accessTokenSecret ?? ''
    },
  }
}
