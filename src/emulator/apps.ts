import { assertObject } from '../internal/assert.ts'
import type { Chance } from './chance.ts'
import type { Platform } from './platform.ts'
import type { AppState, Grant, UserState } from './state.ts'

/** Makes an app that belongs to `owner`, who has authorised it. */
export function createApp({ state, chance }: Platform, { name, owner }: { name: string; owner: UserState }): AppState {
  const id = String(10_000_001 + state.apps.size)
  const app: AppState = {
    id,
    name,
    url: 'https://example.com/app',
    ownerId: owner.id,
    consumerKey: chance.alphanumeric(`consumer key ${id}`, 25),
    consumerSecret: chance.alphanumeric(`consumer secret ${id}`, 50),
    bearerToken: newBearerToken(chance, { id, bearerTokens: 0 }),
    bearerTokens: 1,
  }
  state.addApp(app)
  return app
}

/** Percent-encoded, as X gives them out. */
export function newBearerToken(chance: Chance, { id, bearerTokens }: Pick<AppState, 'id' | 'bearerTokens'>): string {
  const random = chance.alphanumeric(`bearer token ${id} ${bearerTokens}`, 80)
  return `${'A'.repeat(21)}${random.slice(0, 28)}%2F${random.slice(28, 50)}%3D${random.slice(50)}`
}

/** What the user gave to the app, or gives now: X hands out the same tokens until they are revoked. */
export function authorize({ state, chance }: Platform, app: AppState, user: UserState): Grant {
  const given = state.grantOf(app.id, user.id)
  if (given) return given
  user.authorizations += 1
  const label = `${app.id} ${user.id} ${user.authorizations}`
  const grant: Grant = {
    appId: app.id,
    userId: user.id,
    accessToken: `${user.id}-${chance.alphanumeric(`access token ${label}`, 40)}`,
    accessTokenSecret: chance.alphanumeric(`access token secret ${label}`, 45),
    oauth2Token: chance.alphanumeric(`oauth2 token ${label}`, 91),
  }
  state.addGrant(grant)
  return grant
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

/** An app as its developer sees it. */
export interface EmulatedApp {
  readonly id: string
  readonly name: string
  readonly consumerKey: string
  readonly consumerSecret: string
  /** The app-only bearer token; another one after it was invalidated and created again. */
  readonly bearerToken: string
  /** The tokens of the account that owns the app. */
  readonly accessToken: string
  readonly accessTokenSecret: string
}

/** The view of an app for its developer, `bearerToken` always the latest. */
export function showApp(app: AppState, { accessToken, accessTokenSecret }: Grant): EmulatedApp {
  const { id, name, consumerKey, consumerSecret } = app
  return {
    id,
    name,
    consumerKey,
    consumerSecret,
    get bearerToken() {
      return app.bearerToken
    },
    accessToken,
    accessTokenSecret,
  }
}
