import { assertObject } from '../../internal/assert.ts'
import type { Platform } from '../platform.ts'
import type { SeededRandom } from '../simulation/seeded-random.ts'
import type { AppState, Grant, UserState } from '../state/tables.ts'
import { authorize } from './authorize.ts'
import { clientIdOf } from './oauth2.ts'

/** A reference to an app of the emulator, such as `x.app` or the object that `x.addApp()` returns. */
export interface AppRef {
  /** The id of the app. */
  readonly id: string
}

/** An app with its keys and tokens. Every member is read from the emulator at each access. */
export interface EmulatedApp {
  /** The id of the app: digits. */
  readonly id: string
  /** The name of the app, which the sign-in page shows. */
  readonly name: string
  /** The consumer key (API key). */
  readonly consumerKey: string
  /** The consumer secret (API secret). */
  readonly consumerSecret: string
  /** The app-only bearer token. It changes when it is invalidated and created again. */
  readonly bearerToken: string
  /** The OAuth 2.0 client id. */
  readonly clientId: string
  /** The OAuth 2.0 client secret. Absent unless the setting `oauth2` is on. */
  readonly clientSecret?: string | undefined
  /** The OAuth 1.0a access token of the account that owns the app. It changes when it is regenerated. */
  readonly accessToken: string
  /** The secret of `accessToken`. */
  readonly accessTokenSecret: string
}

/** Creates an app that belongs to `owner`. */
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

/** A bearer token, percent-encoded as X issues them. */
export function newBearerToken(
  random: SeededRandom,
  { id, bearerTokens }: Pick<AppState, 'id' | 'bearerTokens'>,
): string {
  const text = random.alphanumeric(`bearer token ${id} ${bearerTokens}`, 80)
  return `${'A'.repeat(21)}${text.slice(0, 28)}%2F${text.slice(28, 50)}%3D${text.slice(50)}`
}

/** The app that `ref` refers to, or the first app. */
export function findApp({ state }: Platform, ref?: AppRef): AppState {
  if (ref !== undefined) assertObject(ref, 'app')
  const app = ref === undefined ? state.apps.values().next().value : state.apps.get(ref.id)
  if (!app) throw new RangeError('"app" must be an app of this emulator')
  return app
}

/** Invalidates the tokens of the account that owns an app, and issues new ones. */
export function regenerateTokens(platform: Platform, app: AppState): void {
  const { state } = platform
  const owner = state.users.get(app.ownerId)
  const grant = state.grantOf(app.id, app.ownerId)
  if (grant) state.removeGrant(grant)
  if (owner) authorize(platform, app, owner)
}

/** The public view of an app. It reads every member at each access, so it stays valid after a state was loaded. */
export function createAppView(platform: () => Platform, id: string): EmulatedApp {
  const app = () => findApp(platform(), { id })
  let lastGrant: Grant | undefined
  const ownerGrant = () => {
    lastGrant = platform().state.grantOf(id, app().ownerId) ?? lastGrant
    return lastGrant
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
    get clientId() {
      return clientIdOf(platform().random, { id })
    },
    get clientSecret() {
      return app().clientSecret
    },
    get accessToken() {
      return ownerGrant()?.accessToken ?? ''
    },
    get accessTokenSecret() {
      return ownerGrant()?.accessTokenSecret ?? ''
    },
  }
}
